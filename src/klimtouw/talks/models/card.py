"""The lines on the preparation card."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from klimtouw.talks.choices import LineKind
from klimtouw.talks.models.about import AboutTalk


class PreparationLine(AboutTalk):
    """A line on the preparation card, by either (T2)."""

    KIND = "preparation_line"
    KIND_WORD = _("line on the preparation card")
    line_kind = models.CharField(max_length=16, choices=LineKind)
