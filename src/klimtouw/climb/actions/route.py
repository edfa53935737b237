"""Make and change a route (C6). Only its owner can (V1); every act can be made undone.

A route begins with its first stage. Stages are numbered 1, 2, 3 … without gaps: whoever changes the order holds the
row of the route, so that two changes at once never lose a stage or give two the same place.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings import actions as belongings
from klimtouw.climb.choices import StageMark, StageState
from klimtouw.climb.models import Goal, Route, Stage, Step
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person
from klimtouw.replies.actions import answer_suggestion, folded
from klimtouw.replies.choices import Outcome
from klimtouw.replies.models import Suggestion

PartT = TypeVar("PartT", Stage, Step)


class NotInOwnWords(Exception):
    """The sentence of a suggestion was sent back as it was; taking over is saying it in one's own words (C11)."""


@transaction.atomic
def add_stage(goal: Goal, *, by: Person, at: datetime, text: str, id: UUID | None = None) -> Stage:
    """Add a stage at the end of the route to a goal; the first one begins the route."""
    demand(by, Action.WRITE, goal, at)
    if twice := _sent_twice(Stage, id, text, by):
        return twice
    route = _held_route_to(goal, by=by, at=at)
    return belongings.keep(
        Stage, by=by, at=at, id=_free(Stage, id), whole=route, position=_next_number(route), text=text
    )


@transaction.atomic
def take_detour(after: Stage, *, by: Person, at: datetime, text: str, id: UUID | None = None) -> Stage:
    """Put a detour on the route, right after a stage."""
    demand(by, Action.WRITE, after, at)
    if twice := _sent_twice(Stage, id, text, by):
        return twice
    stages = _held_stages(after)
    detour = belongings.keep(
        Stage,
        by=by,
        at=at,
        id=_free(Stage, id),
        whole_id=after.whole_id,
        position=len(stages) + 1,
        text=text,
        is_detour=True,
    )
    place = next((number for number, stage in enumerate(stages, 1) if stage.pk == after.pk), len(stages))
    _put_in_order([*stages[:place], detour, *stages[place:]])
    return detour


def set_state(stage: Stage, *, by: Person, at: datetime, state: StageState) -> None:
    """Say that a stage is reached, still ahead, or parked; saying it twice changes nothing."""
    belongings.place(stage, by=by, at=at, state=state)


def set_mark(stage: Stage, *, by: Person, at: datetime, mark: StageMark) -> None:
    """Mark a stage as a turning point or an opportunity, or take the mark off."""
    belongings.place(stage, by=by, at=at, mark=mark)


@transaction.atomic
def move_stage(stage: Stage, *, by: Person, at: datetime, is_later: bool) -> None:
    """Move a stage one place; at the end of the route it stays where it is."""
    demand(by, Action.WRITE, stage, at)
    stages = _held_stages(stage)
    place = next((place for place, other in enumerate(stages) if other.pk == stage.pk), None)
    if place is None:
        return
    stages.insert(max(place + (1 if is_later else -1), 0), stages.pop(place))
    _put_in_order(stages)


@transaction.atomic
def remove_stage(stage: Stage, *, by: Person, at: datetime) -> None:
    """Take a stage off the route; it can be put back where it was."""
    demand(by, Action.WRITE, stage, at)
    stages = _held_stages(stage)
    belongings.remove(stage, by=by, at=at)
    _put_in_order([other for other in stages if other.pk != stage.pk])


@transaction.atomic
def put_back_stage(stage: Stage, *, by: Person, at: datetime) -> None:
    """Put a stage back on the route, at the place it had."""
    demand(by, Action.WRITE, stage, at)
    stages = [other for other in _held_stages(stage) if other.pk != stage.pk]
    belongings.take_back(stage, by=by, at=at)
    place = stage.position - 1
    _put_in_order([*stages[:place], stage, *stages[place:]])


@transaction.atomic
def add_step(stage: Stage, *, by: Person, at: datetime, text: str, id: UUID | None = None) -> Step:
    """Add a step at the end of a stage."""
    demand(by, Action.WRITE, stage, at)
    if twice := _sent_twice(Step, id, text, by):
        return twice
    _hold(stage.whole_id)
    last = Step.objects.filter(stage=stage.pk).aggregate(last=Max("position"))["last"] or 0
    return belongings.keep(
        Step,
        by=by,
        at=at,
        id=_free(Step, id),
        whole_id=stage.whole_id,
        stage=stage,
        position=last + 1,
        text=text,
    )


def set_done(step: Step, *, by: Person, at: datetime, is_done: bool) -> None:
    """Say that a step is done, or not yet; saying it twice changes nothing."""
    belongings.place(step, by=by, at=at, is_done=is_done)


def remove_step(step: Step, *, by: Person, at: datetime) -> None:
    """Take a step off the route; it can be put back."""
    belongings.remove(step, by=by, at=at)


def put_back_step(step: Step, *, by: Person, at: datetime) -> None:
    """Put a step back in its stage."""
    belongings.take_back(step, by=by, at=at)


@transaction.atomic
def take_over(
    suggestion: Suggestion,
    *,
    beside: Goal | Route | Stage,
    by: Person,
    at: datetime,
    text: str,
    id: UUID | None = None,
) -> Stage | Step:
    """Take a suggestion over in own words: beside a stage it becomes a step, elsewhere a stage (C11, V3)."""
    demand(by, Action.ANSWER_SUGGESTION, suggestion, at)
    if folded(text) == folded(suggestion.text):
        raise NotInOwnWords
    answer_suggestion(suggestion, by=by, at=at, outcome=Outcome.TAKEN)
    if isinstance(beside, Stage):
        return add_step(beside, by=by, at=at, text=text, id=id)
    return add_stage(beside.goal if isinstance(beside, Route) else beside, by=by, at=at, text=text, id=id)


def _held_route_to(goal: Goal, *, by: Person, at: datetime) -> Route:
    # Two first stages at once wait for each other at the goal; the second then finds the route of the first.
    Goal.objects.select_for_update().get(pk=goal.pk)
    route = Route.objects.select_for_update().filter(goal=goal.pk).first()
    return route or belongings.keep(Route, by=by, at=at, goal=goal)


def _hold(route_id: UUID | None) -> None:
    Route.objects.select_for_update().get(thing_ptr=route_id)


def _held_stages(stage: Stage) -> list[Stage]:
    _hold(stage.whole_id)
    return list(Stage.objects.filter(whole=stage.whole_id).kept().order_by("position", "pk"))


def _next_number(route: Route) -> int:
    return Stage.objects.filter(whole=route.pk).kept().count() + 1


def _put_in_order(stages: Sequence[Stage]) -> None:
    moved = [stage for number, stage in enumerate(stages, 1) if stage.position != number]
    for number, stage in enumerate(stages, 1):
        stage.position = number
    Stage.objects.bulk_update(moved, ["position"])


def _sent_twice(model: type[PartT], id: UUID | None, text: str, by: Person) -> PartT | None:
    """Return what was sent before under this id with the same words."""
    twice = model.objects.filter(pk=id, owner=by).first() if id else None
    return twice if twice and twice.text == text else None


def _free(model: type[PartT], id: UUID | None) -> UUID:
    """Return the id of a form; sent again with other words (back button) it is something new."""
    return new_id() if id is None or model.objects.filter(pk=id).exists() else id
