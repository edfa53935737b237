"""Signing up and in: by password or by a code, in one's own language, without telling who has an account."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from klimtouw.people.models import Person
from tests.stories import PASSWORD

SIGN_UP = {
    "display_name": "Noor Van den Broeck",
    "pronouns": "she",
    "email": "noor@school.example",
    "password1": PASSWORD,
    "is_old_enough": "on",
}


@pytest.fixture(autouse=True)
def _mail_in_memory(settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]


def code_in_last_mail() -> str:
    """Return the code a person would read in the newest mail."""
    found = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found.group(1)


def test_signing_up_asks_a_name_and_confirms_the_address_by_a_code(client: Client, db: None) -> None:
    response = client.post(reverse("account_signup"), SIGN_UP, follow=True)
    assert response.status_code == 200
    noor = Person.objects.get(email="noor@school.example")
    assert (noor.display_name, noor.pronouns, noor.language) == ("Noor Van den Broeck", "she", "nl")
    response = client.post(
        reverse("account_email_verification_sent"), {"code": code_in_last_mail()}, follow=True
    )
    assert response.context["request"].user == noor


def test_signing_in_by_code_needs_no_password(client: Client, noor: Person) -> None:
    client.post(reverse("account_request_login_code"), {"email": noor.email})
    response = client.post(reverse("account_confirm_login_code"), {"code": code_in_last_mail()}, follow=True)
    assert response.context["request"].user == noor


def test_an_address_with_an_account_is_not_given_away(client: Client, noor: Person) -> None:
    known = client.post(reverse("account_signup"), SIGN_UP)
    unknown = Client().post(reverse("account_signup"), {**SIGN_UP, "email": "wie@school.example"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert Person.objects.filter(email=noor.email).count() == 1


def test_v26_pronouns_are_never_assumed(client: Client, db: None) -> None:
    client.post(reverse("account_signup"), {**SIGN_UP, "pronouns": ""})
    assert Person.objects.get(email="noor@school.example").pronouns == ""


def test_a_password_chosen_by_somebody_else_before_the_address_was_proven_opens_nothing(db: None) -> None:
    Client().post(reverse("account_signup"), SIGN_UP)  # by somebody who cannot read Noor's mail
    hers = Client()
    hers.post(reverse("account_request_login_code"), {"email": SIGN_UP["email"]})
    page = hers.post(reverse("account_confirm_login_code"), {"code": code_in_last_mail()}, follow=True)
    assert page.context["request"].user.is_authenticated
    sent = {"login": SIGN_UP["email"], "password": PASSWORD}
    page = Client().post(reverse("account_login"), sent, follow=True)
    assert not page.context["request"].user.is_authenticated


def test_asking_for_a_code_leaves_a_proven_password_alone(client: Client, noor: Person) -> None:
    client.post(reverse("account_request_login_code"), {"email": noor.email})
    noor.refresh_from_db()
    assert noor.check_password(PASSWORD)


def test_an_open_tab_is_not_enough_to_add_or_change_an_address(client: Client, noor: Person) -> None:
    client.force_login(noor)
    for act in ("action_add", "action_primary", "action_remove"):
        response = client.post(reverse("account_email"), {act: "", "email": "stan@elders.example"})
    response = client.post(reverse("account_email"), {"action_add": "", "email": "stan@elders.example"})
    assert response.url.startswith(reverse("account_reauthenticate"))
    assert mail.outbox == []
    assert [address.email for address in noor.emailaddress_set.all()] == [noor.email]
