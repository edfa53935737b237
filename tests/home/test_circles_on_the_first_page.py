"""Circles stand on the first page of who is in one, and what could be next there; of who is in none nothing is asked."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from klimtouw.circles.actions.meetings import propose_meeting
from klimtouw.circles.actions.questions import ask_circle
from klimtouw.circles.choices import CircleState
from klimtouw.circles.models import CircleSignature
from klimtouw.foundation.ids import new_id
from klimtouw.home.queries import start_of
from klimtouw.people.models import Person
from klimtouw.programmes.models import Membership, Programme
from klimtouw.programmes.proposals.actions import propose_circle
from tests.circles.stories import make_circle


def test_what_waits_in_a_circle_stands_on_the_first_page_and_tells_no_words(
    noor: Person, bram: Person, amir: Person, vera: Person, stan: Person, programme: Programme, at: datetime,
    sign_in: Callable[[Person], Client],
) -> None:  # fmt: skip
    before = at - timedelta(days=2)
    circle = make_circle(bram, [noor, amir, vera], before, name="Kring Lente")
    ask_circle(circle, by=amir, at=at, id=new_id(), text="Geheim woord")
    propose_meeting(circle, by=amir, at=at, moments=[at + timedelta(days=2)], minutes=60)
    agreement = circle.agreements.get()
    CircleSignature.objects.filter(agreement=agreement, person=noor).update(signed_at=None)
    for one in (noor, bram, amir, stan):
        Membership.objects.create(person=one, programme=programme, hat="learner")
    three = [noor.pk, amir.pk, bram.pk]
    day = localdate(at) + timedelta(days=5)
    propose_circle(programme, by=vera, at=at, facilitator=stan.pk, members=three, answer_by=day)
    start = start_of(noor, at)
    assert start.next is not None
    assert [one.title for one in (start.next, *start.also)] == [
        "Een kring voor jou?", "Teken de afspraken van je kring", "Welke momenten passen voor jou?", "Amir vraagt je kring iets",
    ]  # fmt: skip
    page = sign_in(noor).get("/").content.decode()
    assert "Kring Lente" in page and "Geheim woord" not in page
    assert "Kring Lente" not in sign_in(stan).get("/").content.decode()
    ended = make_circle(bram, [noor], before, CircleState.ENDED, name="Voorbij")
    assert ended.pk not in {one.pk for one in start_of(noor, at).circles}


def test_the_first_page_asks_the_same_for_one_circle_as_for_three(
    noor: Person, bram: Person, amir: Person, at: datetime, sign_in: Callable[[Person], Client]
) -> None:
    client, counted = sign_in(noor), []
    for name in ("Lente", "Zomer", "Herfst"):
        circle = make_circle(bram, [noor, amir], at - timedelta(days=1), name=name)
        ask_circle(circle, by=amir, at=at, id=new_id(), text=f"Vraag {name}")
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        counted.append(len(queries))
    assert counted == [counted[0]] * 3
    assert counted[0] <= 18, "six more than for who is in no circle"
