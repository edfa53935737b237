"""Make and change the routes to a goal (C6). Only their owner can (V1); every act can be made undone.

One route is the chosen one; others stay beside it as possibilities. A route begins with its first stage. Stages are numbered 1, 2, 3 … without gaps: whoever changes the order holds the
row of the route, so that two changes at once never lose a stage or give two the same place.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings import actions as belongings
from klimtouw.belongings.models import Thing
from klimtouw.climb.choices import StageMark, StageState, Weather
from klimtouw.climb.models import Goal, Route, RoutePicture, Stage, Step
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person
from klimtouw.replies.actions import answer_suggestion, folded
from klimtouw.replies.choices import Outcome
from klimtouw.replies.models import Suggestion

PartT = TypeVar("PartT", Stage, Step)


class NotInOwnWords(Exception):
    """The sentence of a suggestion was sent back as it was; taking over is saying it in one's own words (C11)."""


class NoRoomLeft(Exception):
    """What holds it holds as much as a page can show (`MOST_IN`)."""


@transaction.atomic
def add_route(
    goal: Goal, *, by: Person, at: datetime, name: str, id: UUID | None = None, pros: str = "", cons: str = ""
) -> Route:
    """Put another way to a goal beside the chosen one; when there is none yet, this one is chosen. Raises `NoRoomLeft`."""
    demand(by, Action.WRITE, goal, at)
    Goal.objects.select_for_update().get(pk=goal.pk)
    id = belongings.id_as_sent(Route, id, by=by, name=name, pros=pros, cons=cons)
    is_first = not Route.objects.filter(goal=goal.pk, is_chosen=True).exists()
    if id is None or not Route.objects.filter(pk=id).exists():
        _demand_room(Route, goal=goal.pk)
    words = {"name": name, "pros": pros, "cons": cons}
    return belongings.keep(Route, by=by, at=at, id=id, goal=goal, is_chosen=is_first, **words)


@transaction.atomic
def choose_route(route: Route, *, by: Person, at: datetime) -> Route | None:
    """Make a route the one that is climbed; return the one that was, which stays beside it. Choosing back undoes it."""
    demand(by, Action.WRITE, route, at)
    Goal.objects.select_for_update().get(pk=route.goal_id)
    before = Route.objects.filter(goal=route.goal_id, is_chosen=True).exclude(pk=route.pk).first()
    if before:
        belongings.place(before, by=by, at=at, is_chosen=False)
    belongings.place(route, by=by, at=at, is_chosen=True)
    return before


class ItIsChosen(Exception):
    """The route one climbs is put away only with its goal, or after choosing another."""


@transaction.atomic
def remove_route(route: Route, *, by: Person, at: datetime) -> None:
    """Put a possible route away; it can be taken back. Raises `ItIsChosen`."""
    demand(by, Action.WRITE, route, at)
    if Route.objects.select_for_update().get(pk=route.pk).is_chosen:
        raise ItIsChosen
    belongings.remove(route, by=by, at=at)


@transaction.atomic
def add_stage(to: Goal | Route, *, by: Person, at: datetime, text: str, id: UUID | None = None) -> Stage:
    """Add a stage at the end of a route, or of the chosen one to a goal, which the first begins. Raises `NoRoomLeft`."""
    demand(by, Action.WRITE, to, at)
    if twice := _sent_twice(Stage, id, text, by):
        return twice
    route = _held(to) if isinstance(to, Route) else _held_route_to(to, by=by, at=at)
    _pictured(route, by=by, at=at)
    return _new_stage(route, by=by, at=at, id=id, text=text, position=_next_number(route))


@transaction.atomic
def note_opportunity(route: Route, *, by: Person, at: datetime, text: str, id: UUID | None = None) -> Stage:
    """Note a chance somebody sees beside the route, outside the order; it can join the route later. Raises `NoRoomLeft`."""
    demand(by, Action.WRITE, route, at)
    if twice := _sent_twice(Stage, id, text, by):
        return twice
    beside = {"position": 0, "state": StageState.NOTED, "mark": StageMark.OPPORTUNITY}
    return _new_stage(_held(route), by=by, at=at, id=id, text=text, **beside)


@transaction.atomic
def take_detour(after: Stage, *, by: Person, at: datetime, text: str, id: UUID | None = None) -> Stage:
    """Put a detour on the route, right after a stage."""
    demand(by, Action.WRITE, after, at)
    if twice := _sent_twice(Stage, id, text, by):
        return twice
    return _put_right_after(after, by=by, at=at, id=id, text=text, is_detour=True)


def _put_right_after(after: Stage, *, by: Person, at: datetime, id: UUID | None, **fields: Any) -> Stage:
    stages = _held_stages(after, by=by, at=at)
    new = _new_stage(_route_of(after), by=by, at=at, id=id, position=len(stages) + 1, **fields)
    place = next((number for number, stage in enumerate(stages, 1) if stage.pk == after.pk), len(stages))
    _put_in_order([*stages[:place], new, *stages[place:]])
    return new


@transaction.atomic
def split_stage(
    stage: Stage,
    *,
    by: Person,
    at: datetime,
    seen: int,
    text: str,
    then: str,
    along: Collection[UUID] = (),
    id: UUID | None = None,
) -> Stage:
    """Make two stages of one: `text` is what it says from now on, `then` the one right after; some steps go `along` to that.

    Raises `ChangedMeanwhile` and `NoRoomLeft`.
    """
    demand(by, Action.WRITE, stage, at)
    if twice := _sent_twice(Stage, id, then, by):
        return twice
    belongings.reword(stage, by=by, at=at, seen=seen, text=text)
    beside = {"state": stage.state, "is_detour": stage.is_detour}
    second = _put_right_after(stage, by=by, at=at, id=id, text=then, **beside)
    steps = list(Step.objects.filter(stage=stage.pk, pk__in=along).order_by("position", "pk"))
    for number, step in enumerate(steps, 1):
        step.stage, step.position = second, number
    Step.objects.bulk_update(steps, ["stage", "position"])
    return second


@transaction.atomic
def set_state(stage: Stage, *, by: Person, at: datetime, state: StageState) -> None:
    """Say that a stage is reached, still ahead, or parked; saying it twice changes nothing.

    What was noted beside the route joins it at the end.
    """
    demand(by, Action.WRITE, stage, at)
    if stage.state == StageState.NOTED and state != StageState.NOTED:
        stages = _held_stages(stage, by=by, at=at)
        belongings.place(stage, by=by, at=at, state=state, position=len(stages) + 1)
        return
    belongings.place(stage, by=by, at=at, state=state)


def set_weather(stage: Stage, *, by: Person, at: datetime, weather: Weather) -> None:
    """Say what the weather was on a stage, or say nothing again: only the climber does, and nothing is made of it (V14)."""
    belongings.place(stage, by=by, at=at, weather=weather)


def set_mark(stage: Stage, *, by: Person, at: datetime, mark: StageMark) -> None:
    """Mark a stage as a turning point or an opportunity, or take the mark off."""
    belongings.place(stage, by=by, at=at, mark=mark)


@transaction.atomic
def move_stage(stage: Stage, *, by: Person, at: datetime, is_later: bool) -> None:
    """Move a stage one place; at the end of the route it stays where it is."""
    demand(by, Action.WRITE, stage, at)
    stages = _held_stages(stage, by=by, at=at)
    place = next((place for place, other in enumerate(stages) if other.pk == stage.pk), None)
    if place is None:
        return
    stages.insert(max(place + (1 if is_later else -1), 0), stages.pop(place))
    _put_in_order(stages)


class TheOrderChanged(Exception):
    """The stage before which one wants to put another stands on the route no more."""


@transaction.atomic
def place_stage(stage: Stage, *, by: Person, at: datetime, before: UUID | None) -> None:
    """Put a stage right before another one, or at the end. Raises `TheOrderChanged` when that other one is gone."""
    demand(by, Action.WRITE, stage, at)
    stages = _held_stages(stage, by=by, at=at)
    others = [other for other in stages if other.pk != stage.pk]
    if before == stage.pk or len(others) == len(stages):
        return
    place = next((place for place, other in enumerate(others) if other.pk == before), len(others))
    if before and place == len(others):
        raise TheOrderChanged
    mine = next(other for other in stages if other.pk == stage.pk)
    _put_in_order([*others[:place], mine, *others[place:]])


@transaction.atomic
def remove_stage(stage: Stage, *, by: Person, at: datetime) -> None:
    """Take a stage off the route; it can be put back where it was."""
    demand(by, Action.WRITE, stage, at)
    stages = _held_stages(stage, by=by, at=at)
    belongings.remove(stage, by=by, at=at)
    _put_in_order([other for other in stages if other.pk != stage.pk])


@transaction.atomic
def put_back_stage(stage: Stage, *, by: Person, at: datetime) -> None:
    """Put a stage back on the route, at the place it had."""
    demand(by, Action.WRITE, stage, at)
    stages = [other for other in _held_stages(stage, by=by, at=at) if other.pk != stage.pk]
    belongings.take_back(stage, by=by, at=at)
    if stage.state == StageState.NOTED:
        return
    place = max(stage.position - 1, 0)
    _put_in_order([*stages[:place], stage, *stages[place:]])


@transaction.atomic
def add_step(stage: Stage, *, by: Person, at: datetime, text: str, id: UUID | None = None) -> Step:
    """Add a step at the end of a stage. Raises `NoRoomLeft`."""
    demand(by, Action.WRITE, stage, at)
    if twice := _sent_twice(Step, id, text, by):
        return twice
    _held(_route_of(stage))
    _demand_room(Step, stage=stage.pk, whole=stage.whole_id)
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


def set_parked(step: Step, *, by: Person, at: datetime, is_parked: bool) -> None:
    """Park a step for now, or take it up again; saying it twice changes nothing."""
    belongings.place(step, by=by, at=at, is_parked=is_parked)


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
    return add_stage(beside, by=by, at=at, text=text, id=id)


def _held_route_to(goal: Goal, *, by: Person, at: datetime) -> Route:
    # Two first stages at once wait for each other at the goal; the second then finds the route of the first.
    Goal.objects.select_for_update().get(pk=goal.pk)
    route = Route.objects.select_for_update().filter(goal=goal.pk, is_chosen=True).first()
    return route or belongings.keep(Route, by=by, at=at, goal=goal)


def _held(route: Route) -> Route:
    return Route.objects.select_for_update().get(pk=route.pk)


def _pictured(route: Route, *, by: Person, at: datetime) -> Route:
    """Keep how a held route stands, once a day and before the first change of its order; not on the day it was begun."""
    today = localdate(at)
    is_kept = RoutePicture.objects.filter(route=route.pk, day=today).exists()
    if is_kept or localdate(route.created_at) == today:
        return route
    if text := in_words(_stages_on(route), list(Step.objects.filter(whole=route.pk).kept())):
        belongings.keep(RoutePicture, by=by, at=at, route=route, day=today, text=text)
    return route


def in_words(stages: Sequence[Stage], steps: Sequence[Step]) -> str:
    """Say a route as plain lines: each stage with its number, what became of it, and its steps."""
    lines: list[str] = []
    for number, stage in enumerate(stages, 1):
        said = [str(StageState(stage.state).label)] if stage.state != StageState.AHEAD else []
        said += [str(_("detour"))] if stage.is_detour else []
        said += [str(StageMark(stage.mark).label)] if stage.mark else []
        lines.append(f"{number}. {stage.text}" + (f" ({', '.join(said)})" if said else ""))
        inside = sorted((step for step in steps if step.stage_id == stage.pk), key=lambda step: step.position)
        lines += [f"   – {step.text}" + (f" ({_('done')})" if step.is_done else "") for step in inside]
    return "\n".join(lines)


def _route_of(part: Stage | Step) -> Route:
    assert part.whole_id is not None  # noqa: S101  # narrows the type: a part has its route
    return Route.objects.get(pk=part.whole_id)


def _new_stage(route: Route, *, by: Person, at: datetime, id: UUID | None, **fields: Any) -> Stage:
    _demand_room(Stage, whole=route.pk)
    return belongings.keep(Stage, by=by, at=at, id=_free(Stage, id), whole=route, **fields)


def _demand_room(model: type[Thing], **inside: Any) -> None:
    """Raise `NoRoomLeft` when one of these holds as much as it can; put away parts count along, for they come back."""
    for name, most in model.MOST_IN:
        if model.objects.filter(**{name: inside[name]}).count() >= most:
            raise NoRoomLeft


def _held_stages(stage: Stage, *, by: Person, at: datetime) -> list[Stage]:
    """Return the stages in order, from a route that nobody else changes meanwhile; how it stood is kept."""
    return _stages_on(_pictured(_held(_route_of(stage)), by=by, at=at))


def _stages_on(route: Route) -> list[Stage]:
    on_route = Stage.objects.filter(whole=route.pk).kept().exclude(state=StageState.NOTED)
    return list(on_route.order_by("position", "pk"))


def _next_number(route: Route) -> int:
    return Stage.objects.filter(whole=route.pk).kept().exclude(state=StageState.NOTED).count() + 1


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
