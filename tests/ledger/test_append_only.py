"""The database itself refuses to change or remove what stands in the ledger, whoever asks and however."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import localdate

from klimtouw.ledger.actions import keep_daily_head
from klimtouw.ledger.models import ChainHead, DailyHead, Line
from klimtouw.ledger.verify import verify
from klimtouw.people.models import Person

Look = Callable[..., None]


@pytest.fixture(autouse=True)
def _a_ledger(look: Look, at: datetime) -> None:
    look(times=3)
    keep_daily_head(day=localdate(at), at=at)


REFUSED = {
    "a line changed": "UPDATE ledger_line SET hat = 'owner'",
    "a line changed to what it was": "UPDATE ledger_line SET hat = hat WHERE number = 1",
    "a line removed": "DELETE FROM ledger_line WHERE number = 2",
    "all lines removed": "DELETE FROM ledger_line",
    "a head removed": "DELETE FROM ledger_chainhead",
    "a head put back": "UPDATE ledger_chainhead SET number = number - 1",
    "a head that stays but says otherwise": "UPDATE ledger_chainhead SET digest = '0'",
    "a daily head changed": "UPDATE ledger_dailyhead SET lines = 0",
    "a daily head removed": "DELETE FROM ledger_dailyhead",
}
ON_POSTGRESQL = {
    f"{table} emptied": f"TRUNCATE {table}"
    for table in ("ledger_line", "ledger_chainhead", "ledger_dailyhead")
}
ON_SQLITE = {
    "a line replaced by its key": "REPLACE INTO ledger_line SELECT id, owner_id, number, at, by_id, 'owner', act, about_id, previous, digest FROM ledger_line",
    "a line replaced by its number": "INSERT OR REPLACE INTO ledger_line SELECT id + 99, owner_id, number, at, by_id, 'owner', act, about_id, previous, digest FROM ledger_line",
    "a line changed over another": "UPDATE OR REPLACE ledger_line SET number = 1",
    "a daily head replaced": "REPLACE INTO ledger_dailyhead SELECT number, day, at, last_line, 0, previous, digest FROM ledger_dailyhead",
}


def refuses(statement: str) -> None:
    before = list(Line.objects.values()), list(ChainHead.objects.values()), list(DailyHead.objects.values())
    with (
        pytest.raises(DatabaseError, match="the ledger only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    after = list(Line.objects.values()), list(ChainHead.objects.values()), list(DailyHead.objects.values())
    assert after == before


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED)
def test_it_is_refused(statement: str) -> None:
    refuses(statement)


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("statement", ON_POSTGRESQL.values(), ids=ON_POSTGRESQL)
def test_emptying_a_table_is_refused(statement: str) -> None:
    refuses(statement)


@pytest.mark.only_on("sqlite3")
@pytest.mark.parametrize("statement", ON_SQLITE.values(), ids=ON_SQLITE)
def test_replacing_a_line_is_refused(statement: str) -> None:
    refuses(statement)


def test_our_own_code_is_refused_as_well(noor: Person) -> None:
    line = Line.objects.filter(owner_id=noor.pk).first()
    assert line is not None
    with pytest.raises(DatabaseError), transaction.atomic():
        line.delete()
    line.hat = "owner"
    with pytest.raises(DatabaseError), transaction.atomic():
        line.save()


def test_writing_on_is_not_refused(look: Look) -> None:
    look(times=2)
    assert Line.objects.count() == 5
    assert verify().is_whole


def test_a_person_goes_and_the_lines_stay(noor: Person) -> None:
    """Erasing a person leaves their ledger: it holds keys that lead to nobody any more, and no words."""
    noor.delete()
    assert Line.objects.count() == 3
    assert verify().is_whole


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_tables_of_a_real_installation_cannot_be_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    """`flush` is Django's own command to begin again; the tests empty their tables with the triggers down."""
    with monkeypatch.context() as as_installed:
        as_installed.setattr(type(connection.ops), "execute_sql_flush", _as_django_does, raising=False)
        with pytest.raises((CommandError, DatabaseError)):
            call_command("flush", interactive=False, verbosity=0)
    assert Line.objects.count() == 3


def _as_django_does(self: object, sql_list: list[str]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in sql_list:
            cursor.execute(statement)
