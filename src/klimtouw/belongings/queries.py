"""Read what belongs to a person; who looked at it stands in `looks`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q, QuerySet

from klimtouw.belongings import gate
from klimtouw.belongings.choices import Purpose, SeatHat
from klimtouw.belongings.models import Bond, Seat, Thing, ThingQuerySet
from klimtouw.belongings.rows_beside import rows_beside
from klimtouw.people.composed import composed
from klimtouw.people.models import Person


def thing(person: Person, at: datetime, thing: UUID) -> Thing:
    """Find one thing this person may read, with the fields and words of its kind."""
    found: Thing = in_full([Thing.objects.visible_to(person, at).get(pk=thing)])[0]
    return found


def thing_to_share(person: Person, at: datetime, thing: UUID) -> Thing:
    """Find one thing this person may read; what may never be shared has no page to share it."""
    found = in_full([Thing.objects.visible_to(person, at).get(pk=thing)])[0]
    if not type(found).MAY_BE_SHARED:
        raise Thing.DoesNotExist
    return cast("Thing", found)


def kinds() -> dict[str, type[Thing]]:
    """Return every kind of thing there is, by its name."""
    return {
        model.KIND: model for model in apps.get_models() if issubclass(model, Thing) and model is not Thing
    }


def in_full(things: Iterable[Thing]) -> list[Any]:
    """Return the same things with the fields and words of their kind; one query, however many kinds."""
    things = list(things)
    models, present = kinds(), {thing.kind for thing in things}
    beside = rows_beside([thing.pk for thing in things], [models[kind] for kind in sorted(present)])
    return [_as_its_kind(thing, models[thing.kind], beside[thing.pk]) for thing in things]


def _as_its_kind(thing: Thing, model: type[Thing], row: dict[str, Any]) -> Any:
    values = {field.attname: thing.__dict__[field.attname] for field in Thing._meta.concrete_fields} | row
    return model.from_db(DEFAULT_DB_ALIAS, list(values), list(values.values()))


@composed
def under_id(id: UUID) -> ThingQuerySet[Thing]:
    """Find whatever stands under an id, if anything does; who may know that is for the one who asks."""
    return Thing.objects.filter(pk=id)


@dataclass(frozen=True)
class Companion:
    """A bond onto which a person can share now, and who sits on it."""

    bond: Bond
    person: Person
    hat: SeatHat
    until: datetime | None


def companions_of(person: Person, at: datetime) -> list[Companion]:
    """Return the people on the other end of this person's open work bonds: those one can share with now."""
    seats = sorted(_opposite_seats(person, at), key=lambda seat: (seat.person.display_name, seat.pk))
    return [Companion(seat.bond, seat.person, SeatHat(seat.hat), seat.closes_at) for seat in seats]


@composed
def _opposite_seats(person: Person, at: datetime) -> QuerySet[Seat]:
    mine = Q(bond__seats__person=person, bond__seats__hat=SeatHat.COACHEE, bond__purpose=Purpose.WORK)
    others = gate.open_seats(at).filter(mine, gate.seat_is_open(at, "bond__seats__"), ~Q(person=person))
    return others.select_related("bond", "person")


def seats_of(bond: Bond) -> list[Seat]:
    """Return the seats of one bond."""
    return list(bond.seats.select_related("person").order_by("pk"))
