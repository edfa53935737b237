"""Two tabs, devices or people changed one text: put both side by side, and join them when asked (C14)."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from django.db.models import TextChoices

from klimtouw.foundation.differences import Kind, Piece, differences


class Choice(TextChoices):
    """What the writer does with two texts; each is a button."""

    MINE = "mine"
    OTHER = "other"
    JOIN = "join"


@dataclass(frozen=True)
class BothTexts:
    """One field that two tabs or devices changed: how it stands now, how it was typed here, and what differs."""

    label: str
    stands: str
    typed: str

    @cached_property
    def _pieces(self) -> list[Piece]:
        return differences(self.stands, self.typed)

    @property
    def standing(self) -> list[Piece]:
        """The text as it stands; what the other text does not have is marked."""
        return [piece for piece in self._pieces if piece.kind != Kind.NEW]

    @property
    def as_typed(self) -> list[Piece]:
        """The text as it was typed; what the other text does not have is marked."""
        return [piece for piece in self._pieces if piece.kind != Kind.GONE]


def joined(stands: str, typed: str, *, on_one_line: bool = False) -> str:
    """Return both texts in one: lines they share once, and where they differ first the one and then the other."""
    if stands == typed or not stands or not typed:
        return typed or stands
    if on_one_line:
        return f"{stands} / {typed}"
    old, new = stands.split("\n"), typed.split("\n")
    lines: list[str] = []
    for what, old_start, old_end, new_start, new_end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if what != "equal":
            lines += old[old_start:old_end]
        lines += new[new_start:new_end]
    return "\n".join(lines)
