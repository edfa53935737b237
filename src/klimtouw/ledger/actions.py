"""Write lines in the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from klimtouw.ledger.chain import digest_of
from klimtouw.ledger.models import ChainHead, Line


@dataclass(frozen=True, kw_only=True)
class Act:
    """What is to be recorded in somebody's chain."""

    by_id: UUID
    hat: str
    act: str
    about_id: UUID


@transaction.atomic
def record(*, owner_id: UUID, acts: Sequence[Act], at: datetime) -> None:
    """Add acts to the chain of one owner, in order; two writers at once wait for each other."""
    if not acts:
        return
    heads = ChainHead.objects.select_for_update().filter(owner_id=owner_id)
    head = heads.first() or _first_head(heads, owner_id)
    lines = []
    for act in acts:
        line = Line(
            owner_id=owner_id,
            number=head.number + 1,
            at=at,
            by_id=act.by_id,
            hat=act.hat,
            act=act.act,
            about_id=act.about_id,
            previous=head.digest,
        )
        line.digest = digest_of(head.digest, line)
        head.number, head.digest = line.number, line.digest
        lines.append(line)
    Line.objects.bulk_create(lines)
    head.save(update_fields=["number", "digest"])


def _first_head(heads: QuerySet[ChainHead], owner_id: UUID) -> ChainHead:
    """Begin a chain; of two writers at once one makes the head, and both wait for their turn at it."""
    ChainHead.objects.bulk_create([ChainHead(owner_id=owner_id)], ignore_conflicts=True)
    return heads.get()
