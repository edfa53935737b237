"""What all writing on the climb shares.

A new text that was already sent (double submit) is kept once. Sent again with other words (back button) it raises
`ChangedMeanwhile`, as two tabs do: both texts then stand side by side and nothing is lost (C14).
"""

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings import actions as belongings
from klimtouw.belongings.models import Thing
from klimtouw.people.models import Person

T = TypeVar("T", bound=Thing)


def demand_own(thing: Thing | None, *, by: Person, at: datetime) -> None:
    """Ask the policy whether a thing that is linked to is the writer's own."""
    if thing is not None:
        demand(by, Action.WRITE, thing, at)


@transaction.atomic
def keep_words(
    model: type[T],
    *,
    by: Person,
    at: datetime,
    id: UUID | None,
    seen: int,
    words: dict[str, str],
    links: dict[str, Any] | None = None,
) -> T:
    """Keep something new with its words; sent again it is kept once, and with other words it raises `ChangedMeanwhile`."""
    kept = belongings.keep(model, by=by, at=at, id=id, **words, **(links or {}))
    if all(getattr(kept, name) == text for name, text in words.items()):
        return kept
    return belongings.reword(kept, by=by, at=at, seen=seen, **words)
