"""Which circles a person is in, and who is in a circle now."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from klimtouw.belongings import gate
from klimtouw.belongings.choices import SeatHat
from klimtouw.belongings.names_of_bonds import names_bonds
from klimtouw.circles.choices import FEWEST, CircleState
from klimtouw.circles.models import Circle, CircleAgreement, CirclePlace, CircleSignature
from klimtouw.people.composed import composed
from klimtouw.people.models import Person
from klimtouw.relations.actions.invitations import STAYS_OPEN


def circle(person: Person, at: datetime, circle: UUID) -> Circle:
    """Find one circle this person is in now, or is about to join; the doors of every package find it here."""
    if found := _one_of.first(person, circle, at):
        return found
    raise Circle.DoesNotExist


def circles_of(person: Person, at: datetime) -> list[Circle]:
    """Return the circles this person is in now, or is about to join; the newest first."""
    return list(_all_of(person, at))


@composed
def _one_of(person: Person, circle: UUID, at: datetime) -> QuerySet[Circle]:
    return _of(person, at).filter(pk=circle)


@composed
def _all_of(person: Person, at: datetime) -> QuerySet[Circle]:
    return _of(person, at).order_by("-started_at", "-pk")


def _of(person: Person, at: datetime) -> QuerySet[Circle]:
    sits = Q(bond__in=gate.open_seats(at).filter(person=person).values("bond"))
    waits = Q(pk__in=CirclePlace.objects.filter(person=person, seated_at=None).values("circle"))
    rows = Circle.objects.exclude(state=CircleState.ENDED).filter(sits | waits)
    return rows.select_related("bond", "facilitator")


def members_of(circle: Circle, at: datetime) -> list[Person]:
    """Return the people in a circle now, its facilitator first and the others by name."""
    seats = gate.open_seats(at).filter(bond=circle.bond_id).select_related("person")
    in_order = sorted(
        seats, key=lambda seat: (seat.hat != SeatHat.FACILITATOR, seat.person.name.lower(), seat.pk)
    )
    return [seat.person for seat in in_order]


def waiting_in(circle: Circle) -> list[Person]:
    """Return who said yes to a circle and waits until all have signed, in the order they came."""
    places = CirclePlace.objects.filter(circle=circle, seated_at=None).select_related("person")
    return [place.person for place in places.order_by("came_at", "pk")]


def missing_in(circle: Circle) -> int:
    """Return how many members a circle misses to begin, or to be more than a few; one query."""
    return max(FEWEST - CirclePlace.objects.filter(circle=circle, hat=SeatHat.MEMBER).count(), 0)


def silent_places(at: datetime) -> QuerySet[CirclePlace]:
    """Return who said yes to a circle and did not sign its newest agreements, three weeks after those were written."""
    newer = CircleAgreement.objects.filter(
        circle=OuterRef("agreement__circle"), number__gt=OuterRef("agreement__number")
    )
    unsigned = CircleSignature.objects.filter(
        ~Exists(newer),
        agreement__circle=OuterRef("circle"),
        agreement__in_force_at=None,
        agreement__drafted_at__lte=at - STAYS_OPEN,
        person=OuterRef("person"),
        signed_at=None,
    )
    places = CirclePlace.objects.filter(Exists(unsigned), seated_at=None).exclude(
        circle__state=CircleState.ENDED
    )
    return places.order_by("pk")


@names_bonds
def names_of_circles(bonds: Collection[UUID]) -> dict[UUID, str]:
    """Return how the circles on these bonds are called; one query."""
    circles = list(
        Circle.objects.filter(bond__in=bonds)
    )  # all there before a name is opened: their keys come together
    return {circle.bond_id: circle.name for circle in circles}
