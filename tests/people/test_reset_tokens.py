"""A link to choose a new password: one hour, once, for one person, and never a way to sign in by itself."""

from datetime import timedelta

import time_machine
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils.http import int_to_base36

from klimtouw.foundation.clock import now
from klimtouw.people.models import Person
from klimtouw.people.reset_tokens import ResetTokens

FORM = {"password1": "een andere zin over rotsen", "password2": "een andere zin over rotsen"}


def link_for(person: Person, token: str) -> str:
    """Return the link as it stands in the mail."""
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), token])


def choose_with(link: str) -> Client:
    """Open the link and choose a password."""
    visitor = Client()
    answer = visitor.get(link)
    if answer.status_code == 302:
        visitor.post(answer.headers["Location"], FORM)
    return visitor


def test_the_links_in_mails_are_ours() -> None:
    assert isinstance(default_token_generator, ResetTokens)


def test_it_works_once(noor: Person) -> None:
    link = link_for(noor, ResetTokens().make_token(noor))
    choose_with(link)
    noor.refresh_from_db()
    assert noor.check_password(FORM["password1"])
    noor.set_password("weer een andere zin")
    noor.save()
    choose_with(link)
    noor.refresh_from_db()
    assert not noor.check_password(FORM["password1"])


def test_it_works_for_an_hour_and_not_before_it_was_made(noor: Person) -> None:
    tokens, start = ResetTokens(), now()
    with time_machine.travel(start, tick=False) as clock:
        token = tokens.make_token(noor)
        for minutes, works in ((59, True), (61, False), (-0.9, True), (-2, False)):
            clock.move_to(start + timedelta(minutes=minutes))
            assert tokens.check_token(noor, token) is works, minutes


def test_it_opens_the_account_of_nobody_else(noor: Person, stan: Person) -> None:
    choose_with(link_for(stan, ResetTokens().make_token(noor)))
    stan.refresh_from_db()
    assert not stan.check_password(FORM["password1"])


def test_a_later_hour_cannot_be_written_into_it(noor: Person) -> None:
    token = ResetTokens().make_token(noor)
    later = int_to_base36(int(token.split("-", 1)[0], 36) + 60)
    assert not ResetTokens().check_token(noor, f"{later}-{token.split('-', 1)[1]}")


def test_it_is_no_session_and_no_other_token_is_it(noor: Person) -> None:
    token = ResetTokens().make_token(noor)
    thief = Client()
    thief.cookies["sessionid"] = token
    assert thief.get(reverse("climb:home")).status_code == 302
    assert not ResetTokens().check_token(noor, signing.dumps(str(noor.pk)))
    visitor = choose_with(link_for(noor, ResetTokens().make_token(noor)))
    assert visitor.get(reverse("climb:home")).status_code == 302  # choosing a password signs nobody in


def test_a_changed_address_makes_it_useless(noor: Person) -> None:
    token = ResetTokens().make_token(noor)
    noor.email = "noor.nieuw@school.example"
    assert not ResetTokens().check_token(noor, token)
