"""Read what about talks waits for a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from klimtouw.people.composed import composed
from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.talks.choices import TalkState
from klimtouw.talks.models import CoachSentence, Takeaway, Talk
from klimtouw.talks.queries.talks import as_they_stand, with_relation
from klimtouw.talks.queries.written import kept_of

TALKING_IN = (State.ACQUAINTING, State.CLICKING, State.CONTRACTING, State.RUNNING)
OFFERED_FOR = timedelta(days=14)
STILL_GOING_ON = timedelta(hours=2)
ASKED_A_COACH_FOR = timedelta(hours=12)


@dataclass(frozen=True)
class WaitingTalks:
    """What about talks waits for a person; an offer, never a debt."""

    to_choose: list[Talk]
    """Moments somebody proposed, for me to choose from."""
    begun: list[Talk]
    """Planned talks whose hour has come lately: were they there?"""
    ahead: list[Talk]
    """Planned talks, also one that is going on; the first comes first."""
    without_takeaway: list[Talk]
    """Talks of the last two weeks in which I was the coachee and of which I kept nothing yet."""
    without_sentence: list[Talk]
    """Talks of these hours in which I was the coach and after which I said nothing yet; tomorrow it is asked no more (V17)."""


def talks_waiting_for(person: Person, at: datetime) -> WaitingTalks:
    """Return what about talks waits for a person; one query, of which Python makes the lists: there are few."""
    talks = _waiting_for(person, at, at - OFFERED_FOR, at - ASKED_A_COACH_FOR)
    found = sorted(as_they_stand(talks, at), key=lambda talk: (_hour_of(talk), talk.pk))
    going_on = [talk for talk in found if talk.relation.state in TALKING_IN]
    held = [talk for talk in reversed(found) if talk.state == TalkState.HELD]
    planned_now = [talk for talk in going_on if talk.state == TalkState.PLANNED]
    return WaitingTalks(
        to_choose=[talk for talk in going_on if talk.state == TalkState.PROPOSED],
        begun=[talk for talk in planned_now if talk.has_begun(at) and _is_still_asked(talk, person, at)],
        ahead=[talk for talk in planned_now if _hour_of(talk) > at - STILL_GOING_ON],
        without_takeaway=[talk for talk in held if talk.relation.coachee_id == person.pk],
        without_sentence=[talk for talk in held if talk.relation.coachee_id != person.pk],
    )


@composed
def _waiting_for(person: Person, at: datetime, lately: datetime, today: datetime) -> QuerySet[Talk]:
    mine = Relation.objects.filter(Q(coachee=person) | Q(coach=person)).values(
        "pk"
    )  # by index, whoever else talks
    to_choose = Q(state=TalkState.PROPOSED) & ~Q(proposed_by=person)
    planned = Q(state=TalkState.PLANNED, starts_at__gt=lately)
    own = kept_of(Takeaway).filter(owner=person, talk=OuterRef("pk"))
    held = Q(~Exists(own), state=TalkState.HELD, relation__coachee=person)
    held_lately = held & Q(starts_at__gt=lately, starts_at__lte=at)
    given = kept_of(CoachSentence).filter(owner=person, talk=OuterRef("pk"))
    coached = Q(~Exists(given), state=TalkState.HELD, relation__coach=person)
    coached_today = coached & Q(starts_at__gt=today, starts_at__lte=at)
    still = Q(relation__state__in=TALKING_IN)
    asked = still & (to_choose | planned | coached_today) | held_lately
    return with_relation(Talk.objects.filter(asked, relation__in=mine))


def _is_still_asked(talk: Talk, person: Person, at: datetime) -> bool:
    """A coach with many talks is asked the same day alone; the coachee may come back to it (V17)."""
    return talk.relation.coachee_id == person.pk or _hour_of(talk) > at - ASKED_A_COACH_FOR


def _hour_of(talk: Talk) -> datetime:
    """Return when a talk is, or while it looks for its moment, when it was proposed."""
    return talk.starts_at or talk.proposed_at


def next_talk_of(person: Person, at: datetime) -> Talk | None:
    """Return the first planned talk of a person over all relations, also one that is going on; one query."""
    return next(iter(talks_waiting_for(person, at).ahead), None)
