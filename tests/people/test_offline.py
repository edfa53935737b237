"""The secret of a device: who gets it, when it comes back, and when nobody ever gets it again (T4)."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from klimtouw.config.rounds import forget_ended_sessions
from klimtouw.foundation.clock import now
from klimtouw.people import keyring
from klimtouw.people.actions import end_sessions, erase_account
from klimtouw.people.kept_forms import writer_mark
from klimtouw.people.models import OfflineDevice, Person, Session
from klimtouw.people.sessions import fingerprint
from tests.stories import PASSWORD

SignIn = Callable[[Person], Client]
NEW_PASSWORD = "een andere zin over rotsen"


def with_password(person: Person, client: Client | None = None) -> Client:
    """Sign in as a person does, in a new browser or in one that was used before."""
    client = client or Client()
    assert (
        client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD}).status_code
        == 302
    )
    return client


def key_for(client: Client, device: str = "") -> dict[str, Any]:
    """Ask the key of a device."""
    answer = client.post(reverse("people:device_key"), {"device": device})
    assert answer.status_code == 200
    return dict(json.loads(answer.content))


def contact(client: Client, device: str = "") -> dict[str, Any]:
    """Say hello as a device does."""
    return dict(json.loads(client.get(reverse("people:contact"), {"device": device}).content))


def test_a_device_gets_one_secret_that_stays_the_same(noor: Person) -> None:
    phone = with_password(noor)
    first = key_for(phone)
    assert len(first["secret"]) == 44
    again = key_for(phone, first["device"])
    assert (again["device"], again["secret"]) == (first["device"], first["secret"])
    assert OfflineDevice.objects.filter(person=noor).count() == 1


def test_a_session_has_one_device_so_that_ending_it_destroys_all_its_browser_keeps(noor: Person) -> None:
    phone = with_password(noor)
    first = key_for(phone)
    assert key_for(phone)["device"] == first["device"]
    other = key_for(with_password(noor))
    assert key_for(phone, other["device"])["device"] == other["device"]
    assert not OfflineDevice.objects.filter(pk=first["device"]).exists()


def test_two_devices_and_two_people_have_other_secrets(noor: Person, bram: Person) -> None:
    secrets = {key_for(with_password(each))["secret"] for each in (noor, noor, bram)}
    assert len(secrets) == 3


def test_the_secret_stands_nowhere_in_the_database(noor: Person) -> None:
    given = key_for(with_password(noor))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_offlinedevice")
        row = cursor.fetchone()
        cursor.execute("SELECT * FROM people_session")
        sessions = cursor.fetchall()
    assert given["secret"] not in str(row) + str(sessions)


def test_the_sign_in_expired_and_the_same_person_gets_the_same_secret_back(noor: Person) -> None:
    phone = with_password(noor)
    first = key_for(phone)
    Session.objects.update(expire_date=now() - timedelta(days=1))
    forget_ended_sessions(now())
    assert contact(phone, first["device"]) == {"person": "", "token": "", "is_known": True}
    assert key_for(with_password(noor, phone), first["device"])["secret"] == first["secret"]


def test_another_person_gets_nothing_of_a_device(noor: Person, stan: Person) -> None:
    first = key_for(with_password(noor))
    other = with_password(stan)
    assert contact(other, first["device"])["is_known"] is False
    assert contact(other, first["device"])["person"] == writer_mark(stan)
    second = key_for(other, first["device"])
    assert second["device"] != first["device"]
    assert second["secret"] != first["secret"]


def test_signing_out_destroys_the_secret_of_this_device_alone(noor: Person) -> None:
    phone, laptop = with_password(noor), with_password(noor)
    here, there = key_for(phone), key_for(laptop)
    phone.post(reverse("account_logout"))
    assert contact(phone, here["device"])["is_known"] is False
    assert key_for(laptop, there["device"])["secret"] == there["secret"]
    assert key_for(with_password(noor, phone), here["device"])["secret"] != here["secret"]


@pytest.mark.parametrize("how", ["one by one", "everywhere else", "a new password", "by hand"])
def test_a_device_signed_out_from_elsewhere_is_known_no_more(noor: Person, how: str) -> None:
    phone, laptop = with_password(noor), with_password(noor)
    lost, here = key_for(phone), key_for(laptop)
    new = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    {
        "one by one": lambda: laptop.post(
            reverse("people:signed_in"), {"session": fingerprint(phone.session.session_key)}
        ),
        "everywhere else": lambda: laptop.post(reverse("people:signed_in"), {"elsewhere": "yes"}),
        "a new password": lambda: laptop.post(reverse("account_change_password"), new),
        "by hand": lambda: end_sessions(of=noor),
    }[how]()
    assert contact(phone, lost["device"]) == {"person": "", "token": "", "is_known": False}
    assert OfflineDevice.objects.filter(pk=here["device"]).exists() == (how != "by hand")


def test_everywhere_else_also_reaches_a_phone_whose_sign_in_had_expired(noor: Person) -> None:
    phone = with_password(noor)
    lost = key_for(phone)
    Session.objects.all().delete()
    with_password(noor).post(reverse("people:signed_in"), {"elsewhere": "yes"})
    assert contact(phone, lost["device"])["is_known"] is False


def test_a_session_that_goes_on_under_a_new_key_keeps_its_device(noor: Person) -> None:
    phone, laptop = with_password(noor), with_password(noor)
    lost = key_for(phone)
    session = phone.session
    session.cycle_key()
    session.save()
    laptop.post(reverse("people:signed_in"), {"session": fingerprint(session.session_key)})
    assert not OfflineDevice.objects.filter(pk=lost["device"]).exists()


def test_erasing_somebody_leaves_no_device(noor: Person) -> None:
    key_for(with_password(noor))
    erase_account(noor, at=now())
    assert not OfflineDevice.objects.exists()


def test_without_the_key_of_its_person_a_device_row_gives_nobody_the_secret(noor: Person) -> None:
    """What stands in an old copy of the database is worth nothing once the key of the person is destroyed (P3)."""
    phone = with_password(noor)
    first = key_for(phone)
    keyring.destroy(noor.pk)
    assert key_for(phone, first["device"])["secret"] != first["secret"]


def test_a_device_nobody_came_by_on_for_sixty_days_is_forgotten(noor: Person) -> None:
    first = key_for(with_password(noor))
    forget_ended_sessions(now() + timedelta(days=59))
    assert OfflineDevice.objects.filter(pk=first["device"]).exists()
    forget_ended_sessions(now() + timedelta(days=61))
    assert not OfflineDevice.objects.exists()


@pytest.mark.parametrize("named", ["", "x", "' OR 1=1", "0" * 5000, "01a20418-1485-7f4e-9409-23b525a932ea"])
def test_an_odd_name_of_a_device_is_the_name_of_none(noor: Person, named: str) -> None:
    assert contact(Client(), named) == {"person": "", "token": "", "is_known": False}
    assert key_for(with_password(noor), named)["device"] != named


def test_a_visitor_gets_no_key(client: Client, noor: Person) -> None:
    answer = client.post(reverse("people:device_key"))
    assert answer.status_code == 302
    assert "login" in answer.headers["Location"]
    assert not OfflineDevice.objects.exists()


def test_asking_by_get_leads_to_where_one_is_signed_in_and_makes_nothing(noor: Person) -> None:
    answer = with_password(noor).get(reverse("people:device_key"))
    assert answer.headers["Location"] == reverse("people:signed_in")
    assert not OfflineDevice.objects.exists()


def test_the_key_is_not_given_to_a_page_elsewhere(noor: Person) -> None:
    phone = Client(enforce_csrf_checks=True)
    phone.force_login(noor)
    assert phone.post(reverse("people:device_key")).status_code == 403
    token = contact(phone)["token"]
    assert phone.post(reverse("people:device_key"), {"csrfmiddlewaretoken": token}).status_code == 200
