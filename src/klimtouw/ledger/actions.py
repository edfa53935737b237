"""Write lines in the ledger."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

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
    record_each({owner_id: acts}, at=at)


@transaction.atomic
def record_each(acts_of: Mapping[UUID, Sequence[Act]], *, at: datetime) -> None:
    """Add acts to the chains of several owners, each in order; as many questions as for one owner."""
    acts_of = {owner_id: acts for owner_id, acts in acts_of.items() if acts}
    if not acts_of:
        return
    heads = _held_heads(acts_of)
    lines = [line for head in heads for line in _lines_on(head, acts_of[head.owner_id], at)]
    Line.objects.bulk_create(lines)
    if len(heads) == 1:
        heads[0].save(update_fields=["number", "digest"])
    else:
        ChainHead.objects.bulk_update(heads, ["number", "digest"])


def _lines_on(head: ChainHead, acts: Sequence[Act], at: datetime) -> list[Line]:
    """Return the lines that follow a head, which then stands at the last of them."""
    lines = []
    for act in acts:
        line = Line(
            owner_id=head.owner_id,
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
    return lines


def _held_heads(owners: Iterable[UUID]) -> list[ChainHead]:
    """Hold the heads of these chains, always in one order, so that two writers never wait for each other.

    A chain that has none yet begins; of two writers at once one makes the head, and both wait for their turn at it.
    """
    wanted = sorted(owners)
    rows = ChainHead.objects.select_for_update().filter(owner_id__in=wanted).order_by("owner_id")
    heads = list(rows)
    if len(heads) < len(wanted):
        there = {head.owner_id for head in heads}
        new = [ChainHead(owner_id=owner) for owner in wanted if owner not in there]
        ChainHead.objects.bulk_create(new, ignore_conflicts=True)
        heads = list(rows.all())
    return heads


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
