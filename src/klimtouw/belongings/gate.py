"""The gate: the only module that answers who may read another person's words.

One question decides: is this thing (or the whole it is part of) shared onto a bond on which this person has a seat that
is open now? The same conditions answer it for one thing (`hats_to`) and for a list (`readable_by`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, DateTimeField, F, Func, Q, QuerySet, UUIDField, Value
from django.db.models.sql.compiler import SQLCompiler

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.belongings.choices import LOOK, SeatHat
from klimtouw.belongings.models.bonds import Seat, Share
from klimtouw.ledger.actions import Act, record_each
from klimtouw.people.composed import composed
from klimtouw.people.models import Person

if TYPE_CHECKING:
    from klimtouw.belongings.models import Thing


def seat_is_open(at: datetime, seat: str = "") -> Q:
    """Return the condition on a seat that its window is open: from `opens_at` until just before `closes_at`."""
    ends = Q((f"{seat}closes_at", None)) | Q((f"{seat}closes_at__gt", at))
    return Q((f"{seat}opens_at__lte", at)) & ends


def share_is_live(at: datetime, share: str = "") -> Q:
    """Return the condition on a share that it holds: begun, not revoked, not past its end, and its thing not put away."""
    ends = Q((f"{share}until", None)) | Q((f"{share}until__gt", at))
    is_there = Q((f"{share}thing__removed_at", None))
    return Q((f"{share}since__lte", at), (f"{share}revoked_at", None)) & ends & is_there


def open_seats(at: datetime) -> QuerySet[Seat]:
    """Return the seats whose window is open at this moment."""
    return Seat.objects.filter(seat_is_open(at))


def live_shares(at: datetime) -> QuerySet[Share]:
    """Return the shares that hold at this moment."""
    return Share.objects.filter(share_is_live(at))


def is_given_for_good(thing: Thing, at: datetime) -> bool:
    """Return whether somebody reads a thing on a bond on which its owner has no place any more; one query.

    That is what a coach gave and the coachee keeps after the end (V24): no new words may reach her along it.
    """
    owner = open_seats(at).filter(person=thing.owner_id)
    others = open_seats(at).exclude(person=thing.owner_id)
    given = live_shares(at).filter(thing=thing.pk, bond__in=others.values("bond"))
    return given.exclude(bond__in=owner.values("bond")).exists()


class IsShared(Func):
    """The question of the gate about every thing of a list: is it, or its whole, shared onto a bond with an open seat?

    The conditions are those of `share_is_live` and `seat_is_open`, written out: every page asks this several times, and
    composing it anew cost Django more than three times as much as the rest of the query. Guard 2 and
    `tests/belongings/test_gate_in_sql.py` hold the two wordings together.
    """

    output_field = BooleanField()
    sql = """EXISTS (
        SELECT 1 FROM belongings_share a JOIN belongings_seat b ON b.bond_id = a.bond_id
        JOIN belongings_thing c ON c.id = a.thing_id AND c.removed_at IS NULL
        WHERE a.thing_id IN ({}, {}) AND b.person_id = {} AND b.bond_id = COALESCE({}, b.bond_id)
        AND a.revoked_at IS NULL AND a.since <= {} AND (a.until IS NULL OR a.until > {})
        AND b.opens_at <= {} AND (b.closes_at IS NULL OR b.closes_at > {}))"""

    def __init__(self, person: UUID, at: datetime, bond: UUID | None = None) -> None:
        moment = Value(at, DateTimeField())
        super().__init__(
            F("pk"), F("whole"), Value(person, UUIDField()), Value(bond, UUIDField()), *[moment] * 4
        )

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_: Any, **__: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        """Fill in the eight blanks."""
        parts = [compiler.compile(blank) for blank in self.get_source_expressions()]
        return self.sql.format(*(sql for sql, _ in parts)), tuple(one for _, some in parts for one in some)


def readable_by(person: Person, at: datetime) -> Q:
    """Return the condition on things that this person may read at this moment."""
    return Q(owner=person) | readable_on(None, person, at)


def readable_on(bond: UUID | None, person: Person, at: datetime) -> Q:
    """Return the condition on things that this person may read because they are shared onto one bond, or onto any."""
    return Q(IsShared(person.pk, at, bond), removed_at=None)


def hats_to(thing: Thing, person: Somebody, at: datetime) -> frozenset[Hat]:
    """Return what this person is to this thing at this moment; a stranger gets the empty set."""
    return hats_to_each([thing], person, at)[thing.pk]


def hats_to_each(things: Iterable[Thing], person: Somebody, at: datetime) -> dict[UUID, frozenset[Hat]]:
    """Return what this person is to each of these things at this moment; at most one query."""
    things = list(things)
    if not isinstance(person, Person):
        return {thing.pk: frozenset() for thing in things}
    of_others = [thing for thing in things if thing.owner_id != person.pk]
    shared = hats_once_shared(of_others, person, at) if of_others else {}
    return {thing.pk: shared.get(thing.pk, frozenset({Hat.OWNER})) for thing in things}


def hats_once_shared(things: Iterable[Thing], person: Person, at: datetime) -> dict[UUID, frozenset[Hat]]:
    """Return, per thing, the hats this person wears through open seats on bonds it is shared onto; one query."""
    things = list(things)
    hats: defaultdict[UUID | None, set[Hat]] = defaultdict(set)
    for thing_id, hat in _hats_through_shares(with_wholes(things), person, at):
        hats[thing_id].add(SeatHat(hat).once_shared)
    return {
        thing.pk: frozenset() if thing.removed_at else frozenset(hats[thing.pk] | hats[thing.whole_id])
        for thing in things
    }


@composed
def _hats_through_shares(
    things: Collection[UUID], person: Person, at: datetime
) -> QuerySet[Share, tuple[UUID, str]]:
    of_this_person = Q(thing__in=things, bond__seats__person=person)
    seats = Share.objects.filter(share_is_live(at), seat_is_open(at, "bond__seats__"), of_this_person)
    return seats.values_list("thing_id", "bond__seats__hat")


def _keys(things: Iterable[Thing]) -> list[UUID]:
    return [thing.pk for thing in things]


def with_wholes(things: Iterable[Thing]) -> frozenset[UUID]:
    """Return the keys of things, and of the wholes they are shared with."""
    things = list(things)
    return frozenset({thing.pk for thing in things} | {thing.whole_id for thing in things if thing.whole_id})


def note_looks(
    things: Iterable[Thing],
    by: Person,
    at: datetime,
    *,
    hats: frozenset[Hat] | None = None,
    worn: Mapping[UUID, frozenset[Hat]] | None = None,
) -> None:
    """Record that somebody opened things of others; one's own leave nothing. Three queries, however many things and owners.

    Whoever asked for the hats at this moment already passes them on: `hats` to all of these things, or `worn` to each.
    """
    of_others = [thing for thing in things if thing.owner_id != by.pk]
    if not of_others:
        return
    if worn is None:
        worn = hats_once_shared(of_others, by, at) if hats is None else dict.fromkeys(_keys(of_others), hats)
    acts: defaultdict[UUID, list[Act]] = defaultdict(list)
    for thing in of_others:
        hat = min(worn[thing.pk])
        acts[thing.owner_id].append(Act(by_id=by.pk, hat=hat, act=LOOK, about_id=thing.pk))
    record_each(acts, at=at)
