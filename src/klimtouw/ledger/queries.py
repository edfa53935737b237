"""Read the ledger."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max, Q, QuerySet

from klimtouw.ledger.models import ChainHead, DailyHead, Line

LINES_ON_A_PAGE = 200


@dataclass(frozen=True)
class Stretch:
    """Some lines of a long list, the newest first."""

    lines: list[Line]
    has_older: bool


def newest_of(owner_id: UUID, *, before: int | None, about: Collection[UUID] | None = None) -> Stretch:
    """Return lines of one person's chain, older than the line of that number; about everything, or about some things."""
    lines = Line.objects.filter(owner_id=owner_id)
    if about is not None:
        lines = lines.filter(about_id__in=about)
    if before is not None:
        lines = lines.filter(number__lt=before)
    return _stretch(lines.order_by("-number"))


def newest_by(person_id: UUID, act: str, *, before: int | None) -> Stretch:
    """Return what one person did in the chains of others, older than the line with that key."""
    lines = Line.objects.filter(by_id=person_id, act=act).exclude(owner_id=person_id)
    if before is not None and (last := lines.filter(pk=before).first()):
        lines = lines.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    return _stretch(lines.order_by("-at", "-pk"))


def _stretch(lines: QuerySet[Line]) -> Stretch:
    found = list(lines[: LINES_ON_A_PAGE + 1])
    return Stretch(found[:LINES_ON_A_PAGE], len(found) > LINES_ON_A_PAGE)


def newest_daily_head() -> DailyHead | None:
    """Return the newest daily head; None before the first."""
    return DailyHead.objects.order_by("-number").first()


def daily_head(number: int) -> DailyHead:
    """Return the daily head of a number."""
    return DailyHead.objects.get(number=number)


@dataclass(frozen=True)
class Standing:
    """How the ledger stands at one moment: its last line, and the head of every chain as (number, digest)."""

    last_line: int
    heads: dict[UUID, tuple[int, str]]


def standing() -> Standing:
    """Return how the ledger stands, while nobody is half-way through writing in it."""
    with transaction.atomic():
        wait_for_writers()
        rows = ChainHead.objects.values_list("owner_id", "number", "digest")
        heads = {owner_id: (number, digest) for owner_id, number, digest in rows.iterator()}
        return Standing(last_line(), heads)


def last_line() -> int:
    """Return the key of the newest line; 0 in an empty ledger."""
    return Line.objects.aggregate(last=Max("pk"))["last"] or 0


def wait_for_writers() -> None:
    """Let nobody write in the ledger until this transaction ends, and wait for who is writing.

    Keys of lines are given out before their transaction ends: without this, a line with a lower key could appear later
    than one with a higher. SQLite has one writer at a time by itself, because its transactions are immediate.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE ledger_line IN SHARE ROW EXCLUSIVE MODE")
