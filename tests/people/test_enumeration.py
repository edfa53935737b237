"""Nobody learns from us whether an address has an account: same answers, same number of mails, same work.

Nearly all the time of signing in or up goes to hashing a password (a third of a second); everything else takes a few
milliseconds. So "about the same time" is shown by counting the hashes, which no busy machine can blur.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from klimtouw.people.models import Person
from tests.stories import PASSWORD

UNKNOWN = "wie@school.example"
hashed: list[str] = []


class CountingHasher(MD5PasswordHasher):
    """Hash as in the other tests, and count."""

    def encode(self, password: str, salt: str) -> str:
        hashed.append(password)
        return super().encode(password, salt)


@pytest.fixture(autouse=True)
def _counted(settings: Settings, noor: Person) -> Iterator[None]:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    noor.set_password(PASSWORD)
    noor.save()
    hashed.clear()
    yield
    hashed.clear()


def seen(address: str, page: str, **form: str) -> tuple[Any, ...]:
    """Send a form about an address; return all that its sender can notice, and what it cost."""
    client = Client()
    mails, hashes = len(mail.outbox), len(hashed)
    answer = client.post(reverse(page), form)
    after = client.get(answer.headers["Location"]) if answer.status_code == 302 else answer
    return (
        answer.status_code,
        answer.headers.get("Location"),
        without_the_form_itself(answer, address),
        without_the_form_itself(after, address),
        sorted(client.cookies),
        [letter.to == [address] for letter in mail.outbox[mails:]],
        len(hashed) - hashes,
    )


def without_the_form_itself(answer: HttpResponse, email: str) -> str:
    """Return a page without what the sender typed and without its one-time tokens."""
    page = answer.content.decode().replace(email, "…")
    return re.sub(r'(csrfmiddlewaretoken|name="code"|data-messages)[^>]*', "", page)


@pytest.fixture
def bare(noor: Person) -> Person:
    """Noor, who signs in with codes and has no password."""
    noor.set_unusable_password()
    noor.save()
    return noor


def test_signing_in_with_a_wrong_password_is_the_same_for_a_known_and_an_unknown_address(
    noor: Person,
) -> None:
    known = seen(noor.email, "account_login", login=noor.email, password="niet dit")
    assert known == seen(UNKNOWN, "account_login", login=UNKNOWN, password="niet dit")
    assert known[-1] == 1


def test_an_account_without_a_password_looks_the_same_too(bare: Person) -> None:
    known = seen(bare.email, "account_login", login=bare.email, password="niet dit")
    assert known == seen(UNKNOWN, "account_login", login=UNKNOWN, password="niet dit")


def test_a_locked_address_looks_the_same_whether_it_has_an_account_or_not(noor: Person) -> None:
    for email in (noor.email, UNKNOWN):
        for _ in range(5):
            Client().post(reverse("account_login"), {"login": email, "password": "niet dit"})
    known = seen(noor.email, "account_login", login=noor.email, password=PASSWORD)
    assert "Je hebt het vaak geprobeerd" in known[2]
    assert known == seen(UNKNOWN, "account_login", login=UNKNOWN, password=PASSWORD)


def test_asking_a_code_is_the_same(noor: Person) -> None:
    known = seen(noor.email, "account_request_login_code", email=noor.email)
    assert known == seen(UNKNOWN, "account_request_login_code", email=UNKNOWN)
    assert known[-2] == [True]


def test_a_wrong_code_is_the_same(noor: Person) -> None:
    def tried(email: str) -> list[tuple[int, str]]:
        client = Client()
        client.post(reverse("account_request_login_code"), {"email": email})
        answers = [client.post(reverse("account_confirm_login_code"), {"code": "AAAA-AAA"}) for _ in range(4)]
        return [(answer.status_code, without_the_form_itself(answer, email)) for answer in answers]

    assert tried(noor.email) == tried(UNKNOWN)


def test_asking_a_new_password_is_the_same(noor: Person) -> None:
    known = seen(noor.email, "account_reset_password", email=noor.email)
    assert known == seen(UNKNOWN, "account_reset_password", email=UNKNOWN)
    assert known[-2] == [True]


def test_signing_up_is_the_same(noor: Person) -> None:
    form = {"display_name": "N", "pronouns": "", "password1": PASSWORD, "is_old_enough": "on"}
    known = seen(noor.email, "account_signup", email=noor.email, **form)
    assert known == seen(UNKNOWN, "account_signup", email=UNKNOWN, **form)
    assert (known[-2], known[-1]) == ([True], 1)
    assert noor.check_password(PASSWORD)


def test_a_wrong_code_after_signing_up_is_the_same(noor: Person) -> None:
    def tried(email: str) -> list[tuple[int, str]]:
        client = Client()
        form = {
            "display_name": "N",
            "pronouns": "",
            "password1": PASSWORD,
            "email": email,
            "is_old_enough": "on",
        }
        client.post(reverse("account_signup"), form)
        sent = reverse("account_email_verification_sent")
        answers = [client.get(sent)] + [client.post(sent, {"code": "AAAA-AAA"}) for _ in range(4)]
        return [(answer.status_code, without_the_form_itself(answer, email)) for answer in answers]

    assert tried(noor.email) == tried(UNKNOWN)


def test_a_weak_password_is_told_before_the_address_is_looked_at(noor: Person) -> None:
    form = {"display_name": "N", "pronouns": "", "password1": "kort", "is_old_enough": "on"}
    known = seen(noor.email, "account_signup", email=noor.email, **form)
    assert known == seen(UNKNOWN, "account_signup", email=UNKNOWN, **form)
