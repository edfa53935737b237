"""Change who belongs to a programme, and the rules of an institution."""

from django.db import transaction

from klimtouw.people.models import Person
from klimtouw.programmes.choices import FEWEST_MONTHS, MOST_MONTHS, OLDEST_CONSENT, YOUNGEST_CONSENT
from klimtouw.programmes.models import Institution, Membership


class OutOfBounds(ValueError):
    """A rule that no institution may have; the message says which it may."""


@transaction.atomic
def set_rules_of(
    institution: Institution, *, kept_months: int | None = None, consent_age: int | None = None
) -> None:
    """Say for how long an institution keeps ended relations, and below which age it asks consent; for whoever runs Klimtouw.

    Who was told a day of erasing already is told a new one when that comes later (P5). Raises `OutOfBounds`.
    """
    if kept_months is not None:
        if not FEWEST_MONTHS <= kept_months <= MOST_MONTHS:
            raise OutOfBounds(f"relations are kept {FEWEST_MONTHS} to {MOST_MONTHS} months.")
        institution.relations_kept_months = kept_months
    if consent_age is not None:
        if not YOUNGEST_CONSENT <= consent_age <= OLDEST_CONSENT:
            raise OutOfBounds(f"the consent age is {YOUNGEST_CONSENT} to {OLDEST_CONSENT}.")
        institution.consent_age = consent_age
    institution.save(update_fields=["relations_kept_months", "consent_age"])


def leave_all_programmes(person: Person) -> None:
    """End every membership of somebody who erases everything; the programmes go on. Whoever calls this has asked the policy."""
    Membership.objects.filter(person=person).delete()
