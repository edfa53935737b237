"""Nobody is invited again and again: a modest number of letters to one address, and in one day (R2, V9)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localdate

from klimtouw.foundation.clock import now, start_of
from klimtouw.people.models import Person
from klimtouw.relations.actions.invitations import (
    CannotInvite,
    accept_invitation,
    decline_invitation,
    invite,
    withdraw_invitation,
)
from klimtouw.relations.actions.letters_sent import MOST_IN_A_DAY, note_letter
from klimtouw.relations.choices import Side
from klimtouw.relations.models import Invitation, LetterSent, Relation
from klimtouw.relations.tasks import tidy
from tests.at_once import at_once

SignIn = Callable[[Person], Client]
ADDRESS = reverse("relations:invite", urlconf="klimtouw.config.urls") + "?as=coach"
NEW = "lien@nieuw.example"


def invite_and_withdraw(
    by: Person, email: str, at: datetime, times: int = 1, side: Side = Side.COACH
) -> None:
    """Invite an address, and take each letter back."""
    for _ in range(times):
        withdraw_invitation(invite(by=by, at=at, side=side, email=email), by=by, at=at)


def send(client: Client, email: str, **more: str) -> str:
    """Send the form; return what stands at the field of the address, or nothing when it was sent."""
    answer = client.post(ADDRESS, {"email": email, **more})
    return "" if answer.status_code == 302 else answer.context["form"].errors["email"][0]


def test_an_address_gets_three_letters_of_one_person_in_a_week(
    bram: Person, stan: Person, at: datetime
) -> None:
    invite_and_withdraw(bram, NEW, at, times=2)
    decline_invitation(invite(by=bram, at=at, side=Side.COACHEE, email=NEW.upper()), at=at)
    with pytest.raises(CannotInvite):
        invite(by=bram, at=at, side=Side.COACH, email=NEW)
    assert len([letter for letter in mail.outbox if letter.to == [NEW]]) == 3
    invite(by=bram, at=at, side=Side.COACH, email="ander@nieuw.example")
    invite(by=stan, at=at, side=Side.COACH, email=NEW)


def test_after_a_week_there_is_room_again_from_the_day_that_was_named(bram: Person, at: datetime) -> None:
    invite_and_withdraw(bram, NEW, at)
    invite_and_withdraw(bram, NEW, at + timedelta(days=2), times=2)
    midnight = start_of(localdate(at) + timedelta(days=7), ZoneInfo(settings.TIME_ZONE))
    with pytest.raises(CannotInvite):
        invite(by=bram, at=midnight - timedelta(seconds=1), side=Side.COACH, email=NEW)
    invite(by=bram, at=midnight, side=Side.COACH, email=NEW)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "Je nodigde dit adres 3 keer uit in een week. Vanaf {} kan het weer."),
        ("en", "You invited this address 3 times in a week. From {} you can invite it again."),
    ],
)
def test_the_fourth_time_the_field_says_from_when_and_nothing_typed_is_lost(
    bram: Person, sign_in: SignIn, language: str, words: str
) -> None:
    Person.objects.filter(pk=bram.pk).update(language=language)
    invite_and_withdraw(bram, NEW, now(), times=3)
    typed = {"email": NEW, "how_known": "Uit de les", "message": "Nog één keertje?"}
    page = sign_in(bram).post(ADDRESS, typed)
    day = localdate(now()) + timedelta(days=7)
    with translation.override(language):
        said = words.format(date_format(day, "j F"))
    assert page.context["form"].errors["email"] == [said]
    assert {name: page.context["form"][name].value() for name in typed} == typed
    assert not Invitation.objects.exists()


def test_the_answer_is_the_same_whether_or_not_the_address_has_an_account(
    bram: Person, stan: Person, sign_in: SignIn
) -> None:
    client, said = sign_in(bram), []
    for email in (stan.email, "stam@school.example"):
        invite_and_withdraw(bram, email, now(), times=2)
        said.append([send(client, email), send(client, email)])
        Invitation.objects.all().delete()
        said[-1].append(send(client, email))
    assert said[0] == said[1]
    assert [bool(each) for each in said[0]] == [False, True, True]


def test_in_one_day_there_is_room_for_a_full_group_and_no_more(
    bram: Person, sign_in: SignIn, at: datetime
) -> None:
    for number in range(MOST_IN_A_DAY - 1):
        note_letter(bram, f"{number}@nieuw.example", at)
    client = sign_in(bram)
    assert send(client, NEW) == ""
    assert send(client, "laatste@nieuw.example") == (
        "Je verstuurde vandaag al veel uitnodigingen. Morgen kan deze ook weg."
    )
    tomorrow = start_of(localdate(at) + timedelta(days=1), ZoneInfo(settings.TIME_ZONE))
    invite(by=bram, at=tomorrow, side=Side.COACH, email="laatste@nieuw.example")


def test_a_letter_sent_twice_with_one_id_counts_once(bram: Person, at: datetime) -> None:
    letter = invite(by=bram, at=at, side=Side.COACH, email=NEW)
    assert invite(by=bram, at=at, side=Side.COACH, email=NEW, id=letter.pk) == letter
    assert LetterSent.objects.count() == 1


def test_v9_what_is_counted_tells_neither_to_whom_nor_what_became_of_it(
    bram: Person, stan: Person, noor: Person, at: datetime
) -> None:
    accept_invitation(invite(by=bram, at=at, side=Side.COACH, email=noor.email), by=noor, at=at)
    decline_invitation(invite(by=bram, at=at, side=Side.COACH, email=NEW), at=at)
    decline_invitation(invite(by=stan, at=at, side=Side.COACH, email=NEW), at=at)
    counted = LetterSent.objects.values_list("inviter", "sent_on", "address_mark")
    assert [row[:2] for row in counted] == [(by.pk, localdate(at)) for by in (bram, bram, stan)]
    assert len({mark for *_, mark in counted}) == 3  # the same address leaves two people two marks


def test_the_daily_round_forgets_what_no_longer_counts(bram: Person) -> None:
    for days in (0, 6, 7, 30):
        note_letter(bram, NEW, now() - timedelta(days=days))
    tidy.call()
    assert LetterSent.objects.count() == 2


@pytest.mark.only_on("postgresql")  # SQLite in memory knows no two writers
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_letters_at_the_very_same_moment_do_not_slip_past_the_number(bram: Person, at: datetime) -> None:
    for number in range(5):
        email = f"wie{number}@nieuw.example"
        invite_and_withdraw(bram, email, at, times=2)
        both = at_once(*(partial(invite, by=bram, at=at, side=side, email=email) for side in Side))
        assert {type(met) for met in both} == {Invitation, CannotInvite}
    LetterSent.objects.all().delete()
    for number in range(MOST_IN_A_DAY - 1):
        note_letter(bram, f"{number}@nieuw.example", at)
    people = (f"groep{number}@nieuw.example" for number in range(4))
    met = at_once(*(partial(invite, by=bram, at=at, side=Side.COACH, email=email) for email in people))
    assert sorted(type(each).__name__ for each in met) == ["CannotInvite"] * 3 + ["Invitation"]
    assert not Relation.objects.exists()
