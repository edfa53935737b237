"""Write lines in the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from klimtouw.ledger import queries
from klimtouw.ledger.chain import SumOfLines, digest_of
from klimtouw.ledger.models import ChainHead, DailyHead, Line


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


@transaction.atomic
def keep_daily_head(*, day: date, at: datetime) -> tuple[DailyHead, bool]:
    """Keep the head of a day, over every line written since the one before; return it, and whether it is new.

    A day that has one already, or a clock that went back, gets no other: a head that left the machine must stay true.
    """
    queries.wait_for_writers()
    before = queries.newest_daily_head()
    if before and before.day >= day:
        return before, False
    head = DailyHead(number=before.number + 1 if before else 1, day=day, at=at)
    head.previous = before.digest if before else ""
    head.last_line = queries.last_line()
    since = Line.objects.filter(pk__gt=before.last_line if before else 0, pk__lte=head.last_line)
    lines = SumOfLines()
    for digest in since.order_by("pk").values_list("digest", flat=True).iterator():
        lines.add(digest)
    head.lines, head.digest = lines.lines, lines.digest_of(head)
    head.save(force_insert=True)
    return head, True
