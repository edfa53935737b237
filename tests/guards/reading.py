"""How the guards ask for a page, and what they hold a page to that is only read.

It writes nothing but the look, and the look is there before the words leave. A look at a whole (a route) is a look at its parts:
they are shared, and read, together.
"""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile, is_zipfile

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from klimtouw.ledger.models import Line
from klimtouw.people.models import Person
from tests.guards.scene import Scene, canary_of

WRITES = re.compile(r'^(INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
THE_LOOK = {"ledger_line", "ledger_chainhead"}


def ask(
    client: Client,
    method: str,
    address: str,
    data: dict[str, str] | None = None,
    then: Callable[[], None] = lambda: None,
) -> HttpResponse:
    """Send one request, look at what it did, and undo everything."""
    with transaction.atomic():
        response = getattr(client, method)(address, data)
        then()
        transaction.set_rollback(True)
    return response


def text_of(response: HttpResponse) -> str:
    """Return all that somebody gets to read; a package is opened, and every file in it is read."""
    if not is_zipfile(BytesIO(response.content)):
        return str(response.content.decode(errors="replace"))
    with ZipFile(BytesIO(response.content)) as package:
        return "".join(package.read(name).decode(errors="replace") for name in package.namelist())


def read(scene: Scene, reader: Person, client: Client, address: str) -> tuple[HttpResponse, list[str]]:
    """Ask for a page; return it, with what reading it wrote and what of another it shows without a look."""
    looked_at: set[UUID] = set()
    written: set[str] = set()

    def note_looks() -> None:
        looks = Line.objects.filter(by_id=reader.pk, act="look")
        looked_at.update(looks.values_list("about_id", flat=True))

    def note_writes(execute: Callable[..., Any], sql: str, *how: Any) -> Any:
        if found := WRITES.match(sql):
            written.add(found[2])
        return execute(sql, *how)

    with connection.execute_wrapper(note_writes):
        page = ask(client, "get", address, then=note_looks)
    text = text_of(page)
    shown = [
        what
        for what, thing in scene.things.items()
        if thing.owner_id != reader.pk
        and canary_of(what) in text
        and not {thing.pk, thing.whole_id} & looked_at
    ]
    faults = [f"writes {table}" for table in sorted(written - THE_LOOK)]
    return page, [*faults, *(f"shows {what} without a look" for what in shown)]
