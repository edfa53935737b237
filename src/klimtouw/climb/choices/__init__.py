"""Vocabulary of the climb."""

from klimtouw.climb.choices.compass import CompassQuestion
from klimtouw.climb.choices.goals import Context, DreamState, GoalState
from klimtouw.climb.choices.route import StageMark, StageState
from klimtouw.climb.choices.trail import HIGHEST, LOWEST, SCALE, EntryForm

__all__ = [
    "HIGHEST",
    "LOWEST",
    "SCALE",
    "CompassQuestion",
    "Context",
    "DreamState",
    "EntryForm",
    "GoalState",
    "StageMark",
    "StageState",
]
