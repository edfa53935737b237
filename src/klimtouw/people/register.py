"""The register of erased people (P5)."""

from datetime import datetime
from uuid import UUID

from klimtouw.access.decide import Denied
from klimtouw.people.models import Erased, Person


def hold(person: Person) -> None:
    """Hold a person while something of theirs is written: who erases everything at this moment waits, or was first.

    Raises `Denied` when they were first: after the erasing nothing is written any more (P5).
    """
    here = Person.objects.select_for_update(no_key=True).filter(pk=person.pk, is_active=True)
    if not list(here.values_list("pk")):
        raise Denied("this person erased everything")


def register_erased(id: UUID, at: datetime) -> None:
    """Write down that this person erased everything; the first moment counts, a second time changes nothing."""
    Erased.objects.get_or_create(pk=id, defaults={"erased_at": at})


def erased_people() -> dict[UUID, datetime]:
    """Return everybody who erased everything, and when: whom a restore has to erase again."""
    return dict(Erased.objects.order_by("erased_at", "pk").values_list("pk", "erased_at"))
