"""Read a route: its stages in order, the steps in each, and what its owner put aside."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from klimtouw.belongings.models import Thing, ThingQuerySet
from klimtouw.climb.choices import GoalState, StageState
from klimtouw.climb.models import Goal, Route, RoutePicture, Stage, Step
from klimtouw.climb.queries.climb import kept_and_visible, visible
from klimtouw.climb.queries.opened import Opened
from klimtouw.foundation.ids import new_id
from klimtouw.people.composed import composed
from klimtouw.people.models import Person
from klimtouw.replies.models import Suggestion
from klimtouw.replies.queries import NOTHING, Beside, where_it_stands

PartT = TypeVar("PartT", Stage, Step)

PICTURES_SHOWN = 60

# Finders for the doors. A part goes when its whole is put away.


def route(person: Person, at: datetime, route: UUID) -> Route:
    """Find a route this person may read. Its goal is not loaded along: that is shared on its own."""
    return kept_route(person, at, route)


def kept_route(person: Person, at: datetime, route: UUID) -> Route:
    """Find a route that was not put away."""
    found = visible(Route, person, at, route)
    if found.removed_at is not None:
        raise Route.DoesNotExist
    return found


def route_page(person: Person, at: datetime, route: UUID) -> Opened[Route]:
    """Find a route, and its goal when this person may read that too."""
    found = kept_route(person, at, route)
    return Opened(found, (goal_of(found, person, at),))


def stage(person: Person, at: datetime, stage: UUID) -> Stage:
    """Find a stage this person may read; its owner finds it also after putting it away."""
    visible = Stage.objects.visible_to(person, at).filter(whole__removed_at=None)
    return visible.select_related("owner").get(pk=stage)


def step(person: Person, at: datetime, step: UUID) -> Step:
    """Find a step this person may read; its owner finds it also after putting it away."""
    visible = Step.objects.visible_to(person, at).filter(whole__removed_at=None, stage__removed_at=None)
    return visible.select_related("owner").get(pk=step)


def goal_to_reach(person: Person, at: datetime, goal: UUID) -> Goal:
    """Find a goal this person may read and that was not put away."""
    return Goal.objects.visible_to(person, at).kept().select_related("owner").get(pk=goal)


def place_for(suggestion: Suggestion, person: Person, at: datetime) -> Goal | Route | Stage:
    """Return what a suggestion stands beside; there is no place for it while that is put away."""
    beside = where_it_stands(suggestion, person, at)
    if not isinstance(beside, Goal | Route | Stage) or beside.removed_at is not None:
        raise Suggestion.DoesNotExist
    return beside


def steps_in(stage: Stage) -> list[Step]:
    """Return the steps that stand in a stage, for its owner."""
    return list(Step.objects.filter(stage=stage.pk).kept().order_by("position", "pk"))


def own_route(person: Person, at: datetime, route: UUID) -> Route:
    """Find a route, also one its owner put away, with its goal."""
    found = Route.objects.visible_to(person, at).filter(goal__removed_at=None)
    return found.select_related("owner", "goal").get(pk=route)


# What the pages print.


@dataclass(frozen=True)
class RouteBeside:
    """One of the routes to a goal, as it stands beside the others."""

    route: Route
    stages: list[Stage]


def routes_to(goal: Goal) -> list[RouteBeside]:
    """Return every kept route to a goal with its stages, for its owner: the chosen one first, then the oldest; two queries."""
    routes = list(Route.objects.filter(goal=goal.pk).kept().order_by("-is_chosen", "created_at", "pk"))
    on_route: defaultdict[UUID | None, list[Stage]] = defaultdict(list)
    stages = Stage.objects.filter(whole__in=[route.pk for route in routes]).kept()
    for stage in stages.exclude(state=StageState.NOTED).order_by("position", "pk"):
        on_route[stage.whole_id].append(stage)
    for route in routes:
        route.goal = goal
    return [RouteBeside(route, on_route[route.pk]) for route in routes]


def pictures_of(route: Route) -> list[RoutePicture]:
    """Return how a route stood on earlier days, for its owner, the newest first."""
    pictures = RoutePicture.objects.filter(route=route.pk).kept().order_by("-day", "-pk")
    return list(pictures[:PICTURES_SHOWN])


@dataclass(frozen=True)
class StageOnRoute:
    """One stage as the page prints it."""

    stage: Stage
    number: str
    """In figures: it stands five times in a stage, and a number is put in the writing of a language each time."""
    steps: tuple[Step, ...]
    is_first: bool
    is_last: bool
    is_next: bool
    is_unfolded: bool
    is_looked_at: bool
    beside: Beside = NOTHING

    @property
    def id_of_new_step(self) -> UUID:
        """What a step that is written here will be known by; asked for where a stage is unfolded alone."""
        return new_id()


def goal_of(route: Route, person: Person, at: datetime) -> Goal | None:
    """Return the goal of a route, when this person may read that goal too."""
    return kept_and_visible(Goal, person, at, route.goal_id)


# The gate was asked for the whole, and its answer holds for every part: asking it again costs more than the reading.


def stages_of(route: Route, person: Person) -> list[Stage]:
    """Return the stages of a route this person may read, in order; those put away for their owner alone."""
    return _for_reader(_stages_on(route.pk), route, person)


def steps_of(route: Route, person: Person) -> list[Step]:
    """Return the steps of every stage that stands on the route; those put away for their owner alone."""
    return _for_reader(_steps_on(route.pk), route, person)


@composed
def _stages_on(route: UUID) -> ThingQuerySet[Stage]:
    return Stage.objects.filter(whole=route).order_by("position", "pk")


@composed
def _steps_on(route: UUID) -> ThingQuerySet[Step]:
    return Step.objects.filter(whole=route, stage__removed_at=None).order_by("position", "pk")


def _for_reader(parts: list[PartT], route: Route, person: Person) -> list[PartT]:
    return parts if route.owner_id == person.pk else [part for part in parts if part.removed_at is None]


def next_of(stages: list[Stage]) -> Stage | None:
    """Return the first stage that still lies ahead."""
    return next((stage for stage in stages if stage.state == StageState.AHEAD), None)


def stages_ahead_of(climber: UUID, person: Person, at: datetime) -> ThingQuerySet[Stage]:
    """Return the stages somebody has ahead on each chosen route, as far as this person may read them; not where the goal rests."""
    resting = Goal.objects.visible_to(person, at).exclude(state=GoalState.OPEN, removed_at=None)
    routes = Route.objects.kept().filter(is_chosen=True).exclude(goal__in=resting.values("pk"))
    stages = Stage.objects.visible_to(person, at).kept()
    ahead = stages.filter(owner=climber, state=StageState.AHEAD, whole__in=routes.values("pk"))
    return ahead.order_by("whole", "position", "pk")


def kept(things: list[Stage]) -> list[Stage]:
    """Leave out the stages their owner put away, and what is noted beside the route."""
    return [thing for thing in things if thing.removed_at is None and thing.state != StageState.NOTED]


def noted(things: list[Stage]) -> list[Stage]:
    """Return the chances noted beside the route, outside the order."""
    return [thing for thing in things if thing.removed_at is None and thing.state == StageState.NOTED]


def on_route(
    stages: list[Stage],
    steps: list[Step],
    besides: dict[UUID, Beside],
    *,
    unfolded: str = "",
    looked_at: str = "",
) -> list[StageOnRoute]:
    """Return the kept stages with their steps and with what stands beside them, numbered as on the drawing."""
    steps_in: defaultdict[UUID, list[Step]] = defaultdict(list)
    for step in steps:
        if step.removed_at is None:
            steps_in[step.stage_id].append(step)
    upcoming = next_of(stages)
    return [
        StageOnRoute(
            stage=stage,
            number=str(number),
            steps=tuple(steps_in[stage.pk]),
            is_first=number == 1,
            is_last=number == len(stages),
            is_next=stage is upcoming,
            is_unfolded=str(stage.pk) == unfolded,
            is_looked_at=str(stage.pk) == looked_at,
            beside=besides.get(stage.pk, NOTHING),
        )
        for number, stage in enumerate(stages, start=1)
    ]


def put_aside(stages: list[Stage], steps: list[Step]) -> list[Thing]:
    """Return the stages and steps their owner took off the route and can put back."""
    return [thing for thing in (*stages, *steps) if thing.removed_at is not None]
