"""Which pages are measured, as whom, and how many rows each prints."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from bench.data import COACHEES, FEW, MANY, STAGES, STEPS, School
from klimtouw.people.models import Person


@dataclass(frozen=True)
class Page:
    """A page to open, or, with `text`, a form on it to send with that text."""

    name: str
    path: str
    reader: Person
    rows: int
    text: str = ""


def pages(school: School) -> Iterator[Page]:
    """Give every page that is measured, small and large."""
    for climber, size in ((school.few, FEW), (school.many, MANY)):
        noor = climber.person
        yield Page(f"home ({size} things)", reverse("home"), noor, 10)
        yield Page(f"goal ({size} things)", climber.goal.get_absolute_url(), noor, 10)
        yield Page(
            f"route, 30 steps ({size} things)", climber.route.get_absolute_url(), noor, STAGES * (1 + STEPS)
        )
        yield Page(f"trail, 50 entries ({size} things)", reverse("climb:trail"), noor, FEW)
        yield Page(
            f"save an entry ({size} things)", reverse("climb:write_entry"), noor, 1, text="Vandaag lukte het."
        )
    yield Page(f"coach's overview ({COACHEES} coachees)", reverse("home"), school.coach, COACHEES)
