"""Reckon between whom it is quiet, by their own rhythm, at the moment it is asked (R11)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localdate

from klimtouw.foundation.clock import start_of
from klimtouw.hand.models import AllIsWell
from klimtouw.hand.silence import COACH_LATER, begins_on, is_out
from klimtouw.notices.choices import Topic
from klimtouw.notices.models import Mute
from klimtouw.people.composed import composed
from klimtouw.people.models import Person
from klimtouw.relations.choices import Rhythm, Side, State
from klimtouw.relations.models import Contract, Relation
from klimtouw.relations.queries.relations import relation as relation_of
from klimtouw.talks.choices import TalkState
from klimtouw.talks.models import Talk


@dataclass(frozen=True)
class Hand:
    """A relation as the outstretched hand sees it: how many weeks they agreed, and the last sign between them."""

    relation: Relation
    weeks: int
    since: datetime

    def is_out_to(self, side: Side, at: datetime) -> bool:
        """Return whether a hand is out to one of the two now."""
        return is_out(self.since, self.weeks, at, later=LATER[side])

    def goes_out_to(self, side: Side, day: date) -> bool:
        """Return whether it is reached out to one of the two on this day."""
        return begins_on(self.since, self.weeks, day, later=LATER[side])


LATER = {Side.COACHEE: timedelta(), Side.COACH: COACH_LATER}


def with_signs(relations: QuerySet[Relation], at: datetime) -> QuerySet[Relation]:
    """Add to each relation that is on its way what the two agreed about rhythm, and the last signs between them."""
    in_force = Contract.objects.filter(relation=OuterRef("pk"), in_force_at__isnull=False).order_by("-number")
    talks = Talk.objects.filter(relation=OuterRef("pk")).order_by().values("relation")
    there = talks.filter(state__in=(TalkState.PLANNED, TalkState.HELD), starts_at__lte=at)
    ahead = Q(state=TalkState.PROPOSED) | Q(state=TalkState.PLANNED, starts_at__gt=at)
    said = AllIsWell.objects.filter(relation=OuterRef("pk"))
    on_its_way = relations.filter(state=State.RUNNING).select_related("coachee", "coach")
    return on_its_way.annotate(
        rhythm=Subquery(in_force.values("rhythm")[:1]),
        agreed_at=Subquery(in_force.values("in_force_at")[:1]),
        first_day=Subquery(in_force.values("starts_on")[:1]),
        last_day=Subquery(in_force.values("ends_on")[:1]),
        talked_at=Subquery(there.annotate(last=Max("starts_at")).values("last")),
        proposed_at=Subquery(talks.annotate(last=Max("proposed_at")).values("last")),
        is_planned=Exists(Talk.objects.filter(ahead, relation=OuterRef("pk"))),
        said_at=Subquery(said.values("said_at")),
    )


def hand_in(row: Any, at: datetime) -> Hand | None:
    """Return the hand in a relation from `with_signs`; none when a talk is ahead or when they wait for each other by choice."""
    weeks = Rhythm(row.rhythm).weeks if row.rhythm else None
    over = row.last_day is None or row.last_day < localdate(at)
    if weeks is None or over or row.is_planned:
        return None
    begins = start_of(row.first_day, ZoneInfo(settings.TIME_ZONE))
    signs = (begins, row.agreed_at, row.talked_at, row.proposed_at, row.said_at, row.resumed_at)
    return Hand(row, weeks, max(sign for sign in signs if sign))


def hands_out_to(person: Person, at: datetime) -> list[tuple[Hand, Side]]:
    """Return where a hand is out to this person now, and on which side they stand; one query."""
    found = [(hand_in(row, at), row.side_of(person)) for row in _of(person, at)]
    return [(hand, side) for hand, side in found if hand and hand.is_out_to(side, at)]


@composed
def _of(person: Person, at: datetime) -> QuerySet[Relation]:
    muted = Mute.objects.filter(Q(topic=Topic.HAND) | Q(relation=OuterRef("pk")), person=person)
    rows = Relation.objects.filter(Q(coachee=person) | Q(coach=person)).exclude(Exists(muted))
    return with_signs(rows, at).order_by("started_at", "pk")


def hand_between(relation: UUID, at: datetime) -> Hand | None:
    """Return the hand in one relation, if it is on its way."""
    row = with_signs(Relation.objects.filter(pk=relation), at).first()
    return hand_in(row, at) if row else None


def every_hand(at: datetime) -> Iterator[Hand]:
    """Go through all relations that are on their way; one query."""
    for row in with_signs(Relation.objects.all(), at).order_by("pk").iterator():
        if hand := hand_in(row, at):
            yield hand


def reached(person: Person, at: datetime, relation: UUID) -> Relation:
    """Find a relation of this person. Its page is there whenever they are on their way, quiet or not: it tells nothing."""
    return relation_of(person, at, relation)
