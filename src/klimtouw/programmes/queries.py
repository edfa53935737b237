"""Read schools, programmes and the help route."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from klimtouw.people.models import Person
from klimtouw.programmes.choices import COUNTRY_OF, Country, InstitutionKind, MembershipHat
from klimtouw.programmes.models import HelpContact, Institution, Programme


def programme(person: Person, at: datetime, programme: UUID) -> Programme:
    """Find a programme; the policy decides who may do what with it."""
    return Programme.objects.select_related("institution").get(pk=programme)


def institutions_of(person: Person) -> list[Institution]:
    """Return the institutions a person belongs to, by name."""
    return list(
        Institution.objects.filter(programmes__memberships__person=person).distinct().order_by("name", "pk")
    )


def programmes_coordinated_by(person: Person) -> list[Programme]:
    """Return the programmes a person coordinates, by name."""
    coordinated = Programme.objects.filter(
        memberships__person=person, memberships__hat=MembershipHat.COORDINATOR
    )
    return list(coordinated.select_related("institution").order_by("name", "pk"))


def help_contacts_for(institutions: list[Institution]) -> list[HelpContact]:
    """Return whom to turn to: one's own schools first, then the helplines of their countries, or of both; a number once."""
    countries = {COUNTRY_OF[InstitutionKind(institution.kind)] for institution in institutions} or set(
        Country
    )
    mine = Q(institution__in=institutions) | Q(institution=None, country__in=countries)
    contacts = HelpContact.objects.filter(mine).select_related("institution")
    ordered = contacts.order_by(F("institution__name").asc(nulls_last=True), "country", "position", "pk")
    first_with: dict[object, HelpContact] = {}
    for contact in ordered:
        first_with.setdefault(
            (contact.institution_id, contact.phone) if contact.phone else contact.pk, contact
        )
    return list(first_with.values())
