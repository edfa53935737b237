"""Guessing stops: attempts are counted per address and per place, for all processes together, and cannot be washed away."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from klimtouw.foundation.clock import now
from klimtouw.people.models import Person
from tests.stories import PASSWORD

LOCKED = "Je hebt het vaak geprobeerd"


@pytest.fixture(autouse=True)
def _mail_in_memory(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def tried(email: str, password: str, place: str = "192.0.2.1", **headers: str) -> str:
    """Try to sign in from a place, and return the page."""
    client = Client(REMOTE_ADDR=place, headers=headers)
    sent = {"login": email, "password": password}
    return client.post(reverse("account_login"), sent, follow=True).content.decode()


def test_five_wrong_passwords_lock_an_address_for_five_minutes_from_everywhere(noor: Person) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        for number in range(5):
            assert LOCKED not in tried(noor.email, "niet dit", place=f"192.0.2.{number}")
        assert LOCKED in tried(noor.email, PASSWORD, place="192.0.2.99")
        clock.shift(timedelta(minutes=5, seconds=1))
        assert LOCKED not in tried(noor.email, PASSWORD)


def test_a_locked_person_still_gets_in_with_a_code(noor: Person) -> None:
    for _ in range(6):
        tried(noor.email, "niet dit")
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": noor.email})
    assert mail.outbox[-1].to == [noor.email]


def test_trying_many_other_addresses_does_not_make_the_house_forget(noor: Person) -> None:
    for _ in range(5):
        tried(noor.email, "niet dit")
    for number in range(600):
        cache.set(f"zz{number}", [0.0], 300)  # a cache that is full throws the first ones away
    assert LOCKED in tried(noor.email, PASSWORD)


def test_a_whole_class_behind_one_address_signs_in_in_the_same_minute(
    noor: Person, settings: Settings
) -> None:
    for number in range(40):
        tried(f"leerling{number}@school.example", "een vergissing")
    assert LOCKED not in tried(noor.email, PASSWORD)


def test_guessing_from_one_place_stops_whatever_the_addresses(noor: Person) -> None:
    pages = [tried(f"wie{number}@school.example", "niet dit") for number in range(62)]
    assert [LOCKED in page for page in (pages[0], pages[59], pages[61])] == [False, False, True]


def test_a_visitor_does_not_choose_their_own_place(noor: Person, settings: Settings) -> None:
    """Only what our own web server adds counts: the last part, and nothing without a web server in front."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(62):
        page = tried(f"wie{number}@school.example", "x", **{"X-Forwarded-For": f"10.0.0.{number}, 192.0.2.7"})
    assert LOCKED in page
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    for number in range(62):
        page = tried(f"x{number}@school.example", "x", "192.0.2.8", **{"X-Forwarded-For": f"10.0.0.{number}"})
    assert LOCKED in page


def test_a_code_is_asked_three_times_a_minute_and_tried_three_times(noor: Person) -> None:
    asked = [Client().post(reverse("account_request_login_code"), {"email": noor.email}) for _ in range(4)]
    assert [answer.status_code for answer in asked] == [302, 302, 302, 200]
    assert len(mail.outbox) == 3


def test_the_right_code_after_three_wrong_ones_opens_nothing(noor: Person) -> None:
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": noor.email})
    code = str(mail.outbox[-1].body).splitlines()
    right = next(line.strip() for line in code if 6 < len(line.strip()) < 10 and line.strip().isupper())
    for _ in range(3):
        client.post(reverse("account_confirm_login_code"), {"code": "AAAA-AAA"})
    client.post(reverse("account_confirm_login_code"), {"code": right})
    assert "_auth_user_id" not in client.session


def test_a_code_works_three_minutes_and_in_its_own_browser(noor: Person) -> None:
    start = now()
    with time_machine.travel(start, tick=False) as clock:
        client = Client()
        client.post(reverse("account_request_login_code"), {"email": noor.email})
        right = next(
            line.strip()
            for line in str(mail.outbox[-1].body).splitlines()
            if line.strip().isupper() and "-" in line
        )
        other = Client()
        other.post(reverse("account_request_login_code"), {"email": noor.email})
        other.post(reverse("account_confirm_login_code"), {"code": right})
        assert "_auth_user_id" not in other.session
        clock.shift(timedelta(minutes=3, seconds=1))
        client.post(reverse("account_confirm_login_code"), {"code": right})
        assert "_auth_user_id" not in client.session


def test_too_fast_is_said_kindly(db: None, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/m/ip"}
    answers = [Client().post(reverse("account_signup"), {}) for _ in range(2)]
    assert answers[1].status_code == 429
    assert "Even te snel" in answers[1].content.decode()
