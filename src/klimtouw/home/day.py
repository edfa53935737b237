"""What a coach finds at a glance: the talks of today, answers they promised, and who waits for whom.

The order is one of kindness: first whom one sees today, then to whom one gave one's word, then with whom something is up to the coach,
then up to the other, then who is climbing, each by name. Nobody is counted, compared or late (V16, V17, V18).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from klimtouw.foundation.clock import start_of
from klimtouw.people.models import Person
from klimtouw.relations.choices import Side, State
from klimtouw.relations.models import Relation
from klimtouw.relations.next_act import NextAct
from klimtouw.relations.queries.next_act import next_act_in, offer_in
from klimtouw.relations.queries.relations import LIVE, own_acts, relations_of
from klimtouw.replies.queries_asking import AskedBy, asked_of
from klimtouw.talks.choices import TalkState
from klimtouw.talks.models import Talk
from klimtouw.talks.queries.day import talks_with_coachees

ON_A_PAGE = 50


class Turn(IntEnum):
    """Whose turn it is, in the order of the page."""

    MINE = 1
    THEIRS = 2
    CLIMBING = 3


@dataclass(frozen=True)
class Promised:
    """An answer this coach promised, by a day that is still to come."""

    coachee: Person
    day: date
    url: str


@dataclass(frozen=True)
class Coachee:
    """One coachee on one line: whose turn it is, what is there to say of it, and where one goes."""

    person: Person
    turn: Turn
    words: str
    url: str

    @property
    def is_climbing(self) -> bool:
        """Whether there is nothing to do but let them climb: then a name is enough, and forty fit on a phone."""
        return self.turn == Turn.CLIMBING

    @property
    def heading(self) -> str:
        """What stands above everybody whose turn it is in the same way."""
        return {
            Turn.MINE: _("With you now"),
            Turn.THEIRS: _("With the other now"),
            Turn.CLIMBING: _("On the way"),
        }[self.turn]


@dataclass(frozen=True)
class Day:
    """One page of the day of a coach."""

    today: list[Talk]
    promised: list[Promised]
    coachees: list[Coachee]
    number: int
    has_next: bool

    @property
    def coaches_nobody(self) -> bool:
        """Whether there is nobody this person coaches now."""
        return not self.coachees and self.number == 1


def day_of(coach: Person, at: datetime, *, page: int = 1) -> Day:
    """Return the day of a coach; three questions, however many they coach, and one for the places of today."""
    relations = [
        one for one in relations_of(coach, at) if one.side_of(coach) == Side.COACH and one.state in LIVE
    ]
    midnight = start_of(localdate(at), ZoneInfo(settings.TIME_ZONE))
    talks = talks_with_coachees(coach, midnight, at) if relations else []
    asked = {one.relation.pk: one for one in asked_of(coach, at)} if relations else {}
    of_each: defaultdict[UUID, list[Talk]] = defaultdict(list)
    for talk in talks:
        of_each[talk.relation_id].append(talk)
    everybody = sorted(
        (_line(one, coach, at, asked.get(one.pk), of_each[one.pk]) for one in relations), key=_by_turn
    )
    start = (page - 1) * ON_A_PAGE
    return Day(
        today=_today(talks, at) if page == 1 else [],
        promised=_promised(asked.values(), at) if page == 1 else [],
        coachees=everybody[start : start + ON_A_PAGE],
        number=page,
        has_next=len(everybody) > start + ON_A_PAGE,
    )


def _by_turn(line: Coachee) -> tuple[int, str, UUID]:
    return line.turn, line.person.name.casefold(), line.person.pk


def _today(talks: Iterable[Talk], at: datetime) -> list[Talk]:
    tomorrow = start_of(localdate(at) + timedelta(days=1), ZoneInfo(settings.TIME_ZONE))
    return [talk for talk in talks if talk.starts_at and talk.starts_at < tomorrow]


def _promised(asked: Iterable[AskedBy], at: datetime) -> list[Promised]:
    found = [
        Promised(one.relation.coachee, day, url_of(one)) for one in asked if (day := first_promised(one, at))
    ]
    return sorted(found, key=lambda one: (one.day, one.coachee.name.casefold(), one.coachee.pk))


def first_promised(asked: AskedBy, at: datetime) -> date | None:
    """Return the first day to come by which this coach promised a coachee an answer; a day gone by is not spoken of (V17)."""
    return min((day for one in asked.requests if (day := one.promised_to_come(at))), default=None)


def url_of(asked: AskedBy) -> str:
    """Return where a coach answers: beside the one thing, or where everything shared stands."""
    return asked.only.get_absolute_url() if asked.only else reverse("climb:follow", args=[asked.relation.pk])


def _of_agreements(relation: Relation, coach: Person, at: datetime) -> NextAct | None:
    """Return what waits for this coach before the two are on the way, or a version of their agreements to read and sign."""
    if relation.state in (State.CLICKING, State.CONTRACTING):
        return next_act_in(relation, coach, at)
    own = own_acts(relation)
    return offer_in(relation, coach, at) if own.a_proposal_waits and not own.signed_the_newest else None


def _line(
    relation: Relation, coach: Person, at: datetime, asked: AskedBy | None, talks: list[Talk]
) -> Coachee:
    """Say of one coachee the first thing that holds."""
    coachee, home = relation.coachee, relation.get_absolute_url()
    if asked and not first_promised(asked, at):
        return Coachee(coachee, Turn.MINE, _("would like a reply from you"), url_of(asked))
    if proposed := next((one for one in talks if one.waits_for(coach)), None):
        return Coachee(coachee, Turn.MINE, _("proposes a talk"), proposed.get_absolute_url())
    if act := _of_agreements(relation, coach, at):
        return Coachee(coachee, Turn.MINE, act.title, act.url)
    if waiting := next((one for one in talks if one.waits_for(coachee)), None):
        return Coachee(coachee, Turn.THEIRS, _("chooses a moment for your talk"), waiting.get_absolute_url())
    if ahead := next((one for one in talks if one.state == TalkState.PLANNED and one.starts_at), None):
        assert ahead.starts_at is not None  # noqa: S101  # narrows the type: asked in the line above
        moment = date_format(localtime(ahead.starts_at), _("l j F, H:i"))
        return Coachee(coachee, Turn.CLIMBING, moment, ahead.get_absolute_url())
    words = "" if relation.state == State.RUNNING else str(State(relation.state).label)
    return Coachee(coachee, Turn.CLIMBING, words, home)
