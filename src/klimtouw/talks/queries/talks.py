"""Find a talk, the talks of a relation, and the bond between the two."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, OuterRef, QuerySet, Subquery

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.belongings import gate
from klimtouw.belongings.models import Bond
from klimtouw.foundation.clock import end_of
from klimtouw.people.models import Person
from klimtouw.relations.choices import Side
from klimtouw.relations.models import Contract, Relation
from klimtouw.relations.queries.contracts import as_it_stands, last_day_of
from klimtouw.talks.models import OVER, Talk, hats_at_talks


@dataclass(frozen=True)
class RelationTalks:
    """The talks of one relation, as a thing the policy can be asked about."""

    relation: Relation

    @property
    def state_now(self) -> str:
        """The state of the relation."""
        return self.relation.state_now

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """The hats at the talks of the relation."""
        return hats_at_talks(self.relation, person, at)


def _in_force(relation: str) -> QuerySet[Contract]:
    return Contract.objects.filter(relation=OuterRef(relation), in_force_at__isnull=False).order_by("-number")


def relation_talks(person: Person, at: datetime, relation: UUID) -> RelationTalks:
    """Find the talks of a relation as it stands at this moment, with what its contract says about talks; one query."""
    in_force = _in_force("pk")
    relations = Relation.objects.select_related("coachee", "coach").annotate(
        last_day=Subquery(in_force.values("ends_on")[:1]),
        first_day=Subquery(in_force.values("starts_on")[:1]),
        talks_agreed=Subquery(in_force.values("talks")[:1]),
    )
    return RelationTalks(as_it_stands(relations.get(pk=relation), at))


def talks_as_they_stand(talks: QuerySet[Talk], at: datetime) -> list[Talk]:
    """Return talks with their relation as it stands at this moment, and both people; one query."""
    return as_they_stand(list(with_relation(talks)), at)


def with_relation(talks: QuerySet[Talk]) -> QuerySet[Talk]:
    last_day = Subquery(_in_force("relation").values("ends_on")[:1])
    rhythm = Subquery(_in_force("relation").values("rhythm")[:1])
    both = talks.select_related("relation__coachee", "relation__coach")
    return both.annotate(last_day=last_day, rhythm=rhythm)


def as_they_stand(found: list[Talk], at: datetime) -> list[Talk]:
    for talk in found:
        talk.relation.last_day = talk.last_day  # type: ignore[attr-defined]  # what as_it_stands asks for
        as_it_stands(talk.relation, at)
    return found


def talk(person: Person, at: datetime, talk: UUID) -> Talk:
    """Find one talk; the door asks whether this person may come in."""
    found = talks_as_they_stand(Talk.objects.filter(pk=talk), at)
    if not found:
        raise Talk.DoesNotExist
    return found[0]


def talk_at_revision(talk: UUID, revision: int, at: datetime) -> Talk | None:
    """Return a talk if it still stands as it did at a revision."""
    return next(iter(talks_as_they_stand(Talk.objects.filter(pk=talk, revision=revision), at)), None)


def end_of_agreements(relation: Relation) -> datetime | None:
    """Return when what the two agreed ends; none while nothing is signed. The relation must come with its last day."""
    last_day = last_day_of(relation)
    return end_of(last_day, ZoneInfo(settings.TIME_ZONE)) if last_day else None


def bond_open_in(relation: Relation, at: datetime) -> Bond | None:
    """Return the bond on which both have an open seat now: the work bond first, before that the acquaintance bond."""
    chosen = _open_bond_in(relation, at)
    return Bond.objects.get(pk=chosen) if chosen else None


def has_open_bond(relation: Relation, at: datetime) -> bool:
    """Return whether the two can share anything with each other now; one query."""
    return _open_bond_in(relation, at) is not None


def _open_bond_in(relation: Relation, at: datetime) -> UUID | None:
    if relation.state in OVER:
        return None
    both = (relation.work_bond_id, relation.acquaintance_bond_id)
    seats = gate.open_seats(at).filter(bond__in=both).values("bond").annotate(taken=Count("pk"))
    open_bonds = {seat["bond"] for seat in seats if seat["taken"] == len(Side)}
    return next((bond for bond in both if bond in open_bonds), None)
