"""Vocabulary of the route."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StageState(TextChoices):
    """Where a stage stands; nothing is ever overdue (V17)."""

    AHEAD = "ahead", _("ahead")
    REACHED = "reached", _("reached")
    PARKED = "parked", _("parked")
    NOTED = "noted", _("noted beside the route")


class StageMark(TextChoices):
    """What a stage turned out to be."""

    NONE = "", _("an ordinary stage")
    TURNING_POINT = "turning_point", _("a turning point")
    OPPORTUNITY = "opportunity", _("an opportunity")


class Weather(TextChoices):
    """How the climber felt on a stage, as they say it themself: never derived, never counted (V14)."""

    NONE = "", _("no weather")
    SUN = "sun", _("sunny")
    CLOUDS = "clouds", _("cloudy")
    RAIN = "rain", _("rainy")
    WIND = "wind", _("windy")
    FOG = "fog", _("misty")
