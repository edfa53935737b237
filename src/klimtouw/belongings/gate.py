"""The gate: the only module that answers who may read another person's words.

One question decides: is this thing (or the whole it is part of) shared onto a bond on which this person has a seat that
is open now? The same three conditions answer it for one thing (`hats_to`) and for a list (`readable_by`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.belongings.choices import LOOK, SeatHat
from klimtouw.belongings.models.bonds import Seat, Share
from klimtouw.ledger.actions import Act, record
from klimtouw.people.models import Person

if TYPE_CHECKING:
    from klimtouw.belongings.models import Thing


def open_seats(at: datetime) -> QuerySet[Seat]:
    """Return the seats whose window is open at this moment: from `opens_at` until just before `closes_at`."""
    return Seat.objects.filter(Q(closes_at=None) | Q(closes_at__gt=at), opens_at__lte=at)


def live_shares(at: datetime) -> QuerySet[Share]:
    """Return the shares that hold at this moment: begun, not revoked and not past their end."""
    return Share.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at, revoked_at=None)


def readable_by(person: Person, at: datetime) -> Q:
    """Return the condition on things that this person may read at this moment."""
    bonds = open_seats(at).filter(person=person).values("bond")
    onto_them = live_shares(at).filter(bond__in=bonds)
    is_shared = Exists(onto_them.filter(thing=OuterRef("pk"))) | Exists(
        onto_them.filter(thing=OuterRef("whole"))
    )
    return Q(owner=person) | (Q(removed_at=None) & Q(is_shared))


def hats_to(thing: Thing, person: Somebody, at: datetime) -> frozenset[Hat]:
    """Return what this person is to this thing at this moment; a stranger gets the empty set."""
    if not isinstance(person, Person):
        return frozenset()
    if thing.owner_id == person.pk:
        return frozenset({Hat.OWNER})
    return hats_once_shared([thing], person, at)[thing.pk]


def hats_once_shared(things: Iterable[Thing], person: Person, at: datetime) -> dict[UUID, frozenset[Hat]]:
    """Return, per thing, the hats this person wears through open seats on bonds it is shared onto; one query."""
    things = list(things)
    shared = {thing.pk for thing in things} | {thing.whole_id for thing in things if thing.whole_id}
    seats = (
        live_shares(at)
        .filter(thing__in=shared, bond__seats__in=open_seats(at).filter(person=person))
        .filter(bond__seats__person=person)
        .values_list("thing_id", "bond__seats__hat")
    )
    hats: defaultdict[UUID | None, set[Hat]] = defaultdict(set)
    for thing_id, hat in seats:
        hats[thing_id].add(SeatHat(hat).once_shared)
    return {
        thing.pk: frozenset() if thing.removed_at else frozenset(hats[thing.pk] | hats[thing.whole_id])
        for thing in things
    }


def note_looks(
    things: Iterable[Thing], by: Person, at: datetime, *, hats: frozenset[Hat] | None = None
) -> None:
    """Record that somebody opened things of others; one's own leave nothing. Three queries per owner, however many things."""
    of_others = [thing for thing in things if thing.owner_id != by.pk]
    if not of_others:
        return
    worn = hats_once_shared(of_others, by, at) if hats is None else {thing.pk: hats for thing in of_others}
    acts: defaultdict[UUID, list[Act]] = defaultdict(list)
    for thing in of_others:
        hat = min(worn[thing.pk])
        acts[thing.owner_id].append(Act(by_id=by.pk, hat=hat, act=LOOK, about_id=thing.pk))
    for owner_id, looked in acts.items():
        record(owner_id=owner_id, acts=looked, at=at)
