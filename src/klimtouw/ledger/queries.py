"""Read the ledger."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from klimtouw.ledger.chain import digest_of
from klimtouw.ledger.models import Line


def lines_of(owner_id: UUID, act: str) -> QuerySet[Line]:
    """Return the lines of one act in somebody's chain, the newest first."""
    return Line.objects.filter(owner_id=owner_id, act=act).order_by("-number")


def lines_by(person_id: UUID, act: str) -> QuerySet[Line]:
    """Return what one person did in the chains of others, the newest first."""
    return Line.objects.filter(by_id=person_id, act=act).exclude(owner_id=person_id).order_by("-at", "-pk")


def first_broken_line(lines: Iterable[Line]) -> Line | None:
    """Return the first line, in order of number, that was altered, moved or follows a removed one; None when whole."""
    previous = ""
    for number, line in enumerate(lines, start=1):
        if line.number != number or line.previous != previous or line.digest != digest_of(previous, line):
            return line
        previous = line.digest
    return None
