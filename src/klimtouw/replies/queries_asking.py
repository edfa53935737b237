"""Read which coaches may be asked for a reply, and which requests stand open (C10).

A request stands open while its thing is shared onto the work bond of a running relation, by the very share it came with:
revoked, put away, paused or ended, it is gone, and sharing again does not bring it back. Nothing here is counted.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from klimtouw.belongings import gate
from klimtouw.belongings import queries as belongings
from klimtouw.belongings.choices import SeatHat
from klimtouw.belongings.models import Seat, Share, Thing
from klimtouw.people.composed import composed
from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.replies.choices import TAKES_REQUESTS, RequestState
from klimtouw.replies.models import ReplyRequest


def coaches_to_ask(coachee: Person, at: datetime) -> list[Relation]:
    """Return the running relations in which this coachee can ask something, by the name of the coach; one query."""
    return sorted(_running(coachee, at), key=lambda one: (one.coach.name.casefold(), one.pk))


@composed
def _running(coachee: Person, at: datetime) -> QuerySet[Relation]:
    on_the_rope = Seat.objects.filter(gate.seat_is_open(at), bond=OuterRef("work_bond"))
    coachee_sits = Exists(on_the_rope.filter(hat=SeatHat.COACHEE))
    coach_sits = Exists(on_the_rope.filter(hat=SeatHat.COACH))
    running = Relation.objects.filter(coachee_sits, coach_sits, coachee=coachee, state=State.RUNNING)
    return running.select_related("coach", "work_bond")


def thing_to_ask_about(person: Person, at: datetime, thing: UUID) -> Thing:
    """Find something of one's own beside which a coach can answer."""
    own = Thing.objects.filter(owner=person, kind__in=TAKES_REQUESTS).kept()
    found: Thing = belongings.in_full([own.get(pk=thing)])[0]
    return found


def request_of(person: Person, at: datetime, asked: UUID) -> ReplyRequest:
    """Find one open request of this person."""
    found = _open_with_key.one(asked, person, at)
    found.thing = belongings.in_full([found.thing])[0]
    return found


@composed
def _open_with_key(key: UUID, coachee: Person, at: datetime) -> QuerySet[ReplyRequest]:
    return _open(at).filter(pk=key, relation__coachee=coachee)


def _open(at: datetime) -> QuerySet[ReplyRequest]:
    came_with = Share.objects.filter(
        gate.share_is_live(at),
        thing=OuterRef("thing"),
        bond=OuterRef("relation__work_bond"),
        since__lte=OuterRef("asked_at"),
    )
    coach_sits = Seat.objects.filter(
        gate.seat_is_open(at), bond=OuterRef("relation__work_bond"), hat=SeatHat.COACH
    )
    stands = Q(state=RequestState.OPEN, relation__state=State.RUNNING, thing__owner=F("relation__coachee"))
    rows = ReplyRequest.objects.filter(stands, Exists(came_with), Exists(coach_sits))
    return rows.select_related("thing", "relation", "relation__coach", "relation__coachee")


@dataclass(frozen=True)
class AsSeen:
    """An open request as its page tells it: by which day, while that lies ahead, and whether it may be asked again."""

    request: ReplyRequest
    by_day: date | None
    may_be_asked_again: bool

    promised_on: date | None = None
    """By which day the coach said to answer, while that lies ahead."""
    whole_id: None = None
    """It is asked about wholes alone; an example of a page looks for this."""

    @property
    def thing(self) -> Thing:
        """What it is about."""
        return self.request.thing

    @property
    def pk(self) -> UUID:
        """The key of what it is about: that is what is opened."""
        return self.request.thing_id

    @property
    def kind_word(self) -> str:
        """What it is about, by the name of its kind: its words are read on its own page, and leave a look there (P2)."""
        return str(belongings.kinds()[self.thing.kind].KIND_WORD)

    def get_absolute_url(self) -> str:
        """Return the address of the page of what it is about."""
        return self.request.get_absolute_url()


def requests_as_seen(thing: Thing, reader: Person, at: datetime) -> list[AsSeen]:
    """Return the open requests on one thing that concern this person, as the page of the thing tells them."""
    return as_seen(requests_on(thing, reader, at), at)


def as_seen(requests: Iterable[ReplyRequest], at: datetime) -> list[AsSeen]:
    """Return requests as they are told at this moment."""
    return [
        AsSeen(one, one.day_to_come(at), one.may_be_asked_again(at), one.promised_to_come(at))
        for one in requests
    ]


def asked_of_this_coach(thing: Thing, coach: Person, at: datetime) -> ReplyRequest | None:
    """Return the open request to this coach about one thing, if there is any."""
    return next((one for one in requests_on(thing, coach, at) if one.relation.coach_id == coach.pk), None)


def requests_on(thing: Thing, reader: Person, at: datetime) -> list[ReplyRequest]:
    """Return the open requests on one thing that concern this person: those they made, or that are made to them; one query."""
    if thing.kind not in TAKES_REQUESTS:
        return []
    return sorted(_on(thing.pk, reader, at), key=lambda one: (one.relation.coach.name.casefold(), one.pk))


@composed
def _on(thing: UUID, reader: Person, at: datetime) -> QuerySet[ReplyRequest]:
    mine = Q(relation__coachee=reader) | Q(relation__coach=reader)
    return _open(at).filter(mine, thing=thing)


def requests_in(relation: Relation, at: datetime) -> list[ReplyRequest]:
    """Return the open requests of one relation, the oldest first; one query."""
    return sorted(_in(relation.pk, at), key=_oldest_first)


@composed
def _in(relation: UUID, at: datetime) -> QuerySet[ReplyRequest]:
    return _open(at).filter(relation=relation)


def _oldest_first(asked: ReplyRequest) -> tuple[datetime, UUID]:
    return asked.asked_at, asked.pk


@dataclass(frozen=True)
class AskedBy:
    """What one coachee asks of a coach: that there is a request, and where; never how many or how long."""

    relation: Relation
    requests: list[ReplyRequest]

    @property
    def only(self) -> ReplyRequest | None:
        """The request, when there is one alone."""
        return self.requests[0] if len(self.requests) == 1 else None


def asked_of(coach: Person, at: datetime) -> list[AskedBy]:
    """Return, per coachee, the open requests to this coach, the oldest first; one query."""
    found: defaultdict[UUID, list[ReplyRequest]] = defaultdict(list)
    for asked in sorted(_to(coach, at), key=_oldest_first):
        found[asked.relation_id].append(asked)
    return [AskedBy(requests[0].relation, requests) for requests in found.values()]


@composed
def _to(coach: Person, at: datetime) -> QuerySet[ReplyRequest]:
    return _open(at).filter(relation__coach=coach)


def still_open(asked: UUID, at: datetime) -> ReplyRequest | None:
    """Return a request while it stands open."""
    return _open(at).filter(pk=asked).first()


def to_ask_about(thing: Thing, coachee: Person, at: datetime) -> list[Relation]:
    """Return the relations in which nothing is asked about this thing yet; two queries."""
    asked = {one.relation_id for one in requests_on(thing, coachee, at)}
    return [relation for relation in coaches_to_ask(coachee, at) if relation.pk not in asked]


def requests_made_by(person: Person) -> Iterable[ReplyRequest]:
    """Return every request this person ever made, for their leaving package."""
    return ReplyRequest.objects.filter(thing__owner=person).order_by("asked_at", "pk")
