"""Read what was written about talks, as far as somebody may."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from klimtouw.belongings import gate
from klimtouw.belongings.models import Thing
from klimtouw.belongings.readers import reading_seats
from klimtouw.people.models import Person
from klimtouw.talks.models import (
    AboutTalk,
    PreparationLine,
    Talk,
)
from klimtouw.talks.queries.talks import talk

T = TypeVar("T", bound=AboutTalk)
R = TypeVar("R", bound=Thing)


def kept_of(model: type[R]) -> QuerySet[R]:
    """Return one kind of thing, without what was put away; narrow it before reading."""
    things: Any = model.objects  # declared on Thing: mypy does not see the fields of the kind
    kept: QuerySet[R] = things.kept()
    return kept


def readable(model: type[R], person: Person, at: datetime) -> QuerySet[R]:
    """Return what this person may read now of one kind of thing."""
    return kept_of(model).filter(gate.readable_by(person, at))


def about(model: type[T], talks: Iterable[Talk], person: Person, at: datetime) -> QuerySet[T]:
    """Return what this person may read of one kind of thing about some talks, the oldest first."""
    ids = [each.pk for each in talks]
    return readable(model, person, at).filter(talk__in=ids).order_by("created_at", "pk")


def with_sharing(things: QuerySet[R], other: Person, at: datetime, shared_as: str = "pk") -> QuerySet[R]:
    """Add to each thing whether the other one can read it now, asked in the words of the gate and the policy."""
    bonds = gate.open_seats(at).filter(person=other, hat__in=reading_seats()).values("bond")
    shared = gate.live_shares(at).filter(thing=OuterRef(shared_as), bond__in=bonds)
    return cast("QuerySet[R]", things.annotate(is_on_card=Exists(shared)))


def line(person: Person, at: datetime, line: UUID) -> PreparationLine:
    """Find a line of the preparation card that this person may read, with its talk and whether it is on the card."""
    lines = readable(PreparationLine, person, at).filter(pk=line)
    about = talk(person, at, cast("UUID", lines.exclude(talk=None).get().talk_id))
    found = with_sharing(lines, about.relation.other(person), at).get()
    found.talk = about
    return found
