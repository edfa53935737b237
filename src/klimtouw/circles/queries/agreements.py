"""Read the agreements of a circle: what holds, what waits for signatures, and what is different."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects

from klimtouw.access.page import Language
from klimtouw.belongings import gate
from klimtouw.belongings.models import Thing
from klimtouw.belongings.queries import in_full
from klimtouw.circles.models import Circle, CircleAgreement, CircleClause, CirclePlace, CircleSignature
from klimtouw.circles.presets import FIRST_AGREEMENTS
from klimtouw.circles.terms import CircleTerms, differences
from klimtouw.people.models import Person
from klimtouw.relations.actions.invitations import STAYS_OPEN
from klimtouw.relations.terms import Difference


def newest_agreement(circle: Circle) -> CircleAgreement | None:
    """Return the newest version, signed or not."""
    return circle.agreements.select_related("drafted_by", "guide_to_be").order_by("-number").first()


def last_day_of(circle: Circle) -> date | None:
    """Return the last day of the version that holds."""
    holds = circle.agreements.filter(in_force_at__isnull=False).order_by("-number")
    return holds.values_list("ends_on", flat=True).first()


def has_signed(agreement: CircleAgreement, person: Person) -> bool:
    """Return whether this person signed this version; one query."""
    return agreement.signatures.filter(person=person, signed_at__isnull=False).exists()


def terms_of(agreement: CircleAgreement) -> CircleTerms:
    """Return what stands in one version."""
    clauses = sorted(agreement.clauses.all(), key=lambda clause: clause.position)
    names = sorted(one.person.name for one in agreement.signatures.all())
    return CircleTerms(
        ends_on=agreement.ends_on, clauses=tuple(clause.text for clause in clauses), names=tuple(names)
    )


@dataclass(frozen=True)
class Version:
    """One version as a page shows it."""

    agreement: CircleAgreement
    terms: CircleTerms
    signatures: Sequence[CircleSignature]

    @property
    def signed(self) -> list[CircleSignature]:
        """Return who signed, in that order."""
        signed = [(one.signed_at, one.pk, one) for one in self.signatures if one.signed_at]
        return [one for _at, _pk, one in sorted(signed, key=lambda each: each[:2])]

    @property
    def thinking(self) -> list[CircleSignature]:
        """Return who did not sign yet, by name."""
        return sorted((one for one in self.signatures if not one.signed_at), key=lambda one: one.person.name)


@dataclass(frozen=True)
class AgreementPage:
    """What holds now, what waits for signatures, and how they differ."""

    in_force: Version | None
    proposal: Version | None
    differences: list[Difference]
    i_signed: bool
    newcomers: list[Person]
    """Who will read, from the last signature on, what is shared here now."""

    @property
    def shown(self) -> Version | None:
        """The version the page is about: the proposal first."""
        return self.proposal or self.in_force

    @property
    def sign_until(self) -> datetime | None:
        """Until when somebody who comes may leave what waits unsigned; who is in the circle already goes nowhere."""
        return self.proposal.agreement.drafted_at + STAYS_OPEN if self.proposal else None


def agreement_page(circle: Circle, person: Person) -> AgreementPage:
    """Return everything the page of the agreements prints; at most six queries."""
    newest = newest_agreement(circle)
    holds = circle.agreements.filter(in_force_at__isnull=False).order_by("-number").first()
    proposed = newest if newest and newest.in_force_at is None else None
    loaded = _in_full([one for one in (proposed, holds) if one])
    proposal, in_force = (loaded[one.pk] if one else None for one in (proposed, holds))
    named = proposal.signatures if proposal else []
    return AgreementPage(
        in_force=in_force,
        proposal=proposal,
        differences=differences(in_force.terms, proposal.terms) if in_force and proposal else [],
        i_signed=any(one.person_id == person.pk and one.signed_at for one in named),
        newcomers=_newcomers(circle) if proposal else [],
    )


def _newcomers(circle: Circle) -> list[Person]:
    places = CirclePlace.objects.filter(circle=circle, seated_at=None).select_related("person")
    return [place.person for place in places.order_by("came_at", "pk")]


def _in_full(agreements: list[CircleAgreement]) -> dict[UUID, Version]:
    signatures = CircleSignature.objects.select_related("person")
    prefetch_related_objects(agreements, Prefetch("clauses", CircleClause.objects.order_by("position")))
    prefetch_related_objects(agreements, Prefetch("signatures", signatures))
    return {one.pk: Version(one, terms_of(one), list(one.signatures.all())) for one in agreements}


def own_shared_in(circle: Circle, person: Person, at: datetime) -> list[Any]:
    """Return what this person shares in a circle now: what somebody who comes will read too; four queries at most."""
    shared = gate.live_shares(at).filter(bond=circle.bond_id).values("thing")
    mine = Thing.objects.filter(owner=person, pk__in=shared).kept().order_by("-created_at", "-pk")
    return in_full(mine)


@dataclass(frozen=True)
class StartOfDraft:
    """What the form starts from: the newest version, or a first proposal; the last day is for the circle to choose."""

    newest: CircleAgreement | None
    fields: dict[str, Any]
    clauses: tuple[str, ...]


def start_of_draft(circle: Circle, language: Language) -> StartOfDraft:
    """Return the newest version to change, or the example to start from (V11: no silent renewal)."""
    newest = newest_agreement(circle)
    if newest is None:
        return StartOfDraft(None, {}, FIRST_AGREEMENTS[language])
    terms = terms_of(newest)
    ends_on = None if newest.in_force_at else newest.ends_on
    return StartOfDraft(newest, {"ends_on": ends_on, "seen": newest.pk}, terms.clauses)
