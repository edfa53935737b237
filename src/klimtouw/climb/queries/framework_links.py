"""Read what goals are tied to: on the page of a goal, and one's own overview. Nobody else has an overview (V6, V16)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.belongings.eyes import Eyes
from klimtouw.belongings.models import ThingQuerySet
from klimtouw.climb.models import FrameworkLink, Goal
from klimtouw.climb.queries.climb import goal as goal_of
from klimtouw.climb.queries.climb import own, visible
from klimtouw.people.composed import composed
from klimtouw.people.models import Person
from klimtouw.programmes.frameworks.queries import (
    Offered,
    Stands,
    ancestors_of,
    as_they_stand,
    goal_to_link,
    offered_to,
)
from klimtouw.programmes.models import Framework, FrameworkGoal


@dataclass(frozen=True)
class Tied:
    """A link, and the framework goal as it stands now; None where its framework is not."""

    link: FrameworkLink
    stands: Stands | None

    @property
    def code(self) -> str:
        """What people call the framework goal."""
        return self.stands.goal.code if self.stands else ""

    @property
    def statement(self) -> str:
        """The framework goal as it reads now; else as it read when it was tied."""
        return self.stands.goal.statement if self.stands else self.link.stood_as

    @property
    def framework_title(self) -> str:
        """The name of the framework."""
        return self.stands.framework.title if self.stands else ""

    @property
    def has_left(self) -> bool:
        """Whether the version that is offered does not know it any more."""
        return bool(self.stands and self.stands.is_offered and not self.stands.is_in_newest)

    @property
    def is_not_offered(self) -> bool:
        """Whether the school does not offer its framework now."""
        return bool(self.stands and not self.stands.is_offered)

    @property
    def read_before(self) -> str:
        """How it read when it was tied, when it reads otherwise now."""
        return self.link.stood_as if self.stands and str(self.stands.goal) != self.link.stood_as else ""


def tied(links: Sequence[FrameworkLink]) -> list[Tied]:
    """Lay what each link points at beside it; two queries, none without links."""
    stands = as_they_stand({(link.framework, link.identifier) for link in links})
    return [Tied(link, stands.get((link.framework, link.identifier))) for link in links]


def links_on(goal: Goal, eyes: Eyes) -> list[Tied]:
    """Return what a goal is tied to, as far as one may read it: links are parts of the goal."""
    if not goal.has_links:  # type: ignore[attr-defined]  # added by `visible`
        return []
    return tied(eyes.read_by_both(_links_on(goal.pk, goal.owner_id, eyes.reader, eyes.at)))


@composed
def _links_on(goal: UUID, owner: UUID, reader: Person, at: datetime) -> ThingQuerySet[FrameworkLink]:
    links = FrameworkLink.objects.visible_to(reader, at).kept().filter(goal=goal, owner=owner)
    return links.order_by("created_at", "pk")


# Finders for the doors.


def link(person: Person, at: datetime, link: UUID) -> FrameworkLink:
    """Find a link this person may read."""
    return visible(FrameworkLink, person, at, link)


@dataclass(frozen=True)
class OfGoal:
    """A goal, and what is looked at to tie it to; the policy is asked about the goal."""

    goal: Goal
    offered: Offered | None = None
    framework_goal: FrameworkGoal | None = None
    state_now: str = ""

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """The hats to the goal."""
        return self.goal.hats_of(person, at)


def goal_and_framework(person: Person, at: datetime, goal: UUID, framework: UUID) -> OfGoal:
    """Find a goal, and a framework that is offered to this person."""
    found = next((one for one in offered_to(person) if one.framework.pk == framework), None)
    if found is None:
        raise Framework.DoesNotExist
    return OfGoal(goal_of(person, at, goal), offered=found)


def goal_and_framework_goal(person: Person, at: datetime, goal: UUID, framework_goal: UUID) -> OfGoal:
    """Find a goal, and a framework goal that is offered to this person."""
    return OfGoal(goal_of(person, at, goal), framework_goal=goal_to_link(person, framework_goal))


# One's own overview.


@dataclass
class Knot:
    """A framework goal on the way from the top to what one's goals touch, with one's own goals at it."""

    goal: FrameworkGoal
    own: list[tuple[Goal, Tied]] = field(default_factory=list)
    below: list["Knot"] = field(default_factory=list)


@dataclass(frozen=True)
class Touched:
    """A framework with the part of its tree that one's own goals touch, and what left it."""

    framework: Framework
    is_offered: bool
    top: list[Knot]
    left: list[tuple[Goal, Tied]]


@dataclass(frozen=True)
class Overview:
    """Everything the overview prints: no number, no part that is not there (V5, V16, V17)."""

    touched: list[Touched]
    elsewhere: list[tuple[Goal, Tied]]
    untouched: list[Offered]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was tied yet."""
        return not (self.touched or self.elsewhere)


def overview_of(person: Person) -> Overview:
    """Return which framework goals one's own goals touch; six queries, however many."""
    links = list(own(FrameworkLink, person).order_by("created_at", "pk"))
    goals = {goal.pk: goal for goal in own(Goal, person).filter(pk__in={link.goal_id for link in links})}
    pairs = [
        (goals[one.link.goal_id], one) for one in tied([link for link in links if link.goal_id in goals])
    ]
    offered = offered_to(person)
    knots = ancestors_of(one.stands.goal for _goal, one in pairs if one.stands)
    by_framework: dict[UUID, list[tuple[Goal, Tied]]] = {}
    for goal, one in pairs:
        if one.stands:
            by_framework.setdefault(one.stands.framework.pk, []).append((goal, one))
    touched = [_touched(some, knots) for some in by_framework.values()]
    return Overview(
        touched=sorted(touched, key=lambda one: (one.framework.title, one.framework.pk)),
        elsewhere=[(goal, one) for goal, one in pairs if one.stands is None],
        untouched=[one for one in offered if one.framework.pk not in by_framework],
    )


Above = dict[tuple[UUID, int], FrameworkGoal]


def _touched(pairs: list[tuple[Goal, Tied]], above: Above) -> Touched:
    first = pairs[0][1].stands
    assert first is not None  # noqa: S101  # narrows the type: only tied ones come here
    standing = [(goal, one) for goal, one in pairs if not one.has_left]
    knots: dict[int, Knot] = {}
    for goal, one in standing:
        at = one.stands.goal if one.stands else None
        if at is not None:
            _knot_of(at, knots, above).own.append((goal, one))
    return Touched(
        framework=first.framework,
        is_offered=first.is_offered,
        top=_in_order(knots),
        left=[(goal, one) for goal, one in pairs if one.has_left],
    )


def _knot_of(goal: FrameworkGoal, knots: dict[int, Knot], above: Above) -> Knot:
    for number in goal.numbers_above:
        if number not in knots and (goal.version_id, number) in above:
            knots[number] = Knot(above[goal.version_id, number])
    return knots.setdefault(goal.number, Knot(goal))


def _in_order(knots: dict[int, Knot]) -> list[Knot]:
    """Hang every knot under the one it stands under; from top to bottom."""
    for number in sorted(knots):
        knot = knots[number]
        if knot.goal.under in knots:
            knots[knot.goal.under].below.append(knot)
    return [knots[number] for number in sorted(knots) if knots[number].goal.under not in knots]
