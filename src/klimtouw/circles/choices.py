"""Vocabulary of circles."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

FEWEST, MOST = 3, 12
"""How many members a circle has, beside its facilitator (G3)."""


class CircleState(TextChoices):
    """Where a circle stands: people come, they make their agreements, they are on the way, it is over."""

    FORMING = "forming", _("people are being invited")
    AGREEING = "agreeing", _("making agreements")
    RUNNING = "running", _("on the way")
    ENDED = "ended", _("over")


class MeetingState(TextChoices):
    """Where a meeting of a circle stands."""

    PROPOSED = "proposed", _("choosing a moment")
    PLANNED = "planned", _("planned")
    CANCELLED = "cancelled", _("cancelled")
