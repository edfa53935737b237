"""Guard 3: a screen that reads writes nothing but the look, and the look is there before the words leave.

A look at a whole (a route) is a look at its parts: they are shared, and read, together.
"""

import re
from datetime import datetime

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from klimtouw.ledger.models import Line
from klimtouw.people.models import Person
from klimtouw.programmes.models import Programme
from klimtouw.relations.choices import State
from tests.guards.scene import build, canary_of
from tests.guards.test_every_url import cells

pytestmark = pytest.mark.slow

WRITES = re.compile(r'^(INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
THE_LOOK = {"ledger_line", "ledger_chainhead"}


@pytest.mark.parametrize("state", [State.ACQUAINTING, State.CLICKING, State.RUNNING, State.COMPLETED])
@pytest.mark.parametrize("who", ["noor", "bram"])
def test_reading_writes_the_look_and_nothing_else(
    state: State, who: str, noor: Person, bram: Person, vera: Person, programme: Programme, at: datetime
) -> None:
    scene = build(state, noor, bram, vera, programme, at)
    reader = {"noor": noor, "bram": bram}[who]
    client = Client()
    client.force_login(reader)
    wrong = []
    for name, _door, row, address in cells(scene):
        with transaction.atomic(), CaptureQueriesContext(connection) as asked:
            body = client.get(address).content.decode(errors="replace")
            looked_at = set(
                Line.objects.filter(by_id=reader.pk, act="look").values_list("about_id", flat=True)
            )
            transaction.set_rollback(True)
        written = {found[2] for query in asked.captured_queries if (found := WRITES.match(query["sql"]))}
        wrong += [f"{name} {row} writes {table}" for table in written - THE_LOOK]
        wrong += [
            f"{name} {row} shows {what} without a look"
            for what, thing in scene.things.items()
            if thing.owner_id != reader.pk
            and canary_of(what) in body
            and not {thing.pk, thing.whole_id} & looked_at
        ]
    assert not wrong, "\n".join(wrong)
