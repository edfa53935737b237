"""Read the trail: one's own entries, a page at a time."""

from datetime import datetime
from typing import TypeVar
from uuid import UUID

from klimtouw.belongings.models import ThingQuerySet
from klimtouw.belongings.paging import Page
from klimtouw.climb.models import Entry, Goal
from klimtouw.climb.queries.climb import kept_and_visible, own, visible
from klimtouw.people.composed import composed
from klimtouw.people.models import Person

T = TypeVar("T")

PER_PAGE = 50


def slice_of(number: int) -> slice:
    """Return what to read for one page: its rows, and one more to know whether there are older ones."""
    start = (number - 1) * PER_PAGE
    return slice(start, start + PER_PAGE + 1)


def page_of(found: list[T], number: int) -> Page[T]:
    """Return a page of what was read for it."""
    return Page(found[:PER_PAGE], number, len(found) > PER_PAGE)


def trail_of(person: Person, number: int) -> Page[Entry]:
    """Return a page of this person's own trail."""
    return page_of(_own_entries(person, number), number)


@composed
def _own_entries(person: Person, number: int) -> ThingQuerySet[Entry]:
    return own(Entry, person).order_by("-created_at", "-pk")[slice_of(number)]


def entry(person: Person, at: datetime, entry: UUID) -> Entry:
    """Find an entry this person may read. Its goal is not loaded along: that is shared on its own."""
    return visible(Entry, person, at, entry)


def goal_behind(entry: Entry, person: Person, at: datetime) -> Goal | None:
    """Return the goal an entry hangs on, when this person may read that goal too."""
    if entry.goal_id is None:
        return None
    return kept_and_visible(Goal, person, at, entry.goal_id)
