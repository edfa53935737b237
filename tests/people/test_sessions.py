"""Where somebody is signed in: a list in plain words, signing out there, and what a stolen copy of the database opens."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.config.rounds import forget_ended_sessions
from klimtouw.foundation.clock import now
from klimtouw.people.devices import device_of
from klimtouw.people.models import Person, Session
from klimtouw.people.sessions import LONGEST, fingerprint
from tests.stories import PASSWORD

SignIn = Callable[[Person], Client]
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1"
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
NEW_PASSWORD = "een andere zin over rotsen"


def signed_in_on(device: str, person: Person, password: str = PASSWORD) -> Client:
    """Sign in with a password in a browser that says it is this device."""
    client = Client(headers={"User-Agent": device})
    sent = {"login": person.email, "password": password}
    assert client.post(reverse("account_login"), sent).status_code == 302
    return client


def is_signed_in(client: Client) -> bool:
    """Return whether this browser still opens the pages of its person."""
    return client.get(reverse("climb:home")).status_code == 200


def test_noor_sees_where_she_is_signed_in_and_which_one_is_this(noor: Person, bram: Person) -> None:
    signed_in_on(LAPTOP, bram)
    signed_in_on(PHONE, noor)
    page = signed_in_on(LAPTOP, noor).get(reverse("people:signed_in")).content.decode()
    assert "Safari op iPhone" in page
    assert page.count("Firefox op Windows") == 1
    assert page.count("hier ben je nu") == 1
    assert page.count("Laatst gezien op") == 2


def test_noor_signs_her_lost_phone_out(noor: Person) -> None:
    phone, laptop = signed_in_on(PHONE, noor), signed_in_on(LAPTOP, noor)
    where = fingerprint(phone.session.session_key)
    answer = laptop.post(reverse("people:signed_in"), {"session": where}, follow=True)
    assert "Daar ben je nu afgemeld." in answer.content.decode()
    assert not is_signed_in(phone)
    assert is_signed_in(laptop)


def test_noor_signs_out_everywhere_else_at_once(noor: Person, bram: Person) -> None:
    phone, tablet, his = signed_in_on(PHONE, noor), signed_in_on("", noor), signed_in_on(PHONE, bram)
    here = signed_in_on(LAPTOP, noor)
    here.post(reverse("people:signed_in"), {"elsewhere": "yes"})
    assert [is_signed_in(client) for client in (phone, tablet, here, his)] == [False, False, True, True]


def test_nobody_ends_the_session_of_another(noor: Person, stan: Person) -> None:
    hers = signed_in_on(PHONE, noor)
    signed_in_on(LAPTOP, stan).post(
        reverse("people:signed_in"), {"session": fingerprint(hers.session.session_key)}
    )
    assert is_signed_in(hers)


def test_a_session_ended_by_name_of_its_key_is_not_found(noor: Person) -> None:
    """The page names a session by its fingerprint; the key itself is nowhere but in its browser."""
    phone, laptop = signed_in_on(PHONE, noor), signed_in_on(LAPTOP, noor)
    assert phone.session.session_key not in laptop.get(reverse("people:signed_in")).content.decode()
    laptop.post(reverse("people:signed_in"), {"session": phone.session.session_key})
    assert is_signed_in(phone)


def test_a_new_password_signs_out_everywhere_else(noor: Person) -> None:
    phone, laptop = signed_in_on(PHONE, noor), signed_in_on(LAPTOP, noor)
    sent = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    laptop.post(reverse("account_change_password"), sent)
    assert not is_signed_in(phone)
    assert is_signed_in(laptop)
    assert Session.objects.filter(person=noor).count() == 1


def test_a_password_chosen_by_a_link_signs_out_everywhere(noor: Person, settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    phone = signed_in_on(PHONE, noor)
    visitor = Client()
    visitor.post(reverse("account_reset_password"), {"email": noor.email})
    link = next(line for line in str(mail.outbox[-1].body).splitlines() if "/password/reset/key/" in line)
    form = visitor.get(link.split("testserver", 1)[1]).headers["Location"]
    visitor.post(form, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert not is_signed_in(phone)
    assert Session.objects.filter(person=noor).count() == 0
    assert is_signed_in(signed_in_on(LAPTOP, noor, NEW_PASSWORD))


def test_somebody_who_is_put_out_of_action_is_signed_out_at_once(noor: Person) -> None:
    client = signed_in_on(PHONE, noor)
    Person.objects.filter(pk=noor.pk).update(is_active=False)
    assert not is_signed_in(client)


def test_signing_out_ends_the_session_on_our_side_and_clears_the_browser(noor: Person) -> None:
    client = signed_in_on(PHONE, noor)
    key = client.session.session_key
    answer = client.post(reverse("account_logout"))
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    again = Client()
    again.cookies["sessionid"] = key
    assert not is_signed_in(again)
    assert Session.objects.filter(person=noor).count() == 0


def test_signing_in_gives_a_new_key(noor: Person) -> None:
    client = Client()
    client.post(reverse("people:settings"), {"display_name": "waits for its writer"})
    before = client.session.session_key
    client.post(reverse("account_login"), {"login": noor.email, "password": PASSWORD})
    assert before != client.session.session_key


def test_a_copy_of_the_database_opens_no_session(noor: Person) -> None:
    client = signed_in_on(PHONE, noor)
    row = Session.objects.get(person=noor)
    thief = Client()
    thief.cookies["sessionid"] = row.session_key
    assert not is_signed_in(thief)
    assert client.session.session_key not in str(vars(row))
    assert noor.email not in row.session_data
    assert str(noor.pk) not in row.session_data


def test_a_session_ends_two_weeks_after_the_last_visit_and_sixty_days_after_its_start(noor: Person) -> None:
    start = now()
    with time_machine.travel(start, tick=False) as clock:
        client = signed_in_on(PHONE, noor)
        for days in range(10, 60, 10):
            clock.move_to(start + timedelta(days=days))
            assert is_signed_in(client), days
        clock.move_to(start + LONGEST + timedelta(minutes=1))
        assert not is_signed_in(client)
        resting = signed_in_on(LAPTOP, noor)
        clock.shift(timedelta(days=14, minutes=1))
        assert not is_signed_in(resting)


def test_a_visit_is_written_down_at_most_once_an_hour(noor: Person) -> None:
    start = now()
    with time_machine.travel(start, tick=False) as clock:
        client = signed_in_on(PHONE, noor)
        clock.shift(timedelta(minutes=59))
        client.get(reverse("climb:home"))
        assert Session.objects.get(person=noor).last_seen_at == start
        clock.shift(timedelta(minutes=2))
        client.get(reverse("climb:home"))
        assert Session.objects.get(person=noor).last_seen_at == start + timedelta(minutes=61)


def test_sessions_that_are_over_are_erased_by_the_daily_round(noor: Person) -> None:
    signed_in_on(PHONE, noor)
    forget_ended_sessions(now())
    assert Session.objects.filter(person=noor).count() == 1
    forget_ended_sessions(now() + timedelta(days=15))
    assert Session.objects.count() == 0


def test_a_list_of_three_costs_as_many_queries_as_a_list_of_one(noor: Person) -> None:
    client = signed_in_on(LAPTOP, noor)
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("people:signed_in"))
    signed_in_on(PHONE, noor)
    signed_in_on(PHONE, noor)
    with CaptureQueriesContext(connection) as three:
        client.get(reverse("people:signed_in"))
    assert (len(one), len(three)) == (3, 3)


@pytest.mark.parametrize(
    ("told", "device"),
    [
        (PHONE, "Safari|iPhone"),
        (LAPTOP, "Firefox|Windows"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36", "Chrome|Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) Chrome/126 Safari/537.36 Edg/126", "Edge|Mac"),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/126 Safari/537.36", "Chrome|ChromeOS"),
        ("curl/8.5", ""),
        ("<script>alert(1)</script> Firefox", "Firefox"),
        ("", ""),
    ],
)
def test_a_device_is_two_words_and_nothing_a_browser_made_up(told: str, device: str) -> None:
    assert device_of(told) == device
