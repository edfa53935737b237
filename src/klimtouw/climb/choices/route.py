"""Vocabulary of the route."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StageState(TextChoices):
    """Where a stage stands; nothing is ever overdue (V17)."""

    AHEAD = "ahead", _("ahead")
    REACHED = "reached", _("reached")
    PARKED = "parked", _("parked")


class StageMark(TextChoices):
    """What a stage turned out to be."""

    NONE = "", _("an ordinary stage")
    TURNING_POINT = "turning_point", _("a turning point")
    OPPORTUNITY = "opportunity", _("an opportunity")
