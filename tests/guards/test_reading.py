"""Guard 3: a screen that reads writes nothing but the look, and the look is there before the words leave.

On SQLite every cell of the matrix of guard 1 is held to this (`faults_of`); here pages are read behind the second lock of PostgreSQL.
"""

from datetime import datetime

import pytest
from django.test import Client

from klimtouw.people.models import Person
from klimtouw.programmes.models import Programme
from klimtouw.relations.choices import State
from tests.guards.reading import read
from tests.guards.scene import build
from tests.guards.test_every_url import cells

pytestmark = [pytest.mark.slow, pytest.mark.only_on("postgresql")]


@pytest.mark.parametrize(
    ("state", "who"),
    [
        (State.RUNNING, "noor"),
        (State.RUNNING, "bram"),
        (State.ACQUAINTING, "bram"),
        (State.COMPLETED, "noor"),
    ],
)
def test_reading_writes_the_look_and_nothing_else(
    state: State, who: str, noor: Person, bram: Person, vera: Person, programme: Programme, at: datetime
) -> None:
    scene = build(state, noor, bram, vera, programme, at)
    reader = {"noor": noor, "bram": bram}[who]
    client = Client()
    client.force_login(reader)
    wrong = []
    for name, _door, row, address in cells(scene):
        _page, faults = read(scene, reader, client, address)
        wrong += [f"{name} {row} {fault}" for fault in faults]
    assert not wrong, "\n".join(wrong)
