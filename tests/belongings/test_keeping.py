"""Keeping something new: a double click keeps it once, also when both requests come at the very same moment."""

from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connections

from klimtouw.belongings.actions import keep
from klimtouw.climb.models import Dream
from klimtouw.foundation.clock import now
from klimtouw.people.models import Person


@pytest.mark.only_on(
    "postgresql"
)  # SQLite in memory knows no two writers; in a file it lets one write after the other
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_double_click_at_the_very_same_moment_keeps_one_thing_and_fails_nobody(noor: Person) -> None:
    kept: list[Dream] = []
    for id in [uuid4() for _ in range(10)]:
        start = Barrier(2)

        def click(id: object = id, start: Barrier = start) -> None:
            start.wait()
            kept.append(keep(Dream, by=noor, at=now(), id=id, text="Ver weg"))  # type: ignore[arg-type]  # a UUID
            connections.close_all()

        clicks = [Thread(target=click) for _ in range(2)]
        for one in clicks:
            one.start()
        for one in clicks:
            one.join()
    assert len(kept) == 20
    assert Dream.objects.count() == 10
