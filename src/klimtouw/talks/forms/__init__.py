"""Forms about talks."""

from klimtouw.talks.forms.afterwards import ImpressionForm, SentenceForm, TakeawayForm
from klimtouw.talks.forms.again import AgainForm
from klimtouw.talks.forms.card import LineForm
from klimtouw.talks.forms.habits import HabitsForm
from klimtouw.talks.forms.hours import FreeHoursForm
from klimtouw.talks.forms.planning import (
    FIRST_TALK_MINUTES,
    USUAL_MINUTES,
    ChoiceOfMoment,
    MomentsForm,
    SeenForm,
    moments_of,
)

__all__ = [
    "FIRST_TALK_MINUTES",
    "USUAL_MINUTES",
    "AgainForm",
    "ChoiceOfMoment",
    "FreeHoursForm",
    "HabitsForm",
    "ImpressionForm",
    "LineForm",
    "MomentsForm",
    "SeenForm",
    "SentenceForm",
    "TakeawayForm",
    "moments_of",
]
