"""Note and wipe a coach's own picture of a coachee, and let it end with the relation (R9)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings.actions import erase_rows, keep
from klimtouw.belongings.queries import kinds
from klimtouw.people.models import DataKey, Person
from klimtouw.people.second_lock import the_house
from klimtouw.relations.actions.held import held
from klimtouw.relations.models import ImageCheck, Relation


@transaction.atomic
def note_image(
    relation: Relation, *, by: Person, at: datetime, text: str, id: UUID | None = None
) -> ImageCheck | None:
    """Note once, before the first talk, which picture is there already; nothing written keeps nothing.

    Who wants to say it otherwise wipes it first: there are no earlier wordings.
    """
    relation = held(relation, at)
    demand(by, Action.NOTE_IMAGE, relation, at)
    first = ImageCheck.objects.filter(relation=relation, owner=by).first()
    if first is not None or not text:
        return first
    return keep(ImageCheck, by=by, at=at, id=id, relation=relation, text=text)


@transaction.atomic
def wipe_image(relation: Relation, *, by: Person, at: datetime) -> None:
    """Wipe one's own picture for good, with its key."""
    demand(by, Action.SEE_OWN_IMAGE, relation, at)
    erase_rows(ImageCheck.objects.filter(relation=relation, owner=by))


def end_images_of(relation: Relation) -> None:
    """Erase what its coach noted for themself: the relation is over (R9, T9). Whoever calls this has asked the policy, or is the clock."""
    with the_house():  # the coachee who stops does not even see that there is one
        for kind in _kinds_that_end():
            erase_rows(kind.objects.filter(relation=relation))


def _kinds_that_end() -> list[Any]:
    """Return the kinds that say of themselves that they end with their relation, also those of packages above this one."""
    return [kind for kind in kinds().values() if kind.ENDS_WITH_RELATION]


@transaction.atomic
def erase_images_without_key() -> int:
    """Erase what an old copy of the database brought back after its key was destroyed: nobody can read it; return how many."""
    with_key = DataKey.objects.values("pk")
    lost = [thing for kind in _kinds_that_end() for thing in kind.objects.exclude(pk__in=with_key)]
    erase_rows(lost)
    return len(lost)
