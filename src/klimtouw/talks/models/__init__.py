"""Talks, the preparation card and what both keep of a talk."""

from klimtouw.talks.models.about import AboutTalk
from klimtouw.talks.models.afterwards import CoachSentence, Impression, Takeaway
from klimtouw.talks.models.card import PreparationLine
from klimtouw.talks.models.habits import Habits
from klimtouw.talks.models.hours import FreeHours
from klimtouw.talks.models.promises import Promise
from klimtouw.talks.models.talks import OVER, Moment, Talk, hats_at_talks

__all__ = [
    "OVER",
    "AboutTalk",
    "CoachSentence",
    "FreeHours",
    "Habits",
    "Impression",
    "Moment",
    "PreparationLine",
    "Promise",
    "Takeaway",
    "Talk",
    "hats_at_talks",
]
