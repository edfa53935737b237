"""Hang evidence on something of one's own, and say its caption in other words (C8). Only the owner can (V1)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings import actions as belongings
from klimtouw.belongings.contents import Size, keep_contents
from klimtouw.belongings.models import Thing
from klimtouw.climb.choices.evidence import EvidenceSort
from klimtouw.climb.evidence_files import MEGABYTE, Taken
from klimtouw.climb.models.evidence import Evidence
from klimtouw.people.models import Person
from klimtouw.people.register import hold

MOST_IN_ALL = 48 * MEGABYTE
"""So that everything still fits in one package that can be brought back (P4); some hundred photos."""


class NoRoomLeft(Exception):
    """All evidence of one person together would be more than is kept for anybody."""


@transaction.atomic
def add_evidence(
    thing: Thing,
    *,
    by: Person,
    at: datetime,
    caption: str,
    file: Taken | None = None,
    url: str = "",
    id: UUID | None = None,
) -> Evidence:
    """Hang a photo, a file or a link on something of one's own: whoever reads that reads this. Raises `NoRoomLeft`."""
    demand(by, Action.WRITE, thing, at)
    hold(by)  # so that two files at once are counted one after the other
    id = belongings.id_as_sent(Evidence, id, by=by, caption=caption, url=url)
    if id and (first := Evidence.objects.filter(pk=id, owner=by).first()):
        if first.digest == (file.digest if file else ""):
            return first
        id = None  # the back button, and another file: nothing of it is lost
    size = len(file.contents[Size.FULL]) if file else 0
    if size and bytes_of(by) + size > MOST_IN_ALL:
        raise NoRoomLeft
    kept = belongings.keep(
        Evidence,
        by=by,
        at=at,
        id=id,
        on_id=thing.pk,
        whole_id=thing.whole_id or thing.pk,
        sort=file.sort if file else EvidenceSort.LINK,
        content_type=file.content_type if file else "",
        file_name=file.file_name if file else "",
        bytes=size,
        digest=file.digest if file else "",
        caption=caption,
        url=url,
    )
    if file:
        keep_contents(kept, file.contents)
    return kept


def reword_evidence(evidence: Evidence, *, by: Person, at: datetime, seen: int, caption: str) -> Evidence:
    """Say in other words what a piece of evidence shows."""
    return belongings.reword(evidence, by=by, at=at, seen=seen, caption=caption)


def bytes_of(person: Person) -> int:
    """Return how much room the evidence of somebody takes, also what lies in the trash."""
    return int(Evidence.objects.filter(owner=person).aggregate(sum=Sum("bytes"))["sum"] or 0)
