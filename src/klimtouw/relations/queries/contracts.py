"""Read contracts: the version in force, the version that waits for signatures, and what is different."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, prefetch_related_objects
from django.utils.timezone import localdate

from klimtouw.access.page import Language
from klimtouw.people.models import Person
from klimtouw.relations.choices import Rhythm, State
from klimtouw.relations.clauses import first_clauses
from klimtouw.relations.models import Clause, Contract, Relation, Signature
from klimtouw.relations.terms import Bounds, Difference, Terms, differences

FIRST_TALKS = 5
OFFERED_BEFORE_THE_END = timedelta(weeks=3)
OFFERED_FROM_THE_MIDDLE = timedelta(weeks=2)


def with_last_day(relations: QuerySet[Relation]) -> QuerySet[Relation]:
    """Add to each relation the last day of its contract in force."""
    return relations.annotate(last_day=_last_day())


def _last_day() -> Subquery:
    return _in_force("ends_on")


def first_day() -> Subquery:
    """Return the first day of the contract in force, to add to relations."""
    return _in_force("starts_on")


def _in_force(name: str) -> Subquery:
    in_force = Contract.objects.filter(relation=OuterRef("pk"), in_force_at__isnull=False).order_by("-number")
    return Subquery(in_force.values(name)[:1])


def last_day_of(relation: Relation) -> date | None:
    """Return the last day of the contract in force; the relation must come from `with_last_day`."""
    return cast("date | None", relation.last_day)  # type: ignore[attr-defined]  # added by the query


def as_it_stands(relation: Relation, at: datetime) -> Relation:
    """Past its last day a relation is completed, from that very moment, also before the job has written that down.

    So it is with a peer relation of which the attestation ended: it rests at once (V22).
    """
    last_day = last_day_of(relation)
    if relation.state in (State.RUNNING, State.PAUSED) and last_day and last_day < localdate(at):
        relation.state = State.COMPLETED
    if relation.state == State.RUNNING and relation.rests(at):
        relation.state = State.PAUSED
    return relation


def ends_soon(relation: Relation, at: datetime) -> bool:
    """Return whether the last day of a relation that goes on comes within some weeks; it must come from `with_last_day`."""
    last_day, today = last_day_of(relation), localdate(at)
    goes_on = relation.state in (State.RUNNING, State.PAUSED)
    return goes_on and last_day is not None and today <= last_day <= today + OFFERED_BEFORE_THE_END


def is_halfway(relation: Relation, at: datetime) -> bool:
    """Return whether the middle of what the two agreed was today or in the two weeks before; it must come from `as_seen_by`."""
    first_day = cast("date | None", relation.first_day)  # type: ignore[attr-defined]  # added by the query
    last_day = last_day_of(relation)
    if relation.state != State.RUNNING or first_day is None or last_day is None:
        return False
    middle = first_day + (last_day - first_day) / 2
    return middle <= localdate(at) < middle + OFFERED_FROM_THE_MIDDLE


def ended_relations(at: datetime) -> list[Relation]:
    """Return the relations whose last day is over while they still stand as running or paused."""
    live = Relation.objects.filter(state__in=(State.RUNNING, State.PAUSED)).annotate(last_day=_last_day())
    return list(live.filter(last_day__lt=localdate(at)).order_by("pk"))


def contract_in_force(relation: Relation) -> Contract | None:
    """Return the newest version that both signed."""
    return relation.contracts.filter(in_force_at__isnull=False).order_by("-number").first()


def newest_contract(relation: Relation) -> Contract | None:
    """Return the newest version, signed or not."""
    return relation.contracts.select_related("drafted_by").order_by("-number").first()


def terms_of(contract: Contract) -> Terms:
    """Return what stands in one version."""
    clauses = sorted(contract.clauses.all(), key=lambda clause: clause.position)
    return Terms(
        starts_on=contract.starts_on,
        ends_on=contract.ends_on,
        talks=contract.talks,
        rhythm=contract.rhythm,
        availability=contract.availability,
        coachee_may_expect=contract.coachee_may_expect,
        coach_may_expect=contract.coach_may_expect,
        clauses=tuple(clause.text for clause in clauses),
    )


def bounds_of(relation: Relation, at: datetime) -> Bounds:
    """Return the days a contract of this relation must keep to."""
    in_force = contract_in_force(relation)
    return Bounds(
        related_since=localdate(relation.started_at),
        today=localdate(at),
        in_force_until=in_force.ends_on if in_force else None,
    )


@dataclass(frozen=True)
class StartOfDraft:
    """What the form starts from: the newest version, or a first proposal."""

    newest: Contract | None
    fields: dict[str, Any]
    clauses: tuple[str, ...]
    renews: bool = False


def start_of_draft(
    relation: Relation, language: Language, at: datetime, *, renews: bool = False
) -> StartOfDraft:
    """Return the newest version to change, or the preset of the school; the last day is for the two to choose (V11).

    Who renews goes on from the day after the last one, and chooses a last day anew.
    """
    newest = newest_contract(relation)
    if newest is None:
        first = {"starts_on": localdate(at), "talks": FIRST_TALKS, "rhythm": Rhythm.FORTNIGHTLY}
        return StartOfDraft(None, first, first_clauses(relation, language))
    terms = asdict(terms_of(newest))
    is_renewal = renews and newest.in_force_at is not None
    if is_renewal:
        terms |= {"starts_on": newest.ends_on + timedelta(days=1), "ends_on": None}
    return StartOfDraft(newest, {**terms, "seen": newest.pk}, terms.pop("clauses"), is_renewal)


@dataclass(frozen=True)
class Version:
    """One version of the contract as a page shows it."""

    contract: Contract
    terms: Terms
    signatures: list[Signature]


@dataclass(frozen=True)
class ContractPage:
    """What holds now, what is proposed, and how they differ."""

    in_force: Version | None
    proposal: Version | None
    replaced: Contract | None
    """The earlier proposal, not signed by both, whose place the proposal takes."""
    differences: list[Difference]
    compared_with_force: bool
    i_signed: bool

    @property
    def shown(self) -> Version | None:
        """The version the page is about: the proposal first."""
        return self.proposal or self.in_force


def contract_page(relation: Relation, person: Person) -> ContractPage:
    """Return everything the page of the contract prints; at most six queries."""
    newest, in_force = newest_contract(relation), contract_in_force(relation)
    proposed = newest if newest and newest.in_force_at is None else None
    replaced = _replaced_by(proposed)
    loaded = _in_full([contract for contract in (proposed, in_force, replaced) if contract])
    before = in_force or replaced
    proposal = loaded[proposed.pk] if proposed else None
    return ContractPage(
        in_force=loaded[in_force.pk] if in_force else None,
        proposal=proposal,
        replaced=replaced,
        differences=differences(loaded[before.pk].terms, proposal.terms) if proposal and before else [],
        compared_with_force=in_force is not None,
        i_signed=proposal is not None and any(one.person_id == person.pk for one in proposal.signatures),
    )


def _replaced_by(proposal: Contract | None) -> Contract | None:
    """Return the unsigned version right before the proposal."""
    if proposal is None:
        return None
    earlier = proposal.relation.contracts.filter(number=proposal.number - 1, in_force_at=None)
    return earlier.select_related("drafted_by").first()


def _in_full(contracts: list[Contract]) -> dict[UUID, Version]:
    signatures = Signature.objects.select_related("person").order_by("signed_at", "pk")
    prefetch_related_objects(contracts, Prefetch("clauses", Clause.objects.order_by("position")))
    prefetch_related_objects(contracts, Prefetch("signatures", signatures))
    return {c.pk: Version(c, terms_of(c), list(c.signatures.all())) for c in contracts}
