"""A circle: who is in it sees it, and nobody else."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from klimtouw.access.table import Hat
from klimtouw.circles.choices import CircleState
from klimtouw.circles.queries.circles import circles_of, members_of
from klimtouw.people.models import Person
from tests.circles.stories import make_circle


def test_a_circle_is_seen_by_who_is_in_it_and_by_nobody_else(
    bram: Person,
    noor: Person,
    amir: Person,
    vera: Person,
    stan: Person,
    at: datetime,
    sign_in: Callable[[Person], Client],
) -> None:
    circle = make_circle(bram, [noor, amir, vera], at - timedelta(days=1), name="Kring <b>Kade</b>")
    assert members_of(circle, at) == [bram, amir, noor, vera]
    assert circles_of(noor, at) == [circle]
    assert circles_of(stan, at) == []
    assert circle.hats_of(bram, at) == {Hat.FACILITATOR}
    assert circle.hats_of(noor, at) == {Hat.MEMBER}
    address = reverse("circles:circle", args=[circle.pk])
    page = sign_in(noor).get(address).content.decode()
    assert "Kring &lt;b&gt;Kade&lt;/b&gt;" in page
    assert all(person.name in page for person in (bram, noor, amir, vera))
    assert sign_in(stan).get(address).status_code == 404
    assert sign_in(noor).get(reverse("circles:overview")).content.decode().count("Kring &lt;b&gt;") == 1
    after = at + timedelta(days=130)
    assert circle.hats_of(noor, after) == circle.hats_of(bram, after) == set()
    assert circles_of(noor, after) == members_of(circle, after) == []


@pytest.mark.parametrize("state", [CircleState.FORMING, CircleState.AGREEING, CircleState.ENDED])
def test_v24_nobody_sits_in_a_circle_before_all_signed_or_after_its_end(
    state: str, bram: Person, noor: Person, at: datetime, sign_in: Callable[[Person], Client]
) -> None:
    circle = make_circle(bram, [noor], at - timedelta(days=1), state=state)
    is_over = state == CircleState.ENDED
    assert circle.hats_of(noor, at) == (set() if is_over else {Hat.NEWCOMER})
    assert members_of(circle, at) == ([] if is_over else [bram])
    page = sign_in(noor).get(circle.get_absolute_url())
    assert page.status_code == (404 if is_over else 200)
