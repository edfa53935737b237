"""The mountain (C7): a coachee's whole route as a drawing of our own, made from the data, the same every time."""

from .climb import MOST_CAMPS, Camp, CampMark, CampState, CampWeather, Climb, Labels, Shape
from .drawing import draw_mountain
from .layout import Layout, lay_out

__all__ = [
    "MOST_CAMPS",
    "Camp",
    "CampMark",
    "CampState",
    "CampWeather",
    "Climb",
    "Labels",
    "Layout",
    "Shape",
    "draw_mountain",
    "lay_out",
]
