"""Stand before a choice, weigh it, decide, and look back (C12). Only the owner can (V1); everything starts private (C9)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings import actions as belongings
from klimtouw.climb.actions.writing import demand_own, keep_words
from klimtouw.climb.models import ChoiceMoment, Goal, Option
from klimtouw.people.models import Person

FEWEST = 2


class NotAChoice(Exception):
    """There are always two options or more, and one of them is the coachee's own idea (C12)."""


@transaction.atomic
def open_choice(
    *,
    by: Person,
    at: datetime,
    question: str,
    own: str,
    other: str,
    goal: Goal | None = None,
    id: UUID | None = None,
    seen: int = 0,
) -> ChoiceMoment:
    """Keep a question with an own idea and another option. Sent again, options that were not there yet join it."""
    demand_own(goal, by=by, at=at)
    words, links = {"question": question}, {"goal": goal}
    moment = keep_words(ChoiceMoment, by=by, at=at, id=id, seen=seen, words=words, links=links)
    there = {option.text for option in _held(moment)}
    for text, is_own in ((own, True), (other, False)):
        if text not in there:
            add_option(moment, by=by, at=at, text=text, is_own=is_own)
    return moment


@transaction.atomic
def reword_choice(
    moment: ChoiceMoment, *, by: Person, at: datetime, seen: int, question: str, asked: str, goal: Goal | None
) -> ChoiceMoment:
    """Say the question in other words, who one asked, or hang it on another goal."""
    demand_own(goal, by=by, at=at)
    reworded = belongings.reword(moment, by=by, at=at, seen=seen, question=question, asked=asked)
    belongings.place(reworded, by=by, at=at, goal=goal)
    return reworded


@transaction.atomic
def add_option(
    moment: ChoiceMoment,
    *,
    by: Person,
    at: datetime,
    text: str,
    is_own: bool,
    id: UUID | None = None,
    seen: int = 0,
    **weighed: str,
) -> Option:
    """Add an option, with what speaks for it and against it (`pros`, `cons`)."""
    demand(by, Action.WRITE, moment, at)
    words = {"text": text, **weighed}
    links = {"whole_id": moment.pk, "position": len(_held(moment)) + 1, "is_own": is_own}
    return keep_words(Option, by=by, at=at, id=id, seen=seen, words=words, links=links)


@transaction.atomic
def reword_option(
    option: Option, *, by: Person, at: datetime, seen: int, is_own: bool, **words: str
) -> Option:
    """Say an option in other words, or weigh it anew. Raises `NotAChoice` when no own idea would be left."""
    demand(by, Action.WRITE, option, at)
    others = [other for other in _held_beside(option) if other.pk != option.pk]
    if not (is_own or any(other.is_own for other in others)):
        raise NotAChoice
    reworded = belongings.reword(option, by=by, at=at, seen=seen, **words)
    belongings.place(reworded, by=by, at=at, is_own=is_own)
    return reworded


@transaction.atomic
def remove_option(option: Option, *, by: Person, at: datetime) -> None:
    """Put an option away. Raises `NotAChoice` when fewer than two, or no own idea, would be left."""
    demand(by, Action.WRITE, option, at)
    _demand_a_choice([other for other in _held_beside(option) if other.pk != option.pk])
    belongings.remove(option, by=by, at=at)
    if option.is_chosen:
        belongings.place(option, by=by, at=at, is_chosen=False)


@transaction.atomic
def decide(
    moment: ChoiceMoment, *, by: Person, at: datetime, seen: int, option: Option, decision: str
) -> ChoiceMoment:
    """Choose an option and say why, if one likes; choosing again is always possible. Raises `NotAChoice`."""
    demand(by, Action.WRITE, moment, at)
    options = _held(moment)
    _demand_a_choice(options)
    if option.pk not in {one.pk for one in options}:
        raise Option.DoesNotExist
    decided = belongings.reword(moment, by=by, at=at, seen=seen, decision=decision)
    for one in options:
        if one.is_chosen != (one.pk == option.pk):
            belongings.place(one, by=by, at=at, is_chosen=one.pk == option.pk)
    belongings.place(decided, by=by, at=at, decided_on=decided.decided_on or localdate(at))
    return decided


def look_back(moment: ChoiceMoment, *, by: Person, at: datetime, seen: int, look_back: str) -> ChoiceMoment:
    """Write how one sees the choice by now."""
    return belongings.reword(moment, by=by, at=at, seen=seen, look_back=look_back)


def _demand_a_choice(options: Sequence[Option]) -> None:
    if len(options) < FEWEST or not any(option.is_own for option in options):
        raise NotAChoice


def _held(moment: ChoiceMoment) -> list[Option]:
    """Return the options of a choice moment in order, held until the end of this change."""
    return _in_order(moment.pk)


def _held_beside(option: Option) -> list[Option]:
    return _in_order(option.choice_id)


def _in_order(choice: UUID | None) -> list[Option]:
    ChoiceMoment.objects.select_for_update().filter(pk__in=[choice]).first()
    options = Option.objects.kept().filter(whole=choice, kind=Option.KIND)
    return list(options.order_by("position", "created_at", "pk").select_for_update())
