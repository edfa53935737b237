"""The first page asks the database the same, however much somebody wrote and with however many people they climb."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.climb.actions.compass import answer_compass
from klimtouw.climb.actions.goals import write_goal
from klimtouw.climb.actions.trail import write_entry
from klimtouw.climb.choices import CompassQuestion
from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from klimtouw.talks.actions import propose_talk
from tests.stories import make_person, make_relation

EACH = (State.CLICKING, State.CONTRACTING, State.RUNNING, State.STOPPED, State.NOT_STARTED)


@pytest.mark.parametrize("number", [3, 50])
def test_the_first_page_asks_the_same_for_three_as_for_fifty(
    number: int, noor: Person, bram: Person, at: datetime, sign_in: Callable[[Person], Client]
) -> None:
    answer_compass(by=noor, at=at, question=CompassQuestion.MATTERS, text="Rust.")
    for place in range(number):
        goal = write_goal(by=noor, at=at, text=f"Doel {place}")
        write_entry(by=noor, at=at, text=f"Vandaag {place}", goal=goal)
        other = make_person(f"Mens{place}")
        pair = (noor, other) if place % 2 else (other, noor)
        relation = make_relation(*pair, EACH[place % len(EACH)], at)
        if relation.state == State.RUNNING:
            propose_talk(relation=relation, by=other, at=at, moments=[at + timedelta(days=3)], minutes=30)
    client = sign_in(noor)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("home"))
    assert page.status_code == 200
    assert len(queries) == 12
