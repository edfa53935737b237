"""Which pages are measured, as whom, and what each row on them looks like."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from bench.data import BUSY, CAMPS, COACHEES, FEW, HUGE, MANY, STAGES, STEPS, Climber, School
from klimtouw.people.models import Person


@dataclass(frozen=True)
class Page:
    """A page to open; with `text`, a form on it to send with that text; with `sought`, words to look for on it.

    `row` is how each of its rows begins.
    """

    name: str
    path: str
    reader: Person
    owner: Person
    row: str
    text: str = ""
    sought: str = ""


def pages(school: School) -> Iterator[Page]:
    """Give every page that is measured, small and large; what is written comes last."""
    for climber, number in ((school.few, FEW), (school.many, MANY)):
        yield from _pages_of(climber, school.coach, f"{number:,} things")
    trail, rows = reverse("climb:trail"), 'class="timeline__when"'
    yield Page(f"trail, {HUGE:,} things", trail, school.huge, school.huge, rows)
    find, wordy = reverse("climb:trail_search"), school.wordy
    for sought, what in (("bestaan klimmen", "nothing found"), ("ban", "fifty found")):
        yield Page(f"search, {MANY:,} entries, {what}", find, wordy, wordy, rows, sought=sought)
    overview = reverse("relations:overview")
    yield Page(
        f"overview, {COACHEES} coachees", overview, school.coach, school.many.person, '<li class="who"'
    )
    day, row = reverse("coach-day"), '<li class="'
    yield Page(f"coach's day, {COACHEES} coachees", day, school.coach, school.many.person, row)
    yield Page(f"coach's day, {BUSY} coachees", day, school.busy, school.many.person, row)


def _pages_of(climber: Climber, coach: Person, things: str) -> Iterator[Page]:
    noor, goal, route = climber.person, climber.goal, climber.route
    follow = reverse("climb:follow", args=[climber.relation.pk])
    yield Page(f"home, {things}", reverse("home"), noor, noor, "<section")
    yield Page(f"goal, {things}", goal.get_absolute_url(), noor, noor, "#stage-")
    yield Page(
        f"route of {STAGES * STEPS} steps, {things}", route.get_absolute_url(), noor, noor, '<li class="step'
    )
    yield Page(
        f"mountain, {CAMPS} stages, {things}",
        climber.mountain.get_absolute_url(),
        noor,
        noor,
        '<li id="stage-',
    )
    yield Page(
        f"a coach's page of a route, {things}", route.get_absolute_url(), coach, noor, '<li class="step'
    )
    yield Page(f"trail, {things}", reverse("climb:trail"), noor, noor, 'class="timeline__when"')
    yield Page(f"follow, 40 shared, {things}", follow, coach, noor, "<li")
    yield Page(
        f"save an entry, {things}", reverse("climb:entry_new"), noor, noor, "", text="Vandaag lukte het."
    )
