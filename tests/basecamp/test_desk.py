"""The desk of a coordinator: names and states, never what anybody wrote."""

from collections.abc import Callable
from datetime import datetime

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.basecamp.queries import count_in_words
from klimtouw.people.models import Person
from klimtouw.programmes.models import Institution, Programme
from klimtouw.relations.choices import State
from klimtouw.relations.states import states_in
from tests.stories import make_person, make_relation

SignIn = Callable[[Person], Client]


def test_vera_sees_who_coaches_whom_and_where_they_stand(
    vera: Person, programme: Programme, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    make_relation(noor, bram, State.RUNNING, at, programme)
    page = sign_in(vera).get(reverse("basecamp:desk", args=[programme.pk])).content.decode()
    assert "Noor" in page
    assert "Bram" in page
    assert "minder dan 5" in page


def test_v8_a_relation_that_did_not_start_is_nobodys_business(
    programme: Programme, noor: Person, bram: Person, at: datetime
) -> None:
    make_relation(noor, bram, State.NOT_STARTED, at, programme)
    assert states_in(programme) == []


def test_a_coordinator_has_no_desk_in_another_programme(
    vera: Person, programme: Programme, sign_in: SignIn, db: None
) -> None:
    elsewhere = Institution.objects.create(name="Elders", kind="nl_hbo").programmes.create(name="Pabo")
    assert sign_in(vera).get(reverse("basecamp:desk", args=[elsewhere.pk])).status_code == 404


def test_the_desk_costs_the_same_with_one_relation_and_with_many(
    vera: Person, programme: Programme, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    client, address = sign_in(vera), reverse("basecamp:desk", args=[programme.pk])
    counted = []
    for name in ("Lotte", "Yusuf", "Mats"):
        make_relation(make_person(name), bram, State.RUNNING, at, programme)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counted.append(len(queries))
    assert counted == [counted[0]] * 3
    assert counted[0] <= 7


def test_small_numbers_are_not_shown() -> None:
    assert count_in_words(5) == "5"
    assert "4" not in count_in_words(4)
