"""Vocabulary of evidence."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EvidenceSort(TextChoices):
    """What shows how something went (C8)."""

    PHOTO = "photo", _("photo")
    FILE = "file", _("file")
    LINK = "link", _("link")
