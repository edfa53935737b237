"""A long list, some at a time, the newest first: nothing is counted, only whether there is more."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

FURTHEST = 99_999


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows of a longer list."""

    rows: list[T]
    number: int
    has_next: bool

    @property
    def previous_number(self) -> int:
        """The page before; nought on the first page."""
        return self.number - 1

    @property
    def next_number(self) -> int:
        """The page after; nought on the last page."""
        return self.number + 1 if self.has_next else 0


def whole_number(asked: str, *, most: int) -> int | None:
    """Return the whole number somebody asked for in an address or a form; None for anything odd."""
    is_number = asked.isascii() and asked.isdigit() and len(asked) <= len(str(most)) and int(asked) <= most
    return int(asked) if is_number else None


def page_number(asked: str) -> int:
    """Return the page somebody asked for; anything odd is the first one."""
    return whole_number(asked, most=FURTHEST) or 1
