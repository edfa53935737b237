"""Change who belongs to a programme, and the rules of an institution."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action, Hat
from klimtouw.ledger.actions import Act, record
from klimtouw.people.models import Person
from klimtouw.programmes.choices import (
    FEWEST_MONTHS,
    MOST_MONTHS,
    OLDEST_CONSENT,
    OPERATOR,
    RULES,
    YOUNGEST_CONSENT,
)
from klimtouw.programmes.matching.actions import forget_open_to_match
from klimtouw.programmes.models import Institution, Membership, RuleChange


class OutOfBounds(ValueError):
    """A rule that no institution may have; the message says which it may."""


@dataclass(frozen=True)
class Rules:
    """For how many months ended relations stay, and from which age somebody agrees alone; None: as it is."""

    kept_months: int | None = None
    consent_age: int | None = None

    def demand_bounds(self) -> None:
        """Raise `OutOfBounds` for what no institution may have."""
        if self.kept_months is not None and not FEWEST_MONTHS <= self.kept_months <= MOST_MONTHS:
            raise OutOfBounds(f"relations are kept {FEWEST_MONTHS} to {MOST_MONTHS} months.")
        if self.consent_age is not None and not YOUNGEST_CONSENT <= self.consent_age <= OLDEST_CONSENT:
            raise OutOfBounds(f"the consent age is {YOUNGEST_CONSENT} to {OLDEST_CONSENT}.")


@transaction.atomic
def change_rules(institution: Institution, rules: Rules, *, by: Person, at: datetime) -> RuleChange | None:
    """Change the rules of an institution; what is over already keeps the time that was told (P5). Raises `OutOfBounds`."""
    demand(by, Action.ARRANGE_RULES, institution, at)
    change = _change(institution, rules, at)
    if change:
        act = Act(by_id=by.pk, hat=Hat.ADMINISTRATOR, act=RULES, about_id=change.pk)
        record(owner_id=institution.pk, acts=[act], at=at)
    return change


@transaction.atomic
def set_rules_of(institution: Institution, rules: Rules, *, at: datetime) -> RuleChange | None:
    """Change the rules of an institution on the server itself; for whoever runs Klimtouw. Raises `OutOfBounds`."""
    change = _change(institution, rules, at)
    if change:
        act = Act(by_id=institution.pk, hat=OPERATOR, act=RULES, about_id=change.pk)
        record(owner_id=institution.pk, acts=[act], at=at)
    return change


def _change(institution: Institution, rules: Rules, at: datetime) -> RuleChange | None:
    """Write down what changes, and return it; nothing when nothing does."""
    rules.demand_bounds()
    now = Institution.objects.select_for_update().get(pk=institution.pk)
    change = RuleChange(
        institution=now,
        at=at,
        kept_months_before=now.relations_kept_months,
        kept_months=now.relations_kept_months if rules.kept_months is None else rules.kept_months,
        consent_age_before=now.consent_age,
        consent_age=now.consent_age if rules.consent_age is None else rules.consent_age,
    )
    if not change.changes_something:
        return None
    change.save(force_insert=True)
    now.relations_kept_months, now.consent_age = change.kept_months, change.consent_age
    now.save(update_fields=["relations_kept_months", "consent_age"])
    return change


def leave_all_programmes(person: Person) -> None:
    """End every membership of somebody who erases everything; the programmes go on. Whoever calls this has asked the policy."""
    Membership.objects.filter(person=person).delete()
    forget_open_to_match(person)
