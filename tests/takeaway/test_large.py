"""Five thousand things fit in a package in a few seconds, and come back."""

import logging
from datetime import datetime, timedelta
from time import perf_counter

import pytest

from klimtouw.belongings.models import Thing
from klimtouw.climb.models import Entry
from klimtouw.people import keyring
from klimtouw.people.models import Person
from klimtouw.takeaway.package.actions import bring_back
from klimtouw.takeaway.package.making import make_file
from klimtouw.takeaway.package.opening import content_in
from tests.stories import make_person

log = logging.getLogger(__name__)
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.only_on("sqlite3"),
]  # it is about number alone
THINGS = 1_000


def test_a_thousand_things_go_along_and_come_back(noor: Person, at: datetime) -> None:
    keyring.forget()
    for number in range(THINGS):
        moment = at - timedelta(minutes=number)
        text = f"Bericht {number}. " + "Vandaag ging het beter dan gisteren. " * 8
        Entry(owner=noor, kind="entry", created_at=moment, changed_at=moment, text=text).save(
            force_insert=True
        )
        if number == 0:
            keyring.forget()
    keyring.forget()
    begun = perf_counter()
    file = make_file(by=noor, at=at)
    made = perf_counter()
    content = content_in(file)
    opened = perf_counter()
    Thing.objects.all().delete()
    there = make_person("Noortje")
    before = perf_counter()
    plan = bring_back(content, by=there, at=at)
    back = perf_counter()
    took = (made - begun, len(file), opened - made, back - before)
    log.info("made %.1f s, %d bytes; opened %.1f s; back %.1f s", *took)
    assert len(plan.comes) == THINGS
