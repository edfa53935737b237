"""Write, reword, move and put away what a coachee climbs with. Only the owner can (V1); everything starts private (C9).

A new text that was already sent (double submit) is kept once. Sent again with other words (back button) it raises
`ChangedMeanwhile`, as two tabs do: both texts then stand side by side and nothing is lost (C14).
"""

import json
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings import actions as belongings
from klimtouw.belongings.models import Thing
from klimtouw.climb.choices import CompassQuestion, Context, DreamState, EntryForm, GoalState
from klimtouw.climb.models import CompassAnswer, Dream, Entry, Goal
from klimtouw.climb.queries.climb import answer_to
from klimtouw.people.models import Person

T = TypeVar("T", bound=Thing)


@transaction.atomic
def answer_compass(
    *, by: Person, at: datetime, question: CompassQuestion, text: str, id: UUID | None = None, seen: int = 0
) -> CompassAnswer:
    """Answer a question of the compass, or reword the answer: there is one answer to each question."""
    demand(by, Action.WRITE_OWN, by, at)
    # Two tabs answering for the first time wait for each other here; the second then finds the first one's answer.
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    answer = answer_to(question, by)
    if answer is None:
        return belongings.keep(CompassAnswer, by=by, at=at, id=id, question=question, text=text)
    return belongings.reword(answer, by=by, at=at, seen=seen, text=text)


def write_dream(*, by: Person, at: datetime, text: str, id: UUID | None = None, seen: int = 0) -> Dream:
    """Keep a new dream (C2)."""
    return _keep(Dream, by=by, at=at, id=id, seen=seen, words={"text": text})


def reword_dream(dream: Dream, *, by: Person, at: datetime, seen: int, text: str) -> Dream:
    """Say a dream in other words."""
    return belongings.reword(dream, by=by, at=at, seen=seen, text=text)


def move_dream(dream: Dream, *, by: Person, at: datetime, to: DreamState) -> None:
    """Let a dream rest, let it go, or take it up again (C2)."""
    belongings.place(dream, by=by, at=at, state=to)


def write_goal(
    *,
    by: Person,
    at: datetime,
    text: str,
    why: str = "",
    dream: Dream | None = None,
    context: Context = Context.NONE,
    id: UUID | None = None,
    seen: int = 0,
) -> Goal:
    """Keep a new goal (C3)."""
    _demand_own(dream, by=by, at=at)
    links = {"dream": dream, "context": context}
    return _keep(Goal, by=by, at=at, id=id, seen=seen, words={"text": text, "why": why}, links=links)


@transaction.atomic
def reword_goal(
    goal: Goal,
    *,
    by: Person,
    at: datetime,
    seen: int,
    text: str,
    why: str,
    dream: Dream | None,
    context: Context,
) -> Goal:
    """Say a goal in other words, or hang it on another dream or context."""
    _demand_own(dream, by=by, at=at)
    reworded = belongings.reword(goal, by=by, at=at, seen=seen, text=text, why=why)
    belongings.place(reworded, by=by, at=at, dream=dream, context=context)
    return reworded


def move_goal(goal: Goal, *, by: Person, at: datetime, to: GoalState) -> None:
    """Say where a goal stands; every move can be made back (C3, V21)."""
    belongings.place(goal, by=by, at=at, state=to)


def write_entry(
    *,
    by: Person,
    at: datetime,
    text: str,
    form: EntryForm = EntryForm.FREE,
    given: dict[str, str] | None = None,
    goal: Goal | None = None,
    id: UUID | None = None,
    seen: int = 0,
) -> Entry:
    """Keep a new entry in the trail (C8)."""
    _demand_own(goal, by=by, at=at)
    words = {"text": text, "answers": in_one_text(given or {})}
    return _keep(Entry, by=by, at=at, id=id, seen=seen, words=words, links={"form": form, "goal": goal})


@transaction.atomic
def reword_entry(
    entry: Entry,
    *,
    by: Person,
    at: datetime,
    seen: int,
    text: str,
    form: EntryForm,
    given: dict[str, str],
    goal: Goal | None,
) -> Entry:
    """Say an entry in other words, or hang it on another goal."""
    _demand_own(goal, by=by, at=at)
    reworded = belongings.reword(entry, by=by, at=at, seen=seen, text=text, answers=in_one_text(given))
    belongings.place(reworded, by=by, at=at, form=form, goal=goal)
    return reworded


def _demand_own(thing: Thing | None, *, by: Person, at: datetime) -> None:
    if thing is not None:
        demand(by, Action.WRITE, thing, at)


def in_one_text(given: dict[str, str]) -> str:
    """Return the answers of a form as the one text that an entry keeps them in."""
    return json.dumps(given, ensure_ascii=False) if given else ""


@transaction.atomic
def _keep(
    model: type[T],
    *,
    by: Person,
    at: datetime,
    id: UUID | None,
    seen: int,
    words: dict[str, str],
    links: dict[str, Any] | None = None,
) -> T:
    kept = belongings.keep(model, by=by, at=at, id=id, **words, **(links or {}))
    return belongings.reword(kept, by=by, at=at, seen=seen, **words)
