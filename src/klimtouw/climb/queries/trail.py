"""Read the trail: one's own entries, a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from klimtouw.belongings.models import Thing
from klimtouw.climb.models import Entry, Goal
from klimtouw.climb.queries.climb import own
from klimtouw.people.models import Person

T = TypeVar("T", bound=Thing)

PER_PAGE = 20
FURTHEST = 10_000


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some of a long list, the newest first; nothing is counted, only whether there is more."""

    items: list[T]
    number: int
    has_older: bool

    @property
    def older(self) -> int:
        """The number of the page with older ones."""
        return self.number + 1

    @property
    def newer(self) -> int:
        """The number of the page with newer ones; 0 on the first page."""
        return self.number - 1


def page_of(things: QuerySet[T], number: int) -> Page[T]:
    """Return one page of a list that has its order already; one query, however long the list."""
    start = (number - 1) * PER_PAGE
    found = list(things[start : start + PER_PAGE + 1])
    return Page(found[:PER_PAGE], number, len(found) > PER_PAGE)


def page_number(asked: str) -> int:
    """Return the page somebody asked for in the address; anything odd is the first page."""
    return int(asked) if asked.isascii() and asked.isdigit() and 1 <= int(asked) <= FURTHEST else 1


def trail_of(person: Person, number: int) -> Page[Entry]:
    """Return a page of this person's own trail."""
    return page_of(own(Entry, person).order_by("-created_at", "-pk"), number)


def entry(person: Person, at: datetime, entry: UUID) -> Entry:
    """Find an entry this person may read. Its goal is not loaded along: that is shared on its own."""
    return Entry.objects.visible_to(person, at).select_related("owner").get(pk=entry)


def goal_behind(entry: Entry, person: Person, at: datetime) -> Goal | None:
    """Return the goal an entry hangs on, when this person may read that goal too."""
    if entry.goal_id is None:
        return None
    return Goal.objects.visible_to(person, at).kept().filter(pk=entry.goal_id).first()
