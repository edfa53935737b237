"""Write, reword and move dreams and goals (C2, C3). Only the owner can (V1); everything starts private (C9)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings import actions as belongings
from klimtouw.climb.actions.writing import demand_own, keep_words
from klimtouw.climb.choices import Context, DreamState, GoalState
from klimtouw.climb.models import Dream, Goal
from klimtouw.climb.moves import with_move
from klimtouw.people.models import Person


def write_dream(*, by: Person, at: datetime, text: str, id: UUID | None = None, seen: int = 0) -> Dream:
    """Keep a new dream (C2)."""
    return keep_words(Dream, by=by, at=at, id=id, seen=seen, words={"text": text})


def reword_dream(dream: Dream, *, by: Person, at: datetime, seen: int, text: str) -> Dream:
    """Say a dream in other words."""
    return belongings.reword(dream, by=by, at=at, seen=seen, text=text)


def move_dream(dream: Dream, *, by: Person, at: datetime, to: DreamState) -> None:
    """Let a dream rest, let it go, or take it up again (C2); its story keeps when."""
    _move(dream, by=by, at=at, to=to)


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
    **beside: str,
) -> Goal:
    """Keep a new goal (C3); `beside` its sentence may stand its `contexts` and its `answers`, each as one text."""
    demand_own(dream, by=by, at=at)
    links = {"dream": dream, "context": context}
    words = {"text": text, "why": why, **beside}
    return keep_words(Goal, by=by, at=at, id=id, seen=seen, words=words, links=links)


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
    **beside: str,
) -> Goal:
    """Say a goal in other words, or hang it on another dream or context; what is not named `beside` it stays."""
    demand_own(dream, by=by, at=at)
    reworded = belongings.reword(goal, by=by, at=at, seen=seen, text=text, why=why, **beside)
    belongings.place(reworded, by=by, at=at, dream=dream, context=context)
    return reworded


def move_goal(goal: Goal, *, by: Person, at: datetime, to: GoalState) -> None:
    """Say where a goal stands; every move can be made back (C3, V21), and its story keeps when."""
    _move(goal, by=by, at=at, to=to)


@transaction.atomic
def _move(thing: Dream | Goal, *, by: Person, at: datetime, to: DreamState | GoalState) -> None:
    demand(by, Action.WRITE, thing, at)
    now = type(thing).objects.select_for_update().get(pk=thing.pk)
    if now.state != to:
        belongings.place(thing, by=by, at=at, state=to, moves=with_move(now.moves, to, at))
