"""Write, arrange and turn strengths and work points (C1). Only the owner can (V1); everything starts private (C9)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings import actions as belongings
from klimtouw.climb.actions.writing import keep_words
from klimtouw.climb.choices.strengths import FoundIn, StrengthSort
from klimtouw.climb.models import Strength
from klimtouw.people.models import Person


@transaction.atomic
def write_strength(
    *,
    by: Person,
    at: datetime,
    text: str,
    sort: StrengthSort = StrengthSort.STRENGTH,
    found_in: FoundIn = FoundIn.NOWHERE,
    id: UUID | None = None,
    seen: int = 0,
) -> Strength:
    """Keep a strength or work point, as the last of its sort."""
    demand(by, Action.WRITE_OWN, by, at)
    links = {"sort": sort, "found_in": found_in, "position": len(_held(by, sort)) + 1}
    return keep_words(Strength, by=by, at=at, id=id, seen=seen, words={"text": text}, links=links)


@transaction.atomic
def reword_strength(
    strength: Strength, *, by: Person, at: datetime, seen: int, text: str, found_in: FoundIn
) -> Strength:
    """Say it in other words, or where one knows it from."""
    reworded = belongings.reword(strength, by=by, at=at, seen=seen, text=text)
    belongings.place(reworded, by=by, at=at, found_in=found_in)
    return reworded


@transaction.atomic
def move_strength(strength: Strength, *, by: Person, at: datetime, is_later: bool) -> None:
    """Move it one place; at either end it stays where it is."""
    demand(by, Action.WRITE, strength, at)
    row = _held(by, StrengthSort(strength.sort))
    place = next((place for place, other in enumerate(row) if other.pk == strength.pk), None)
    if place is None:
        return
    row.insert(max(place + (1 if is_later else -1), 0), row.pop(place))
    for position, other in enumerate(row, 1):
        if other.position != position:
            other.position = position
            other.save(update_fields=["position"])


@transaction.atomic
def turn_strength(strength: Strength, *, by: Person, at: datetime, to: StrengthSort) -> None:
    """Let a work point become a strength, or the other way; the words, their versions and who reads them stay."""
    demand(by, Action.WRITE, strength, at)
    if strength.sort != to:
        belongings.place(strength, by=by, at=at, sort=to, position=len(_held(by, to)) + 1)


def _held(by: Person, sort: StrengthSort) -> list[Strength]:
    """Return what somebody keeps of one sort in their order, held until the end of this change."""
    mine = Strength.objects.kept().filter(owner=by, kind=Strength.KIND, sort=sort)
    return list(mine.order_by("position", "created_at", "pk").select_for_update())
