"""What every page owes whoever shares a computer, and what a name or an address may not do."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from klimtouw.people.models import Person

SignIn = Callable[[Person], Client]


@pytest.mark.parametrize("name", ["home", "who-may-do-what", "climb:home", "people:settings"])
def test_no_page_stays_behind_in_the_browser_after_signing_out(
    noor: Person, sign_in: SignIn, name: str
) -> None:
    assert "no-store" in sign_in(noor).get(reverse(name)).headers["Cache-Control"]


@pytest.mark.parametrize("path", ["foo", "//elders.example/", "https://elders.example/", ""])
def test_choosing_a_language_leads_nowhere_else(client: Client, db: None, path: str) -> None:
    response = client.post(reverse("set_language"), {"next": path, "language": "en"})
    assert response.status_code == 302
    assert "elders" not in response.url


def test_a_name_is_one_line_so_that_it_cannot_write_a_letter(noor: Person, sign_in: SignIn) -> None:
    looks = {"reading_size": "normal", "reading_spacing": "normal", "theme": "auto"}
    sent = {"display_name": "Noor\nKlik hier", "pronouns": "", "language": "nl", **looks}
    sign_in(noor).post(reverse("people:settings"), sent)
    noor.refresh_from_db()
    assert noor.display_name == "Noor Klik hier"
