"""Another address is another key: who changes it proves who they are, and both addresses hear of it."""

import time
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from klimtouw.people.models import Person
from tests.people.test_sign_in import code_in_last_mail
from tests.stories import PASSWORD

SignIn = Callable[[Person], Client]
NEW = "noor.nieuw@school.example"


@pytest.fixture(autouse=True)
def _mail_in_memory(settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]


def changed_to(address: str, client: Client) -> None:
    """Ask for another address, give the password, give the code."""
    form = {"action_add": "", "email": address}
    answer = client.post(reverse("account_email"), form)
    assert answer.url.startswith(reverse("account_reauthenticate"))
    client.post(answer.url, {"password": PASSWORD, "next": reverse("account_email")})
    client.post(reverse("account_email_verification_sent"), {"code": code_in_last_mail()})


def test_noor_changes_her_address_with_her_password_and_a_code(sign_in: SignIn, noor: Person) -> None:
    changed_to(NEW, sign_in(noor))
    noor.refresh_from_db()
    assert noor.email == NEW
    assert [(address.email, address.verified) for address in noor.emailaddress_set.all()] == [(NEW, True)]


@pytest.mark.parametrize(
    ("language", "subject", "sentence"),
    [
        ("nl", "Je e-mailadres is veranderd", "Was jij dit niet?"),
        ("en", "Your e-mail address was changed", "Was this not you?"),
    ],
)
def test_the_old_address_hears_that_it_changed_in_the_language_of_its_reader(
    language: str, subject: str, sentence: str, sign_in: SignIn, noor: Person
) -> None:
    Person.objects.filter(pk=noor.pk).update(language=language)
    changed_to(NEW, sign_in(noor))
    letter = next(letter for letter in mail.outbox if letter.to == [noor.email])
    assert letter.subject == subject
    assert sentence in str(letter.body)
    assert NEW in str(letter.body)
    assert "127.0.0.1" not in str(letter.body)


def test_after_the_password_was_asked_again_the_session_has_a_new_key(sign_in: SignIn, noor: Person) -> None:
    client = sign_in(noor)
    before = client.session.session_key
    client.post(reverse("account_reauthenticate"), {"password": "niet van mij"})
    assert client.session.session_key == before
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.session.session_key != before
    old = Client()
    old.cookies["sessionid"] = before
    assert old.get(reverse("climb:home")).status_code == 302
    assert client.get(reverse("climb:home")).status_code == 200


def test_a_wrong_password_changes_nothing(sign_in: SignIn, noor: Person) -> None:
    client = sign_in(noor)
    answer = client.post(reverse("account_email"), {"action_add": "", "email": NEW})
    page = client.post(answer.url, {"password": "niet van mij"})
    assert page.status_code == 200
    assert mail.outbox == []
    noor.refresh_from_db()
    assert noor.email == "noor@school.example"


def test_the_address_of_somebody_else_is_never_taken_over_nor_given_away(
    sign_in: SignIn, noor: Person, bram: Person
) -> None:
    client = sign_in(noor)
    answer = client.post(reverse("account_email"), {"action_add": "", "email": bram.email})
    page = client.post(answer.url, {"password": PASSWORD, "next": reverse("account_email")})
    assert page.url == reverse("account_email_verification_sent")  # as for an address without an account
    assert [letter.to for letter in mail.outbox] == [[bram.email]]
    noor.refresh_from_db()
    assert noor.email == "noor@school.example"


def without_password(person: Person, proved: float) -> Client:
    """A browser in which somebody without a password gave a code, so many seconds ago."""
    person.set_unusable_password()
    person.save()
    client = Client()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": time.time() - proved}]
    session.save()
    return client


@pytest.mark.parametrize("page", ["account_email", "account_set_password"])
def test_without_a_password_an_open_tab_is_not_enough(page: str, noor: Person) -> None:
    form = {"action_add": "", "email": NEW, "password1": PASSWORD, "password2": PASSWORD}
    answer = without_password(noor, proved=3600).post(reverse(page), form)
    assert answer.status_code == 403
    assert "Meld je eerst nog eens aan" in answer.content.decode()
    noor.refresh_from_db()
    assert not noor.has_usable_password()
    assert mail.outbox == []


def test_shortly_after_a_code_somebody_without_a_password_may_choose_one(noor: Person) -> None:
    form = {"password1": PASSWORD, "password2": PASSWORD}
    without_password(noor, proved=60).post(reverse("account_set_password"), form)
    noor.refresh_from_db()
    assert noor.check_password(PASSWORD)
    assert [letter.subject for letter in mail.outbox] == ["Je account heeft een wachtwoord"]


def test_a_changed_password_is_told_by_mail(sign_in: SignIn, noor: Person) -> None:
    form = {"oldpassword": PASSWORD, "password1": "een andere zin", "password2": "een andere zin"}
    sign_in(noor).post(reverse("account_change_password"), form)
    assert [letter.subject for letter in mail.outbox] == ["Je wachtwoord is veranderd"]
    assert reverse("account_reset_password") in str(mail.outbox[0].body)
