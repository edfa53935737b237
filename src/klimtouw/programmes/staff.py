"""Who of a programme is staff and who learns there: whom a learner may ask, and who may stand behind a peer coach."""

from uuid import UUID

from django.db.models import QuerySet

from klimtouw.people.models import Person
from klimtouw.programmes.choices import MembershipHat
from klimtouw.programmes.models import Membership, Programme


def is_staff_of(person: Person, programme: UUID) -> bool:
    """Return whether somebody is staff of a programme now; one query."""
    return Membership.objects.filter(person=person, programme=programme, hat=MembershipHat.STAFF).exists()


def programmes_learned_by(person: Person) -> QuerySet[Programme]:
    """Return the programmes in which somebody learns, by name."""
    mine = Programme.objects.filter(memberships__person=person, memberships__hat=MembershipHat.LEARNER)
    return mine.order_by("name", "pk").distinct()


def staff_around(person: Person) -> QuerySet[Membership]:
    """Return the staff of the programmes in which somebody learns, by name."""
    staff = Membership.objects.filter(hat=MembershipHat.STAFF, programme__in=programmes_learned_by(person))
    around = staff.exclude(person=person).filter(person__is_active=True).select_related("person", "programme")
    return around.order_by("person__display_name", "person__pk", "programme__name", "pk")


def learns_and_is_no_staff(person: Person, programme: Programme | None) -> bool:
    """Return whether somebody who coaches does so as a fellow learner: then it is peer coaching (V22).

    Where the two share a programme, what counts is what the coach is there; otherwise, what the coach is anywhere.
    """
    hats = Membership.objects.filter(person=person)
    if programme is not None:
        hats = hats.filter(programme=programme)
    worn = set(hats.values_list("hat", flat=True))
    return MembershipHat.LEARNER in worn and MembershipHat.STAFF not in worn
