"""Vocabulary of talks."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TalkState(TextChoices):
    """Where a talk stands."""

    PROPOSED = "proposed", _("proposed")
    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


class LineKind(TextChoices):
    """What a line on the preparation card is about (T2)."""

    TALK_ABOUT = "talk_about", _("One thing I want to talk about")
    PROUD_OF = "proud_of", _("One thing I am proud of")
    WHAT_BECAME = "what_became", _("What became of what we agreed")
