"""Read what belongs to a person; who looked at it stands in `looks`."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from klimtouw.belongings import gate
from klimtouw.belongings.choices import Purpose, SeatHat
from klimtouw.belongings.models import Bond, Seat, Share, Thing, ThingQuerySet
from klimtouw.belongings.names_of_bonds import names_of_bonds
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
    """A bond onto which a person can share now, and who sits on it: one coach, or the others in a circle."""

    bond: Bond
    people: tuple[Person, ...]
    hat: SeatHat
    until: datetime | None
    circle: str = ""
    """How the circle is called; empty for a coach."""

    @property
    def name(self) -> str:
        """Who will read it, in a few words."""
        return _("my circle %(circle)s") % {"circle": self.circle} if self.circle else self.people[0].name


def companions_of(person: Person, at: datetime) -> list[Companion]:
    """Return those one can share with now: the coaches on open work bonds, then the circles one sits in."""
    of_bond: defaultdict[UUID, list[Seat]] = defaultdict(list)
    for seat in sorted(_opposite_seats(person, at), key=lambda seat: (seat.person.display_name, seat.pk)):
        of_bond[seat.bond_id].append(seat)
    circles = {key for key, seats in of_bond.items() if seats[0].bond.purpose == Purpose.CIRCLE}
    names = names_of_bonds(circles)
    found = [_companion(seats, names.get(key, "")) for key, seats in of_bond.items()]
    return sorted(found, key=lambda one: one.circle)


def companions_for(thing: Thing, person: Person, at: datetime) -> list[Companion]:
    """Return those one can share this one thing with now: only where it has a place (V13)."""
    written_for = bonds_written_for(thing)
    return [one for one in companions_of(person, at) if has_a_place_on(one.bond, thing, written_for)]


def has_a_place_on(bond: Bond, thing: Thing, written_for: set[UUID]) -> bool:
    """Return whether a thing of this kind may be read there at all; what was written beside another's thing stays where it was (V13)."""
    kind = kinds()[thing.kind]
    if bond.purpose == Purpose.CIRCLE and not kind.INTO_CIRCLES:
        return False
    return not written_for or bond.pk in written_for


def is_shared_on(bond: Bond, thing: Thing, at: datetime) -> bool:
    """Return whether its owner lets the people of a bond read it now."""
    return gate.live_shares(at).filter(thing=thing.pk, bond=bond).exists()


def bonds_written_for(thing: Thing) -> set[UUID]:
    """Return where something stands that stays where it was written; nothing for any other thing, and before it is shared at all."""
    if not kinds()[thing.kind].STAYS_WHERE_WRITTEN:
        return set()
    return set(Share.objects.filter(thing=thing.pk).values_list("bond", flat=True))


def circles_to_share_with(person: Person, at: datetime) -> list[Companion]:
    """Return the circles one can share with now."""
    return [one for one in companions_of(person, at) if one.circle]


def coaches_of(person: Person, at: datetime) -> list[Person]:
    """Return who holds the rope of this person now."""
    return [one.people[0] for one in companions_of(person, at) if not one.circle]


def _companion(seats: list[Seat], circle: str) -> Companion:
    until = min((seat.closes_at for seat in seats if seat.closes_at), default=None)
    people = tuple(seat.person for seat in seats)
    return Companion(seats[0].bond, people, SeatHat(seats[0].hat), until, circle)


@composed
def _opposite_seats(person: Person, at: datetime) -> QuerySet[Seat]:
    climbs = Q(bond__seats__hat=SeatHat.COACHEE, bond__purpose=Purpose.WORK)
    mine = Q(bond__seats__person=person) & (climbs | Q(bond__purpose=Purpose.CIRCLE))
    others = gate.open_seats(at).filter(mine, gate.seat_is_open(at, "bond__seats__"), ~Q(person=person))
    return others.select_related("bond", "person")


def seats_of(bond: Bond) -> list[Seat]:
    """Return the seats of one bond."""
    return list(bond.seats.select_related("person").order_by("pk"))
