"""The look is stored before the words leave: when it cannot be stored, the words do not leave (P2)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from klimtouw.ledger.models import Line
from klimtouw.people.models import Person
from klimtouw.programmes.models import Programme
from klimtouw.relations.choices import State
from tests.guards.scene import Scene, build, canary_of
from tests.guards.test_every_url import cells

pytestmark = [pytest.mark.slow, pytest.mark.only_on("sqlite3")]  # it is about doors, not about the database

NO_MORE_LINES = {
    "sqlite": """CREATE TRIGGER no_more_lines BEFORE INSERT ON ledger_line
                 BEGIN SELECT RAISE(ABORT, 'the disk is full'); END""",
    "postgresql": """CREATE FUNCTION no_more_lines() RETURNS trigger LANGUAGE plpgsql AS $$
                     BEGIN RAISE EXCEPTION 'the disk is full'; END $$;
                     CREATE TRIGGER no_more_lines BEFORE INSERT ON ledger_line
                     FOR EACH STATEMENT EXECUTE FUNCTION no_more_lines()""",
}


FILES = {
    "talks:calendar": "text/calendar",
    "climb:evidence_photo": "image/jpeg",
    "climb:evidence_small": "image/jpeg",
    "climb:evidence_file": "text/plain",
    "offline:rucksack": "application/json",
}


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(client: Client, address: str) -> HttpResponse:
    with undone():
        return client.get(address)


@pytest.fixture
def scene(noor: Person, bram: Person, vera: Person, programme: Programme, at: datetime) -> Scene:
    """Noor and Bram under way, with something of every kind shared between them."""
    scene = build(State.RUNNING, noor, bram, vera, programme, at)
    assert scene.talk is not None
    scene.talk.starts_at = scene.at
    scene.talk.save(update_fields=["starts_at"])
    return scene


@pytest.mark.parametrize("who", ["noor", "bram"])
def test_when_the_ledger_cannot_be_written_no_words_of_another_leave(scene: Scene, who: str) -> None:
    """Every page that shows words of another is asked again without a ledger; and files carry no such words.

    Files that programs fetch (a calendar) hold when and where, and never what somebody else wrote; but for evidence: a file that is
    shared is words as well, and it is among the pages whose look is stored first.
    """
    reader = getattr(scene, who)
    client = Client(raise_request_exception=False)
    client.force_login(reader)
    others = {name for name, thing in scene.things.items() if thing.owner_id != reader.pk}
    showing, files = [], {}
    for name, _door, row, address in cells(scene):
        answer = ask(client, address)
        carried = [thing for thing in others if canary_of(thing) in text_of(answer)]
        if carried:
            showing.append((f"{name} {row}", address))
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code == 200 and not kind.startswith("text/html"):
            files[name] = kind.partition(";")[0]
            assert carried == (["paper"] if name == "climb:evidence_file" and who == "bram" else [])
    assert files == FILES | ({"peers:document": "application/vc+jwt"} if who == "noor" else {})
    assert len(showing) > 3  # the test would otherwise show nothing
    with connection.cursor() as cursor:
        cursor.execute(NO_MORE_LINES[connection.vendor])
    wrong = []
    for here, address in showing:
        answer = ask(client, address)
        left = [thing for thing in others if canary_of(thing) in text_of(answer)]
        wrong += [f"{here} shows {thing}" for thing in left if not opened_before(scene, reader, thing)]
        if answer.status_code != 500 and not left:
            wrong.append(f"{here}: {answer.status_code} instead of an error page")
    assert wrong == []


def opened_before(scene: Scene, reader: Person, thing: str) -> bool:
    """Whether the look was stored already: what stands beside a thing is noted once a day."""
    return Line.objects.filter(by_id=reader.pk, about_id=scene.things[thing].pk).exists()


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode(errors="replace")
