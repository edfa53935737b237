"""The rose: ten petals round a knot, as a drawing of our own, the same every time for the same picks (G4)."""

from .drawing import draw_rose
from .petals import Mark, Rose

__all__ = ["Mark", "Rose", "draw_rose"]
