"""Which relations a person has, each with what this person, and nobody else, did there."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from klimtouw.people.composed import composed
from klimtouw.people.models import Person
from klimtouw.relations.choices import Side, State
from klimtouw.relations.models import ClickAnswer, Contract, Relation, Signature, SupportLook
from klimtouw.relations.queries.contracts import as_it_stands, first_day, with_last_day

LIVE = (State.ACQUAINTING, State.CLICKING, State.CONTRACTING, State.RUNNING, State.PAUSED)


@dataclass(frozen=True)
class OwnActs:
    """What one person did in a relation themselves, as far as it decides what is next for them; nothing of the other (V7)."""

    click: str | None
    thinks_until: date | None
    a_proposal_waits: bool
    signed_the_newest: bool
    looked_halfway: bool = False


def own_acts(relation: Relation) -> OwnActs:
    """Return the own acts that `relation` and `relations_of` brought along for the person who asked."""
    return OwnActs(
        click=relation.own_click,  # type: ignore[attr-defined]  # added by the query
        thinks_until=relation.own_thinks_until,  # type: ignore[attr-defined]  # added by the query
        a_proposal_waits=relation.a_proposal_waits,  # type: ignore[attr-defined]  # added by the query
        signed_the_newest=relation.signed_the_newest,  # type: ignore[attr-defined]  # added by the query
        looked_halfway=relation.looked_halfway,  # type: ignore[attr-defined]  # added by the query
    )


def relation(person: Person, at: datetime, relation: UUID) -> Relation:
    """Find one relation of this person as it stands now, with their own acts; the doors of every package find it here."""
    return as_it_stands(relation_as_written(person, at, relation), at)


def relation_as_written(person: Person, at: datetime, relation: UUID) -> Relation:
    """Find one relation of this person in the state last written down, also when its last day is over."""
    if found := _one_seen_by.first(person, relation):
        if found.state == State.RUNNING and found.rests(at):
            found.state = State.PAUSED
        return found
    raise Relation.DoesNotExist


@composed
def _one_seen_by(person: Person, relation: UUID) -> QuerySet[Relation]:
    return as_seen_by(person).filter(pk=relation)


def relations_of(person: Person, at: datetime) -> list[Relation]:
    """Return this person's relations, the live ones first, then the newest; what they put away is gone (V8)."""
    rows = sorted(_kept_by(person), key=lambda row: (row.started_at, row.pk), reverse=True)
    rows.sort(
        key=lambda row: row.state not in LIVE
    )  # before the last day is looked at: a place does not move by itself
    return [as_it_stands(row, at) for row in rows]


@composed
def _kept_by(person: Person) -> QuerySet[Relation]:
    put_away = Q(coachee=person, coachee_put_away=True) | Q(coach=person, coach_put_away=True)
    return as_seen_by(person).exclude(put_away)


def as_seen_by(person: Person) -> QuerySet[Relation]:
    """Add what only this person may know of their own acts: their click answer, whether they signed the newest contract."""
    mine = ClickAnswer.objects.filter(relation=OuterRef("pk"), person=person)
    newest = Contract.objects.filter(relation=OuterRef("pk")).order_by("-number")
    looks = SupportLook.objects.kept().filter(owner=person, relation=OuterRef("pk"))
    rows = Relation.objects.filter(Q(coachee=person) | Q(coach=person)).select_related(
        "coachee", "coach", "acquaintance_bond", "responsible"
    )
    return with_last_day(rows).annotate(
        own_click=Subquery(mine.values("answer")[:1]),
        own_thinks_until=Subquery(mine.values("think_until")[:1]),
        newest_contract=Subquery(newest.values("pk")[:1]),
        a_proposal_waits=Exists(Contract.objects.filter(pk=OuterRef("newest_contract"), in_force_at=None)),
        signed_the_newest=Exists(
            Signature.objects.filter(contract=OuterRef("newest_contract"), person=person)
        ),
        first_day=first_day(),
        looked_halfway=Exists(looks),
    )


def live_relation_between(*, coachee: Person, coach: Person) -> Relation | None:
    """Return the relation these two are in now, if any."""
    return Relation.objects.filter(coachee=coachee, coach=coach, state__in=LIVE).first()


def has_live_relation_with_address(person: Person, side: Side, email: str) -> bool:
    """Return whether this person, on that side, is in a live relation with whoever has this address."""
    live = Relation.objects.filter(state__in=LIVE)
    if side == Side.COACH:
        return live.filter(coach=person, coachee__email__iexact=email).exists()
    return live.filter(coachee=person, coach__email__iexact=email).exists()
