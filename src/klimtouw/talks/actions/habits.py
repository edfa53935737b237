"""Change how somebody has their talks in their own calendar and mail."""

from datetime import datetime

from django.db import transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.people.models import Person
from klimtouw.people.register import hold
from klimtouw.talks.addresses import hash_of, new_address, new_secret
from klimtouw.talks.models import Habits


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


def _keep(by: Person, at: datetime, **wishes: str | bool) -> None:
    demand(by, Action.ARRANGE_OWN_CALENDAR, by, at)
    hold(by)
    Habits.objects.update_or_create(owner=by, defaults=wishes)


def forget_habits_of(person: Person) -> None:
    """Forget the calendar address and the wishes of somebody who is erased."""
    Habits.objects.filter(owner=person).delete()
