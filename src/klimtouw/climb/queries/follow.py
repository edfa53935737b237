"""Read what a coachee shares with one coach: that, and nothing else (V5, V16, V24)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar, cast
from uuid import UUID

from klimtouw.belongings import gate
from klimtouw.belongings.models import Thing, ThingQuerySet
from klimtouw.climb.choices import CompassQuestion
from klimtouw.climb.models import CompassAnswer, Dream, Entry, Goal, Route
from klimtouw.climb.queries.climb import GOALS_IN_ORDER
from klimtouw.climb.queries.trail import Page, page_of
from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation

T = TypeVar("T", bound=Thing)


def relation_to_follow(person: Person, coachee_id: UUID) -> UUID | None:
    """Return the running relation in which this person coaches somebody, for the way back to their page."""
    running = Relation.objects.filter(
        coach=person, coachee=coachee_id, state__in=(State.RUNNING, State.PAUSED)
    )
    return running.values_list("pk", flat=True).first()


@dataclass(frozen=True)
class FollowedGoal:
    """A shared goal and, when that is shared too, the route to it."""

    goal: Goal
    route: Route | None


@dataclass(frozen=True)
class Followed:
    """What one coachee shares on one rope at this moment."""

    dreams: list[Dream]
    answers: list[CompassAnswer]
    goals: list[FollowedGoal]
    loose_routes: list[Route]
    entries: Page[Entry]

    @property
    def read_here(self) -> list[Thing]:
        """Everything whose words stand on the page; a route is opened on its own page."""
        goals = [followed.goal for followed in self.goals]
        return [*self.dreams, *self.answers, *goals, *self.entries.items]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is shared on this rope now."""
        return not (self.read_here or self.loose_routes or self.entries.number > 1)


def shared_on(relation: Relation, model: type[T], person: Person, at: datetime) -> ThingQuerySet[T]:
    """Return what the coachee shares of one kind on the work bond of a relation, as this person may read it now."""
    things = cast("ThingQuerySet[T]", model.objects)
    shared = gate.readable_on(relation.work_bond_id, person, at)
    return things.filter(shared, owner=relation.coachee_id, kind=model.KIND)


def followed(relation: Relation, person: Person, at: datetime, number: int) -> Followed:
    """Return what a coachee shares: all of it on the first page, then older entries; at most five queries."""
    entries = page_of(shared_on(relation, Entry, person, at).order_by("-created_at", "-pk"), number)
    if number > 1:
        return Followed([], [], [], [], entries)
    dreams = shared_on(relation, Dream, person, at).order_by("-created_at", "-pk")
    answers = shared_on(relation, CompassAnswer, person, at).order_by("created_at", "pk")
    goals = shared_on(relation, Goal, person, at).order_by("-created_at", "-pk")
    routes = shared_on(relation, Route, person, at).order_by("created_at", "pk")
    return Followed(
        list(dreams), _in_order_of_questions(answers), *_beside(list(goals), list(routes)), entries
    )


def _in_order_of_questions(answers: ThingQuerySet[CompassAnswer]) -> list[CompassAnswer]:
    order = [question.value for question in CompassQuestion]
    return sorted(answers, key=lambda answer: order.index(answer.question))


def _beside(goals: list[Goal], routes: list[Route]) -> tuple[list[FollowedGoal], list[Route]]:
    goals = sorted(goals, key=lambda goal: [str(state) for state in GOALS_IN_ORDER].index(goal.state))
    route_to = {route.goal_id: route for route in routes}
    beside = [FollowedGoal(goal, route_to.pop(goal.pk, None)) for goal in goals]
    return beside, list(route_to.values())
