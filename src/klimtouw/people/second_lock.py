"""The second lock, on PostgreSQL: a page works in a role that sees no row of another person's words unless it is shared.

The gate decides what a page asks for. This is for the day somebody forgets the gate: then the database itself answers with
no rows. What the role may see depends on two settings of the one transaction a page runs in: who asks, and when. They end
with the transaction, so a pool that hands out a connection per transaction is no leak. SQLite has no such lock.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from psycopg.pq import TransactionStatus

ROLE = "klimtouw_pages"
BEGIN = "SELECT set_config('role', %s, true), set_config('klimtouw.person', %s, true), set_config('klimtouw.at', %s, true)"
ROLE_NOW = "SELECT set_config('role', %s, true)"


@contextmanager
def page_of(person: UUID, at: datetime) -> Iterator[None]:
    """Do what follows in one transaction, in the role of the pages, for one person at one moment."""
    if connection.vendor != "postgresql":
        yield
        return
    if (
        connection.in_atomic_block
    ):  # a test around us: its own transaction goes on after the page, in its own role
        _tell(BEGIN, ROLE, str(person), at.isoformat())
        try:
            yield
        finally:
            if not connection.needs_rollback:
                _tell(BEGIN, "none", "", "")
        return
    with transaction.atomic():
        _tell(BEGIN, ROLE, str(person), at.isoformat())
        yield


@contextmanager
def the_house() -> Iterator[None]:
    """Do inside a page what concerns the rows of both people, such as erasing their relation: outside the role of the pages."""
    if connection.vendor != "postgresql" or not connection.in_atomic_block:
        yield
        return
    (role,) = _tell("SELECT current_setting('role')")
    _tell(ROLE_NOW, "none")
    try:
        yield
    finally:
        if connection.connection.info.transaction_status == TransactionStatus.INTRANS:
            _tell(ROLE_NOW, role)  # otherwise the database refuses everything until the transaction is undone


def _tell(sentence: str, *values: str) -> tuple[str, ...]:
    """Ask past Django, which counts and logs questions: this is part of the transaction, as BEGIN is."""
    answer: tuple[str, ...] = connection.connection.execute(sentence, values).fetchone()
    return answer
