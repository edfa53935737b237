"""Read what stands around one talk in a few questions: the other talks of the two, and everything written about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery, UUIDField

from klimtouw.belongings import gate
from klimtouw.belongings.models import Thing
from klimtouw.belongings.queries import in_full
from klimtouw.people.models import Person
from klimtouw.relations.choices import Side
from klimtouw.talks.choices import TalkState
from klimtouw.talks.models import (
    OVER,
    CoachSentence,
    Impression,
    PreparationLine,
    Promise,
    Takeaway,
    Talk,
)
from klimtouw.talks.queries.written import kept_of, readable, with_sharing

T = TypeVar("T", bound=Thing)
ABOUT_IT = (PreparationLine, Takeaway, CoachSentence, Impression)


@dataclass(frozen=True)
class Around:
    """The talks of the two, and whether they can share with each other now."""

    talk: Talk
    talks: list[Talk]
    can_share: bool

    @property
    def next_one(self) -> Talk | None:
        """Another talk of the two that is planned or proposed; one that is planned goes first."""
        ahead = [one for one in self.talks if one.is_ahead and one.pk != self.talk.pk]
        return min(ahead, key=lambda one: (one.state, one.starts_at or one.proposed_at, one.pk), default=None)

    @property
    def last_takeaway(self) -> UUID | None:
        """The newest takeaway of an earlier talk that this person may read (T2)."""
        before = [one for one in self.talks if one.state == TalkState.HELD and self.is_earlier(one)]
        told = [one for one in before if one.takeaway]  # type: ignore[attr-defined]  # added by the query
        newest = max(told, key=_hour, default=None)
        return newest.takeaway if newest else None  # type: ignore[attr-defined]  # the same

    def is_earlier(self, other: Talk) -> bool:
        """Return whether another talk was before this one; one that has no moment yet comes last."""
        return self.talk.starts_at is None or _hour(other) < self.talk.starts_at

    def talk_with(self, key: UUID | None) -> Talk:
        """Return one of these talks."""
        return next(one for one in self.talks if one.pk == key)

    def cards_since(self, made: Talk) -> int:
        """Return on how many talks that were there a promise made at one of them could stand."""
        return sum(one.state == TalkState.HELD for one in self._after(made))

    def cards_before(self, made: Talk) -> int:
        """Return on how many cards a promise stood before the card of this talk."""
        between = [one for one in self._after(made) if self.is_earlier(one) and one.pk != self.talk.pk]
        return sum(one.state in (TalkState.PLANNED, TalkState.HELD) for one in between)

    def _after(self, made: Talk) -> list[Talk]:
        since = made.starts_at
        return [one for one in self.talks if since and one.starts_at and one.starts_at > since]


def _hour(talk: Talk) -> datetime:
    return talk.starts_at or talk.proposed_at


def around(talk: Talk, person: Person, at: datetime) -> Around:
    """Return the talks of a relation as one talk of it asks for them; one query."""
    relation = talk.relation
    told = readable(Takeaway, person, at).filter(owner=relation.coachee_id, talk=OuterRef("pk"))
    found: list[Any] = list(
        Talk.objects.filter(relation=talk.relation_id).annotate(
            takeaway=Subquery(told.order_by("created_at", "pk").values("pk")[:1], UUIDField()),
            on_work=_seats_on(relation.work_bond_id, at),
            on_acquaintance=_seats_on(relation.acquaintance_bond_id, at),
        )
    )
    for one in found:
        one.relation = relation
    seats = {found[0].on_work, found[0].on_acquaintance}
    return Around(talk, found, relation.state not in OVER and len(Side) in seats)


def _seats_on(bond: UUID, at: datetime) -> Subquery:
    seats = gate.open_seats(at).filter(bond=bond).order_by().values("bond")
    return Subquery(seats.annotate(taken=Count("pk")).values("taken"))


def written_about(near: Around, person: Person, at: datetime, *, last: UUID | None) -> list[Any]:
    """Return what this person may read of one talk, every promise of the two, and the takeaway of last time; two queries."""
    talk, other = near.talk, near.talk.relation.other(person)
    wanted: list[QuerySet[Any, Any]] = [kept_of(model).filter(talk=talk.pk) for model in ABOUT_IT]
    wanted.append(kept_of(Promise).filter(talk__relation=talk.relation_id))
    if last:
        wanted.append(kept_of(Takeaway).filter(pk=last))
    keys = reduce(lambda all, more: all.union(more), [one.order_by().values("pk") for one in wanted])
    rows = with_sharing(readable(Thing, person, at).filter(pk__in=keys), other, at)
    shared = {row.pk: row.is_on_card for row in rows}  # type: ignore[attr-defined]  # added by the query
    return [_with(thing, is_on_card=shared[thing.pk]) for thing in in_full(_oldest_first(rows))]


def _oldest_first(rows: Iterable[T]) -> list[T]:
    return sorted(rows, key=lambda one: (one.created_at, one.pk))


def _with(thing: Any, *, is_on_card: bool) -> Any:
    thing.is_on_card = is_on_card
    return thing
