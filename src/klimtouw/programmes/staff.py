"""Who of a programme is staff and who learns there: whom a learner may ask, and who may stand behind a peer coach."""

from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

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


def coaches_as_fellow_learner(coach: Person, coachee: Person | None) -> bool:
    """Return whether somebody coaches this person as a fellow learner: then it is peer coaching (V22).

    What counts is what the coach is in all the programmes both belong to: a learner in one, and staff in none of them. Only
    where they share no programme, or nobody knows yet who is coached, what counts is what the coach is anywhere.
    """
    of_both = Membership.objects.filter(person=coachee, programme=OuterRef("programme"))
    mine = Membership.objects.filter(person=coach).annotate(is_shared=Exists(of_both))
    hats = set(mine.values_list("hat", "is_shared"))
    worn = {hat for hat, is_shared in hats if is_shared} or {hat for hat, _is_shared in hats}
    return MembershipHat.LEARNER in worn and MembershipHat.STAFF not in worn
