"""Change when somebody is free, and who may see it (T1)."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings.actions import keep, place, revoke, reword, share
from klimtouw.foundation.clock import end_of
from klimtouw.notices.actions import tell
from klimtouw.people.models import Person
from klimtouw.people.register import hold
from klimtouw.relations.models import Relation
from klimtouw.talks.actions.overtaken import NothingToShareOnto
from klimtouw.talks.hours import MOST_BLOCKS, Block, text_of, without
from klimtouw.talks.models import FreeHours
from klimtouw.talks.queries import bond_open_in, free_hours_of
from klimtouw.talks.told_ahead import FREE_HOURS_END

ASKED_BEFORE_THE_END = timedelta(days=7)


@transaction.atomic
def add_free_hours(*, by: Person, at: datetime, blocks: Iterable[Block], ends_on: date) -> FreeHours:
    """Add hours of the week in which somebody is free, until a day; the same hours twice are there once."""
    demand(by, Action.ARRANGE_OWN_CALENDAR, by, at)
    hold(by)  # two tabs at once: the second adds to what the first one made
    there = free_hours_of(by)
    if there is None:
        return keep(FreeHours, by=by, at=at, hours=text_of(blocks), ends_on=ends_on)
    every = [*there.blocks, *blocks][:MOST_BLOCKS]
    hours = reword(there, by=by, at=at, seen=there.version, hours=text_of(every))
    place(hours, by=by, at=at, ends_on=ends_on)
    return hours


@transaction.atomic
def take_free_hours_away(*, by: Person, at: datetime, block: str) -> None:
    """Take one block of the week away."""
    demand(by, Action.ARRANGE_OWN_CALENDAR, by, at)
    hold(by)
    if there := free_hours_of(by):
        reword(there, by=by, at=at, seen=there.version, hours=text_of(without(there.blocks, block)))


@transaction.atomic
def let_free_hours_last(*, by: Person, at: datetime, ends_on: date) -> None:
    """Say until which day the free hours hold."""
    demand(by, Action.ARRANGE_OWN_CALENDAR, by, at)
    hold(by)
    if there := free_hours_of(by):
        place(there, by=by, at=at, ends_on=ends_on)


@transaction.atomic
def show_free_hours(*, relation: Relation, by: Person, at: datetime) -> None:
    """Let the other one of a relation see when one is free, for as long as their bond is open."""
    there, bond = free_hours_of(by), bond_open_in(relation, at)
    if there is None or bond is None:
        raise NothingToShareOnto
    share(there, onto=bond, by=by, at=at)


@transaction.atomic
def hide_free_hours(*, relation: Relation, by: Person, at: datetime) -> None:
    """Let the other one see it no longer, at once."""
    if there := free_hours_of(by):
        for bond in (relation.acquaintance_bond, relation.work_bond):
            revoke(there, onto=bond, by=by, at=at)


def tell_of_ending_free_hours(*, at: datetime) -> None:
    """Ask a week ahead, once, whether free hours still fit; the daily round does it."""
    last_day = localdate(at) + ASKED_BEFORE_THE_END
    ending = FreeHours.objects.kept().filter(ends_on=last_day).select_related("owner").order_by("pk")
    for hours in ending:
        until = end_of(last_day, ZoneInfo(settings.TIME_ZONE))
        tell(FREE_HOURS_END, hours.owner, about=hours.pk, at=at, before=until)
