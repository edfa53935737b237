"""The language of the pages follows the person, or the visitor's choice."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from klimtouw.people.models import Person

SignIn = Callable[[Person], Client]


def test_a_visitor_starts_in_dutch_and_may_choose_english(client: Client, db: None) -> None:
    assert '<html lang="nl"' in client.get(reverse("home")).content.decode()
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    assert '<html lang="en"' in client.get(reverse("home")).content.decode()


def test_the_choice_of_a_person_stays_with_the_account(sign_in: SignIn, noor: Person) -> None:
    sign_in(noor).post(reverse("set_language"), {"language": "en", "next": "/instellingen/"})
    assert '<html lang="en"' in sign_in(noor).get(reverse("people:settings")).content.decode()


def test_the_way_back_stays_on_this_site(client: Client, db: None) -> None:
    response = client.post(reverse("set_language"), {"language": "en", "next": "https://elders.example/"})
    assert response.headers["Location"] == reverse("home")
