"""What the stories about talks share: a talk in each state, and the letters that were sent."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from django.core import mail
from django.test import Client

from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.talks.actions import choose_moment, mark_talk_held, propose_talk
from klimtouw.talks.models import Talk
from tests.stories import make_relation

SignIn = Callable[[Person], Client]


@pytest.fixture
def acquainting_relation(noor: Person, bram: Person, at: datetime) -> Relation:
    """Noor and Bram get acquainted; nothing is signed."""
    return make_relation(noor, bram, State.ACQUAINTING, at)


def days(number: float, at: datetime) -> datetime:
    """Return a moment some days from now, on the whole minute."""
    return (at + timedelta(days=number)).replace(second=0, microsecond=0)


def make_planned(relation: Relation, starts_at: datetime, place: str = "") -> Talk:
    """Plan a talk that Bram's side proposed and the other one chose, a week before it starts."""
    before = min(starts_at, relation.started_at) - timedelta(days=7)
    talk = propose_talk(
        relation=relation, by=relation.coach, at=before, moments=[starts_at], minutes=30, place=place
    )
    return choose_moment(talk=talk, by=relation.coachee, at=before, moment_id=talk.moments.get().pk)


def make_held(relation: Relation, starts_at: datetime, by: Person | None = None) -> Talk:
    """Make a talk that was there."""
    talk = make_planned(relation, starts_at)
    mark_talk_held(talk=talk, by=by or relation.coach, at=starts_at + timedelta(hours=1))
    talk.refresh_from_db()
    return talk


@pytest.fixture
def proposed(running_relation: Relation, bram: Person, at: datetime) -> Talk:
    """Bram proposes two moments."""
    moments = [days(2, at), days(3, at)]
    return propose_talk(
        relation=running_relation, by=bram, at=at, moments=moments, minutes=30, place="Bij de vijver"
    )


@pytest.fixture
def planned(running_relation: Relation, at: datetime) -> Talk:
    """A talk in two days."""
    return make_planned(running_relation, days(2, at), place="Bij de vijver")


@pytest.fixture
def held(running_relation: Relation, at: datetime) -> Talk:
    """A talk of yesterday that was there."""
    return make_held(running_relation, days(-1, at))


def letters_to(person: Person) -> list[EmailMessage]:
    """Return the letters to somebody, the oldest first."""
    return [letter for letter in mail.outbox if letter.to == [person.email]]  # type: ignore[misc]  # Django's own class
