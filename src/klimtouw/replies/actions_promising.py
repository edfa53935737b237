"""A coach says by which day a reply comes (C10). Nobody else names that day, and one that goes by is not spoken of (V2, V17)."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings.models import Thing
from klimtouw.notices.actions import tell
from klimtouw.people.models import Person
from klimtouw.people.register import hold
from klimtouw.people.second_lock import the_house
from klimtouw.replies.choices import RequestState
from klimtouw.replies.models import ReplyRequest
from klimtouw.replies.told import REPLY_PROMISED

LONGEST_WAIT = timedelta(days=60)


class DayDoesNotFit(Exception):
    """The day has gone by, or lies too far ahead to mean anything."""


@transaction.atomic
def promise_reply(asked: ReplyRequest, *, beside: Thing, by: Person, at: datetime, day: date) -> None:
    """Say by which day one answers beside a thing. Said again it is another day; whoever asked hears of it."""
    demand(by, Action.REPLY, beside, at)
    hold(by)
    if not localdate(at) <= day <= localdate(at) + LONGEST_WAIT:
        raise DayDoesNotFit
    with the_house():  # the row is the coachee's, and a page of the coach changes nothing else of hers (V1)
        rows = ReplyRequest.objects.filter(pk=asked.pk, thing=beside.pk, relation__coach=by.pk)
        rows.filter(state=RequestState.OPEN).update(promised_on=day)
    tell(REPLY_PROMISED, beside.owner, about=asked.pk, relation=asked.relation_id, by=by, at=at)
