"""The register of who and what is erased: people who erased everything, and relations whose key was destroyed (P5)."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from klimtouw.access.decide import Denied
from klimtouw.foundation.ids import mark_of
from klimtouw.people.composed import composed
from klimtouw.people.models import Erased, Person


def hold(person: Person) -> None:
    """Hold a person while something of theirs is written: who erases everything at this moment waits, or was first.

    Raises `Denied` when they were first: after the erasing nothing is written any more (P5).
    """
    if not _held(person):
        raise Denied("this person erased everything")


@composed
def _held(person: Person) -> QuerySet[Person, tuple[UUID]]:
    here = Person.objects.select_for_update(no_key=True).filter(pk=person.pk, is_active=True)
    return here.values_list("pk")


def register_erased(id: UUID, at: datetime) -> None:
    """Write down that this person erased everything; the first moment counts, a second time changes nothing."""
    Erased.objects.get_or_create(pk=id, defaults={"erased_at": at})


def register_erased_relation(id: UUID, at: datetime) -> None:
    """Write down that a relation is erased, by a mark alone: nothing of a match is left, not even its id (V8)."""
    register_erased(mark_of(id), at)


def erased() -> dict[UUID, datetime]:
    """Return the whole register, people by id and relations by mark, and since when: what a restore has to erase again."""
    return dict(Erased.objects.order_by("erased_at", "pk").values_list("pk", "erased_at"))
