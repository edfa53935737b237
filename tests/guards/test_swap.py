"""Guard 6: a page that htmx swaps in is the page loaded afresh."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from klimtouw.people.models import Person
from tests.guards.test_every_url import ROWS, SELF
from tests.watchful import faults_of

TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|name="id" value="[^"]+"')
PAGES = [name for name, rows in ROWS.items() if rows == ((SELF,),)]


@pytest.mark.parametrize("name", PAGES)
def test_a_swapped_page_is_the_page_loaded_afresh(
    name: str, sign_in: Callable[[Person], Client], noor: Person
) -> None:
    client = sign_in(noor)
    afresh = client.get(reverse(name))
    swapped = client.get(reverse(name), headers={"HX-Request": "true", "HX-Boosted": "true"})
    assert TOKENS.sub("", swapped.content.decode()) == TOKENS.sub("", afresh.content.decode())


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ("<html><title>x</title>", "no language"),
        ('<html lang="nl"><title> </title>', "no title"),
        ('<html lang="nl"><title>x</title><p style="color:red">', 'inline:  style="'),
        ('<html lang="nl"><title>x</title><script>alert(1)</script>', "inline: <script"),
        ('<html lang="nl"><title>x</title>{{ name }}', "unrendered: {{"),
    ],
)
def test_the_watchful_client_sees_each_fault(page: str, fault: str) -> None:
    assert faults_of(page) == [fault]
