"""Ask a coach for a reply, ask again, or withdraw it: acts of the coachee alone (C10, V12). What a coach gives closes it."""

from contextlib import suppress
from datetime import date, datetime
from functools import partial
from typing import TypeVar

from django.db import transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings import gate
from klimtouw.belongings.actions import share
from klimtouw.belongings.models import Thing
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person
from klimtouw.people.register import hold
from klimtouw.people.second_lock import the_house
from klimtouw.relations.models import Relation
from klimtouw.replies import queries_asking as queries
from klimtouw.replies.choices import RequestState
from klimtouw.replies.models import ReplyRequest
from klimtouw.replies.tasks import tell_of_request

T = TypeVar("T", bound=Thing)


class CannotAsk(Exception):
    """There is no running relation with this coach (any more); nothing was shared."""


class TooSoon(Exception):
    """It is not a week since this was asked, or the day that was named is still to come."""


@transaction.atomic
def ask_along(thing: T, *, by: Person, at: datetime, of: Relation | None, by_day: date | None = None) -> T:
    """Ask with something that was just written; nobody to ask leaves it private. Sent twice it is asked once.

    The same form that comes in again, by the back button or after being away without network, never asks or shares anew:
    what its writer withdrew or stopped sharing since stays that way.
    """
    if of is not None and not ReplyRequest.objects.filter(thing=thing.pk, relation=of.pk).exists():
        with suppress(
            CannotAsk
        ):  # the relation stopped at this very moment: the text is kept, and stays private
            ask(thing, by=by, at=at, of=of, by_day=by_day)
    return thing


@transaction.atomic
def ask(thing: Thing, *, by: Person, at: datetime, of: Relation, by_day: date | None = None) -> ReplyRequest:
    """Share a thing with a coach and ask for a reply, by a day or without one. Raises `CannotAsk`.

    A thing that is shared already stays shared as it was, until the same day.
    """
    demand(by, Action.ASK_FOR_REPLY, thing, at)
    hold(by)
    relation = next((one for one in queries.coaches_to_ask(by, at) if one.pk == of.pk), None)
    if relation is None:
        raise CannotAsk
    if not gate.live_shares(at).filter(thing=thing.pk, bond=relation.work_bond_id).exists():
        share(thing, onto=relation.work_bond, by=by, at=at)
    asked, _ = ReplyRequest.objects.select_for_update().get_or_create(
        thing_id=thing.pk, relation=relation, defaults={"id": new_id(), "asked_at": at}
    )
    asked.state, asked.asked_at, asked.by_day, asked.promised_on = RequestState.OPEN, at, by_day, None
    return _told(asked, at)


@transaction.atomic
def ask_again(asked: ReplyRequest, *, by: Person, at: datetime, by_day: date | None = None) -> None:
    """Ask once more what was not answered; at most once a week, and not before the day that was named. Raises `TooSoon`."""
    demand(by, Action.ASK_FOR_REPLY, asked, at)
    hold(by)
    current = ReplyRequest.objects.select_for_update().get(pk=asked.pk)
    if not current.may_be_asked_again(at):
        raise TooSoon
    current.asked_at, current.by_day, current.promised_on = at, by_day, None
    _told(current, at)


def _told(asked: ReplyRequest, at: datetime) -> ReplyRequest:
    # One letter, and another not before a week later, whatever was withdrawn and asked meanwhile (V17).
    if asked.told_at is None or at - asked.told_at >= ReplyRequest.A_WEEK:
        asked.told_at = at
        transaction.on_commit(partial(tell_of_request.enqueue, str(asked.pk)))
    asked.save(update_fields=["state", "asked_at", "by_day", "promised_on", "told_at"])
    return asked


@transaction.atomic
def withdraw(asked: ReplyRequest, *, by: Person, at: datetime) -> None:
    """Take a request back; the text stays shared until its owner stops that as well."""
    demand(by, Action.ASK_FOR_REPLY, asked, at)
    ReplyRequest.objects.filter(pk=asked.pk, state=RequestState.OPEN).update(state=RequestState.WITHDRAWN)


def close_answered(beside: Thing, *, by: Person) -> None:
    """Close what this coach was asked about a thing, now that they gave something; when is not kept."""
    of_this = [key for key in (beside.pk, beside.whole_id) if key]
    with the_house():  # the row is the coachee's, and a page of the coach changes nothing of hers (V1)
        rows = ReplyRequest.objects.filter(thing__in=of_this, relation__coach=by.pk, state=RequestState.OPEN)
        rows.update(state=RequestState.ANSWERED)
