"""A ledger of a million lines in two thousand chains, written in turn as in a school; then a daily head, and verifying."""

import os
import resource
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from uuid import UUID

from django.db import connection

from bench.table import make_database
from klimtouw.config import prepare
from klimtouw.foundation.clock import now
from klimtouw.foundation.ids import new_id
from klimtouw.ledger.actions import keep_daily_head
from klimtouw.ledger.chain import digest_of
from klimtouw.ledger.models import ChainHead, Line
from klimtouw.ledger.verify import verify

LINES = int(os.environ.get("LINES", "1000000"))
CHAINS, AT_ONCE = 2000, 10_000


def measure_all() -> None:
    """Fill, then time the daily head and two readings."""
    if connection.vendor == "postgresql":
        make_database()
    prepare.bring_up_to_date()
    ends: dict[UUID, tuple[int, str]] = {new_id(): (0, "") for _ in range(CHAINS)}
    lines = _lines(ends)
    while some := list(islice(lines, AT_ONCE)):
        Line.objects.bulk_create(some, batch_size=AT_ONCE)
    ChainHead.objects.bulk_create(
        ChainHead(owner_id=owner_id, number=number, digest=digest)
        for owner_id, (number, digest) in ends.items()
    )
    _settle()
    print(f"{connection.vendor}: {LINES:,} lines in {CHAINS:,} chains")
    _timed("a daily head over all of them", lambda: keep_daily_head(day=now().date(), at=now()))
    for _ in range(2):
        _timed("verify", _must_be_whole)
    print(f"  most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def _settle() -> None:
    """Tidy up after the filling, as PostgreSQL does by itself while a year goes by; else it does so during the first reading."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE ledger_line")


def _lines(ends: dict[UUID, tuple[int, str]]) -> Iterator[Line]:
    owners, by, began = list(ends), [new_id() for _ in range(200)], now() - timedelta(days=365)
    for index in range(LINES):
        owner_id = owners[index % CHAINS]
        number, previous = ends[owner_id]
        line = Line(
            owner_id=owner_id, number=number + 1, at=began + timedelta(seconds=index), previous=previous
        )
        line.by_id, line.about_id, line.hat, line.act = by[index % 200], new_id(), "coach_once_shared", "look"
        line.digest = digest_of(previous, line)
        ends[owner_id] = line.number, line.digest
        yield line


def _must_be_whole() -> None:
    found = verify()
    assert (found.lines, found.faults) == (LINES, []), found.faults[:3]


def _timed(what: str, act: object) -> None:
    wall, busy = time.perf_counter(), time.process_time()
    act()  # type: ignore[operator]  # one of the two above
    print(
        f"  {what}: {time.perf_counter() - wall:.1f} s ({time.process_time() - busy:.1f} s of our processor time)"
    )
