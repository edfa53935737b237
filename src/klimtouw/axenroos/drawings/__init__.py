"""Our own ten animals, drawn by hand: one file each."""

from functools import lru_cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

from klimtouw.axenroos.choices import Animal

SIDE = 64
"""Every animal stands in a square of this side."""


@lru_cache(maxsize=len(Animal))
def strokes_of(animal: Animal) -> str:
    """Return the strokes of one animal, without the picture around them."""
    lines = (Path(__file__).parent / f"{animal}.svg").read_text(encoding="utf-8").splitlines()
    return "".join(lines[1:-1])


@lru_cache(maxsize=len(Animal))
def picture_of(animal: Animal) -> SafeString:
    """Return one animal as a picture beside its name."""
    drawn = f'<svg class="animal" viewBox="0 0 {SIDE} {SIDE}" aria-hidden="true">{strokes_of(animal)}</svg>'
    return mark_safe(drawn)  # noqa: S308 - our own drawing
