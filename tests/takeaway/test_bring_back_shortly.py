"""Bringing a large package back takes the one writer of SQLite for a moment alone, and all of it comes or nothing."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from klimtouw.belongings.actions import keep
from klimtouw.belongings.models import Thing
from klimtouw.climb.models import Entry, Goal
from klimtouw.foundation.clock import now
from klimtouw.people import keyring
from klimtouw.people.models import Person
from klimtouw.takeaway.package.actions import bring_back
from klimtouw.takeaway.package.planning import Plan
from tests.config.installation import House
from tests.stories import make_person
from tests.takeaway.lives import data_of

Data = dict[str, Any]
BEGINS = ("SAVEPOINT", "BEGIN")
WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture
def elsewhere(db: None) -> Person:
    """Noor in another house, where she has another account, with a first sentence and so with a key."""
    noortje = make_person("Noortje")
    keep(Goal, by=noortje, at=now(), text="Ik durf.")
    keyring.forget()
    return noortje


def entries(noor: Person, number: int, at: datetime) -> Data:
    """Write some entries, take them along, and have them nowhere any more."""
    for one in range(number):
        keep(Entry, by=noor, at=at, text=f"Bericht {one}.")
    keyring.forget()
    data = data_of(noor, at)
    Thing.objects.filter(owner=noor).delete()
    return data


def asked_for(data: Data, by: Person, at: datetime) -> list[str]:
    """Bring a package back and return what the database was asked."""
    keyring.forget()
    with CaptureQueriesContext(connection) as asked:
        plan = bring_back(data, by=by, at=at)
    assert len(plan.comes) == len(data["things"]["entry"])
    return [query["sql"].lstrip() for query in asked]


def test_the_number_of_questions_does_not_grow_with_the_number_of_things(
    noor: Person, elsewhere: Person, at: datetime
) -> None:
    few, many = entries(noor, 3, at), entries(noor, 60, at)
    assert len(asked_for(many, elsewhere, at)) == len(asked_for(few, elsewhere, at))


@pytest.mark.only_on("sqlite3")
def test_while_it_is_looked_at_nobody_waits(noor: Person, elsewhere: Person, at: datetime) -> None:
    asked = asked_for(entries(noor, 60, at), elsewhere, at)
    first = next(number for number, sql in enumerate(asked) if sql.startswith((*BEGINS, *WRITES)))
    looked_at = [sql for sql in asked if sql.startswith("SELECT") and '"climb_entry"' in sql]
    assert looked_at
    assert not set(looked_at) & set(asked[first:]), "the things are looked at before, not inside"
    assert len(asked) - first < 20


def before_the_first_step(do: Callable[[], object]) -> Callable[..., object]:
    """Let something else happen right before the first transaction begins."""
    left = [do]

    def execute(ask: Callable[..., object], sql: str, *rest: Any) -> object:
        if left and sql.lstrip().startswith(BEGINS):
            left.pop()()
        return ask(sql, *rest)

    return execute


@pytest.mark.only_on("sqlite3")
def test_two_clicks_at_once_bring_everything_once(noor: Person, elsewhere: Person, at: datetime) -> None:
    data, plans = entries(noor, 5, at), list[Plan]()
    with ExitStack() as stack:
        again = before_the_first_step(lambda: plans.append(bring_back(data, by=elsewhere, at=at)))
        stack.enter_context(connection.execute_wrapper(again))
        plans.append(bring_back(data, by=elsewhere, at=at))
    assert [len(plan.comes) for plan in plans] == [5, 0]
    assert Entry.objects.filter(owner=elsewhere).count() == 5


@pytest.mark.only_on("sqlite3")
def test_what_was_written_while_it_was_looked_at_counts(elsewhere: Person, at: datetime) -> None:
    goal = Goal.objects.get()
    newer = data_of(elsewhere, at)
    newer["things"]["goal"][0] |= {
        "version": 2,
        "versions": [
            {"number": 1, "written_at": at.isoformat(), "words": newer["things"]["goal"][0]["words"]}
        ],
        "words": {**newer["things"]["goal"][0]["words"], "text": "Ik durf in de klas."},
    }

    def changed_here() -> None:
        goal.text, goal.version = "Ik durf op straat.", 2
        goal.save(update_fields=["text", "version"])

    with connection.execute_wrapper(before_the_first_step(changed_here)):
        plan = bring_back(newer, by=elsewhere, at=at)
    assert [kind for kind, _thing in plan.stays] == ["goal"]
    assert Goal.objects.get().text == "Ik durf op straat."


WRITE = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from klimtouw.belongings.actions import keep, reword
from klimtouw.belongings.models import Thing
from klimtouw.climb.models import Entry
from klimtouw.takeaway.package.making import make_file
from tests.stories import make_person
noor, at = make_person("Noor"), datetime(2026, 3, 2, 9, tzinfo=UTC)
for number in range(700):
    entry = keep(Entry, by=noor, at=at, text=f"Bericht {number}.")
    reword(entry, by=noor, at=at + timedelta(hours=1), seen=1, text=f"Bericht {number}, nog eens.")
Path(sys.argv[1]).write_bytes(make_file(by=noor, at=at + timedelta(days=1)))
Thing.objects.all().delete()
"""
BRING = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from django.db import connection
from klimtouw.people.models import Person
from klimtouw.takeaway.package.actions import bring_back
from klimtouw.takeaway.package.opening import content_in
where, times = sys.argv[2], int(sys.argv[3])
seen = 0
def die_at(ask, sql, *rest):
    global seen
    seen += sql.startswith(f'INSERT INTO "{where}"') if where else False
    if times and seen == times:
        os.kill(os.getpid(), signal.SIGKILL)
    return ask(sql, *rest)
connection.ensure_connection()
with connection.execute_wrapper(die_at):
    content = content_in(Path(sys.argv[1]).read_bytes())
    plan = bring_back(content, by=Person.objects.get(), at=datetime(2026, 3, 5, tzinfo=UTC))
print(len(plan.comes))
"""
COUNT = """
from klimtouw.belongings.models import Thing, Version
from klimtouw.climb.models import Entry
print(Thing.objects.count(), Entry.objects.count(), Version.objects.count())
"""


def test_a_house_that_loses_its_power_half_way_has_nothing_of_it_and_takes_all_of_it_later(
    house: House, tmp_path: Any
) -> None:
    file = tmp_path / "package.zip"
    house.runs(WRITE, file)
    assert house.runs(COUNT).split() == ["0", "0", "0"]
    for where, times in (("belongings_thing", 2), ("climb_entry", 1), ("belongings_version", 2)):
        died = house._run(house.script(BRING, file, where, times))
        assert died.returncode == -9, died.stderr
        assert house.runs(COUNT).split() == ["0", "0", "0"]
    assert house.runs(BRING, file, "", 0).split() == ["700"]
    assert house.runs(COUNT).split() == ["700", "700", "700"]
    assert house.runs(BRING, file, "", 0).split() == ["0"]
