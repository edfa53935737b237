"""Compass, dreams, goals, route and trail: everything a coachee climbs with."""

from klimtouw.climb.models.choice_moments import ChoiceMoment, Option
from klimtouw.climb.models.compass import CompassAnswer
from klimtouw.climb.models.evidence import Evidence
from klimtouw.climb.models.framework_links import FrameworkLink
from klimtouw.climb.models.goals import Dream, Goal
from klimtouw.climb.models.route import Route, RoutePicture, Stage, Step
from klimtouw.climb.models.starting import StartingAnswer, ViewOfCoach
from klimtouw.climb.models.strengths import Strength
from klimtouw.climb.models.trail import Entry

__all__ = [
    "ChoiceMoment",
    "CompassAnswer",
    "Dream",
    "Entry",
    "Evidence",
    "FrameworkLink",
    "Goal",
    "Option",
    "Route",
    "RoutePicture",
    "Stage",
    "StartingAnswer",
    "Step",
    "Strength",
    "ViewOfCoach",
]
