"""Vocabulary of the climb."""

from klimtouw.climb.choices.compass import CompassQuestion
from klimtouw.climb.choices.goals import Context, DreamState, GoalState
from klimtouw.climb.choices.route import StageMark, StageState, Weather
from klimtouw.climb.choices.starting import VIEW_OF_COACH, StartingQuestion
from klimtouw.climb.choices.strengths import FoundIn, StrengthSort
from klimtouw.climb.choices.trail import HIGHEST, LOWEST, SCALE, EntryForm

__all__ = [
    "HIGHEST",
    "LOWEST",
    "SCALE",
    "VIEW_OF_COACH",
    "CompassQuestion",
    "Context",
    "DreamState",
    "EntryForm",
    "FoundIn",
    "GoalState",
    "StageMark",
    "StageState",
    "StartingQuestion",
    "StrengthSort",
    "Weather",
]
