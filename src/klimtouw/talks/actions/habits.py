"""Change how somebody has their talks in their own calendar and mail."""

from datetime import datetime

from django.db import transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.notices.actions import tell
from klimtouw.people.models import Person
from klimtouw.people.register import hold
from klimtouw.people.second_lock import the_house
from klimtouw.talks.addresses import hash_of, new_address, new_secret
from klimtouw.talks.models import Habits, Talk
from klimtouw.talks.queries import habits_of, talks_waiting_for
from klimtouw.talks.told_ahead import CARD_COMES, TALK_CARD


@transaction.atomic
def make_calendar_address(*, by: Person, at: datetime) -> str:
    """Give somebody a secret address for their calendar; one they had before opens nothing from now on (T1)."""
    secret = new_secret()
    address = new_address(secret)
    _keep(by, at, secret=secret, address_hash=hash_of(address))
    return address


@transaction.atomic
def stop_calendar_address(*, by: Person, at: datetime) -> None:
    """Let the address of somebody's calendar open nothing any more."""
    _keep(by, at, secret="", address_hash="")


@transaction.atomic
def choose_habits(*, by: Person, at: datetime, shows_names: bool, has_card_by_mail: bool) -> None:
    """Let the first name of the other stand in one's calendar or not, and have the card come by mail or not (T2)."""
    _keep(by, at, shows_names=shows_names, has_card_by_mail=has_card_by_mail)
    for talk in talks_waiting_for(by, at).ahead if has_card_by_mail else ():
        have_card_mailed(talk, by, at)


def have_card_mailed(talk: Talk, to: Person, at: datetime) -> None:
    """Have the card of a planned talk come by mail to one of the two, if they asked for that."""
    with the_house():  # what the other one chose for their own mail is not seen on a page
        wants = habits_of(to).has_card_by_mail
    if wants and talk.starts_at and talk.starts_at > at:
        on, before = talk.starts_at - CARD_COMES, talk.starts_at
        tell(TALK_CARD, to, about=talk.pk, relation=talk.relation_id, at=at, on=on, before=before)


def _keep(by: Person, at: datetime, **wishes: str | bool) -> None:
    demand(by, Action.ARRANGE_OWN_CALENDAR, by, at)
    hold(by)
    Habits.objects.update_or_create(owner=by, defaults=wishes)


def forget_habits_of(person: Person) -> None:
    """Forget the calendar address and the wishes of somebody who is erased."""
    Habits.objects.filter(owner=person).delete()
