"""Tell several stories at once, each act at its moment, in the order in which everything happened."""

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from heapq import heapify, heappop, heappush
from typing import TypeVar

from klimtouw.home.demo.days import Days
from klimtouw.people.models import Person
from klimtouw.programmes.models import CoachRole, Programme

T = TypeVar("T")
Story = Generator[datetime, datetime, T]
"""A story gives the moment of its next act, waits until all that came before was told, and goes on at that moment."""


@dataclass(frozen=True)
class Scene:
    """Everybody in the demo by first name, their programmes, and the days."""

    days: Days
    people: dict[str, Person]
    programmes: dict[str, Programme]
    roles: dict[str, CoachRole]
    letters: list[Callable[[], object]] = field(default_factory=list)
    """Letters about what is still open, to be sent once everything stands."""


def tell(stories: Iterable[Story[None]]) -> None:
    """Play all stories to their end; the ledgers then hold everything in the order of time."""
    waiting = [(next(story), number, story) for number, story in enumerate(stories)]
    heapify(waiting)
    while waiting:
        at, number, story = heappop(waiting)
        try:
            heappush(waiting, (story.send(at), number, story))
        except StopIteration:
            continue
