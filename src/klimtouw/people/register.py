"""The register of erased people (P5)."""

from datetime import datetime
from uuid import UUID

from klimtouw.people.models import Erased


def register_erased(id: UUID, at: datetime) -> None:
    """Write down that this person erased everything; the first moment counts, a second time changes nothing."""
    Erased.objects.get_or_create(pk=id, defaults={"erased_at": at})


def erased_people() -> dict[UUID, datetime]:
    """Return everybody who erased everything, and when: whom a restore has to erase again."""
    return dict(Erased.objects.order_by("erased_at", "pk").values_list("pk", "erased_at"))
