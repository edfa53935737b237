"""Vocabulary of a person."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Language(TextChoices):
    """The languages Klimtouw speaks."""

    DUTCH = "nl", "Nederlands"
    ENGLISH = "en", "English"


class Pronouns(TextChoices):
    """How a person wants to be spoken about; nothing is assumed (V26)."""

    NONE = "", _("rather not say")
    SHE = "she", _("she/her")
    HE = "he", _("he/him")
    THEY = "they", _("they/them")


class Theme(TextChoices):
    """Colours of the pages."""

    AUTO = "auto", _("as my device")
    LIGHT = "light", _("light")
    DARK = "dark", _("dark")
    CREAM = "cream", _("cream")


class ReadingSize(TextChoices):
    """Size of the letters."""

    NORMAL = "normal", _("normal")
    LARGE = "large", _("large")


class ReadingSpacing(TextChoices):
    """Space between letters and lines."""

    NORMAL = "normal", _("normal")
    WIDE = "wide", _("wide")
