"""Read what a coachee shares with one coach: that, and nothing else (V5, V16, V24)."""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from klimtouw.belongings import gate
from klimtouw.belongings.models import Thing, ThingQuerySet
from klimtouw.belongings.paging import Page
from klimtouw.belongings.queries import in_full
from klimtouw.climb.choices import CompassQuestion, StartingQuestion, StrengthSort
from klimtouw.climb.models import (
    ChoiceMoment,
    CompassAnswer,
    Dream,
    Entry,
    Goal,
    Route,
    StartingAnswer,
    Strength,
)
from klimtouw.climb.queries.climb import GOALS_IN_ORDER
from klimtouw.climb.queries.trail import page_of, slice_of
from klimtouw.people.composed import composed
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from klimtouw.replies.queries_asking import AsSeen, as_seen, requests_in

T = TypeVar("T", bound=Thing)


@dataclass(frozen=True)
class FollowedGoal:
    """A shared goal and, when that is shared too, the route to it."""

    goal: Goal
    route: Route | None

    def only(self, kept: Container[UUID]) -> "FollowedGoal":
        """Return the same, with the route when that is to be kept."""
        return FollowedGoal(self.goal, self.route if self.route and self.route.pk in kept else None)


@dataclass(frozen=True)
class Followed:
    """What one coachee shares on one rope at this moment."""

    dreams: list[Dream]
    answers: list[CompassAnswer]
    goals: list[FollowedGoal]
    loose_routes: list[Route]
    entries: Page[Entry]
    strengths: list[Strength] = field(default_factory=list)
    starting: list[StartingAnswer] = field(default_factory=list)
    choices: list[ChoiceMoment] = field(default_factory=list)
    asked: list[AsSeen] = field(default_factory=list)
    """What this coachee would like a reply to: named by its kind, and opened on its own page."""

    @property
    def read_here(self) -> list[Thing]:
        """Everything whose words stand on the page; a route is opened on its own page."""
        goals = [followed.goal for followed in self.goals]
        return [
            *self.dreams,
            *self.answers,
            *self.strengths,
            *self.starting,
            *self.choices,
            *goals,
            *self.entries.rows,
        ]

    def only(self, keep: Callable[[Iterable[Thing]], list[Thing]]) -> "Followed":
        """Return the same with what is to be kept of it."""
        routes = [one.route for one in self.goals if one.route]
        asked_about = [one.thing for one in self.asked]
        kept = {thing.pk for thing in keep([*self.read_here, *routes, *self.loose_routes, *asked_about])}

        def those(things: list[T]) -> list[T]:
            return [thing for thing in things if thing.pk in kept]

        return Followed(
            those(self.dreams),
            those(self.answers),
            [one.only(kept) for one in self.goals if one.goal.pk in kept],
            those(self.loose_routes),
            replace(self.entries, rows=those(self.entries.rows)),
            those(self.strengths),
            those(self.starting),
            those(self.choices),
            [one for one in self.asked if one.thing.pk in kept],
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is shared on this rope now."""
        return not (self.read_here or self.loose_routes or self.entries.number > 1)


def followed(relation: Relation, person: Person, at: datetime, number: int) -> Followed:
    """Return what a coachee shares: all of it on the first page, then older entries; three queries."""
    bond, owner = relation.work_bond_id, relation.coachee_id
    entries = page_of(_shared_entries(number, bond, owner, person, at), number)
    if number > 1:
        return Followed([], [], [], [], entries)
    everything = in_full(_shared_but_entries(bond, owner, person, at))

    def shared(model: type[T]) -> list[T]:
        return [thing for thing in everything if isinstance(thing, model)]

    goals, loose_routes = _beside(shared(Goal), shared(Route)[::-1])
    return Followed(
        shared(Dream),
        _in_order_of_questions(shared(CompassAnswer)[::-1]),
        goals,
        loose_routes,
        entries,
        _in_own_order(shared(Strength)[::-1]),
        _at_the_start(shared(StartingAnswer)[::-1]),
        shared(ChoiceMoment),
        as_seen(requests_in(relation, at), at),
    )


READ_WHOLE = (Dream, CompassAnswer, Strength, StartingAnswer, ChoiceMoment, Goal, Route)
"""What somebody has a handful of: all of it stands on the first page."""


@composed
def _shared_but_entries(bond: UUID, owner: UUID, person: Person, at: datetime) -> ThingQuerySet[Thing]:
    kinds = [model.KIND for model in READ_WHOLE]
    shared = Thing.objects.filter(gate.readable_on(bond, person, at), owner=owner, kind__in=kinds)
    return shared.order_by("-created_at", "-pk")


@composed
def _shared_entries(page: int, bond: UUID, owner: UUID, person: Person, at: datetime) -> ThingQuerySet[Entry]:
    shared = Entry.objects.filter(gate.readable_on(bond, person, at), owner=owner, kind=Entry.KIND)
    return shared.order_by("-created_at", "-pk")[slice_of(page)]


def _in_order_of_questions(answers: list[CompassAnswer]) -> list[CompassAnswer]:
    order = [question.value for question in CompassQuestion]
    return sorted(answers, key=lambda answer: order.index(answer.question))


def _in_own_order(strengths: list[Strength]) -> list[Strength]:
    """Strengths first, then work points, each as their owner put them."""
    return sorted(strengths, key=lambda one: (list(StrengthSort).index(StrengthSort(one.sort)), one.position))


def _at_the_start(answers: list[StartingAnswer]) -> list[StartingAnswer]:
    order = [question.value for question in StartingQuestion]
    return sorted(answers, key=lambda answer: order.index(answer.question))


def _beside(goals: list[Goal], routes: list[Route]) -> tuple[list[FollowedGoal], list[Route]]:
    goals = sorted(goals, key=lambda goal: [str(state) for state in GOALS_IN_ORDER].index(goal.state))
    chosen = {route.goal_id: route for route in routes if route.is_chosen}
    beside = [FollowedGoal(goal, chosen.get(goal.pk)) for goal in goals]
    placed = {one.route.pk for one in beside if one.route}
    return beside, [route for route in routes if route.pk not in placed]
