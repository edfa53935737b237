"""Read schools, programmes and the help route."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import F, Max, Q, QuerySet

from klimtouw.people.composed import composed
from klimtouw.people.models import Person
from klimtouw.programmes.choices import (
    CONSENT_AGE,
    COUNTRY_OF,
    KEPT_MONTHS,
    Country,
    InstitutionKind,
    MembershipHat,
)
from klimtouw.programmes.models import HelpContact, Institution, Membership, Programme, RuleChange


def programme(person: Person, at: datetime, programme: UUID) -> Programme:
    """Find a programme; the policy decides who may do what with it."""
    return Programme.objects.select_related("institution").get(pk=programme)


def all_institutions() -> list[Institution]:
    """Return every institution, by name."""
    return list(Institution.objects.order_by("name", "pk"))


def institution_called(name: str) -> Institution | None:
    """Return the institution of a name, if there is one."""
    return Institution.objects.filter(name=name).first()


def institutions_of(person: Person) -> list[Institution]:
    """Return the institutions a person belongs to, by name."""
    return list(
        Institution.objects.filter(programmes__memberships__person=person).distinct().order_by("name", "pk")
    )


@dataclass(frozen=True)
class Arranged:
    """What somebody arranges: the programmes they coordinate, and the institutions they administer, each by name."""

    desks: list[Programme]
    institutions: list[Institution]


def arranged_by(person: Person) -> Arranged:
    """Return what somebody arranges; one query."""
    rows = _arranging(person)
    administered = {row.programme.institution for row in rows if row.hat == MembershipHat.ADMINISTRATOR}
    return Arranged(
        desks=[row.programme for row in rows if row.hat == MembershipHat.COORDINATOR],
        institutions=sorted(administered, key=lambda one: (one.name, one.pk)),
    )


@composed
def _arranging(person: Person) -> QuerySet[Membership]:
    hats = (MembershipHat.COORDINATOR, MembershipHat.ADMINISTRATOR)
    mine = Membership.objects.filter(person=person, hat__in=hats)
    return mine.select_related("programme__institution").order_by("programme__name", "programme__pk")


def programmes_without_another_coordinator(person: Person) -> list[Programme]:
    """Return the programmes that have no coordinator left once this person goes, by name."""
    others = Membership.objects.filter(hat=MembershipHat.COORDINATOR).exclude(person=person)
    mine = Programme.objects.filter(memberships__person=person, memberships__hat=MembershipHat.COORDINATOR)
    return list(mine.exclude(pk__in=others.values("programme")).order_by("name", "pk"))


def kept_months_in(programme: UUID | None) -> int:
    """Return for how many months the institution of a programme keeps ended relations; without a programme, the default."""
    if programme is None:
        return KEPT_MONTHS
    return Institution.objects.values_list("relations_kept_months", flat=True).get(programmes=programme)


def kept_months_at(programme: UUID | None, at: datetime) -> int:
    """Return for how many months the institution of a programme kept relations that ended at a moment, whatever it says since."""
    later = RuleChange.objects.filter(institution__programmes=programme, at__gt=at) if programme else None
    first = later.order_by("at", "pk").first() if later is not None else None
    return first.kept_months_before if first else kept_months_in(programme)


def rule_changes_of(institutions: Iterable[Institution]) -> list[RuleChange]:
    """Return how the rules of institutions changed, the newest first."""
    changes = RuleChange.objects.filter(institution__in=institutions)
    return list(changes.select_related("institution").order_by("-at", "-pk"))


def consent_age_here() -> int:
    """Return from which age somebody may agree alone: the highest that an institution here asks (P6).

    At sign-up it is not known yet to which institution somebody belongs, and too strict is better than too lax.
    """
    highest = Institution.objects.aggregate(highest=Max("consent_age"))["highest"]
    return max(highest or CONSENT_AGE, settings.CONSENT_AGE)


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
