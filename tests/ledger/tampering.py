"""Somebody with every right over the database, who takes the triggers down first; and how they would cover it up."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from klimtouw.ledger.chain import SumOfLines, digest_of
from klimtouw.ledger.models import ChainHead, DailyHead, Line
from tests.append_only import triggers


@contextmanager
def tampering() -> Iterator[None]:
    """Take the ledger's triggers down, and put them up again afterwards."""
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for statement in triggers.NOT_ON_POSTGRESQL if is_postgresql else triggers.NOT_ON_SQLITE:
            cursor.execute(statement)
        yield
        for statement in triggers.POSTGRESQL if is_postgresql else triggers.SQLITE:
            cursor.execute(statement)


def forge_chain() -> None:
    """Compute every chain anew, heads included, so that within itself nothing shows."""
    ends: dict[object, tuple[int, str]] = {}
    for line in Line.objects.order_by("pk"):
        number, previous = ends.get(line.owner_id, (0, ""))
        line.number, line.previous = number + 1, previous
        line.digest = digest_of(previous, line)
        line.save()
        ends[line.owner_id] = line.number, line.digest
    ChainHead.objects.all().delete()
    for owner_id, (number, digest) in ends.items():
        ChainHead.objects.create(owner_id=owner_id, number=number, digest=digest)


def forge_daily_heads() -> None:
    """Compute every daily head anew as well."""
    previous, after = "", 0
    for head in DailyHead.objects.order_by("number"):
        head.previous, lines = previous, SumOfLines()
        for digest in Line.objects.filter(pk__gt=after, pk__lte=head.last_line).order_by("pk"):
            lines.add(digest.digest)
        head.lines, head.digest = lines.lines, lines.digest_of(head)
        head.save()
        previous, after = head.digest, head.last_line
