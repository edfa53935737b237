"""What a coachee shares with one coach: the list of it, and examples of the coach's own pages (C9)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from klimtouw.access.decide import Somebody, may
from klimtouw.access.table import Action, Hat
from klimtouw.belongings import gate
from klimtouw.belongings.eyes import Eyes
from klimtouw.belongings.models import Bond, Thing
from klimtouw.belongings.paging import Page
from klimtouw.belongings.queries import in_full
from klimtouw.belongings.queries import thing as thing_of
from klimtouw.belongings.readers import Reader, readers_of
from klimtouw.climb.models import Goal, Route
from klimtouw.climb.queries.follow import Followed, followed
from klimtouw.climb.queries.trail import page_of, slice_of
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from klimtouw.relations.queries.relations import relation as relation_of


@dataclass(frozen=True)
class InRelation:
    """A thing of the coachee in one relation; the policy is asked about the relation."""

    relation: Relation
    thing: Thing

    @property
    def state_now(self) -> str:
        """The state of the relation."""
        return self.relation.state_now

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """The hats in the relation."""
        return self.relation.hats_of(person, at)


@dataclass(frozen=True)
class Sharing(InRelation):
    """The same, where the policy is asked about the thing."""

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """What this person is to the thing."""
        return self.thing.hats_of(person, at)


def in_relation(person: Person, at: datetime, relation: UUID, thing: UUID) -> InRelation:
    """Find a thing of the coachee that both of a relation may read at this moment."""
    found = relation_of(person, at, relation)
    of_coachee = Thing.objects.visible_to(found.coach, at).kept().filter(owner=found.coachee)
    return InRelation(found, of_coachee.get(pk=thing))


def sharing(person: Person, at: datetime, thing: UUID, relation: UUID) -> Sharing:
    """Find a thing this person may read, and the relation in which it may be shared."""
    return Sharing(relation_of(person, at, relation), thing_of(person, at, thing))


def eyes_of_coach(relation: Relation, asker: Person, at: datetime) -> Eyes:
    """Return the eyes through which the coach of a relation reads, for the one who asks to look through them."""
    return Eyes(reader=relation.coach, at=at, asker=asker, relation_id=relation.pk)


def example_of_following(eyes: Eyes, relation: Relation, number: int) -> Followed | None:
    """Return what the coach's page to follow shows; None while the coach has no such page."""
    if not may(eyes.reader, Action.FOLLOW, relation, eyes.at):
        return None
    return followed(relation, eyes.reader, eyes.at, number).only(eyes.read_by_both)


@dataclass(frozen=True)
class SharedThing:
    """One thing, and who else can read it now until when."""

    thing: Thing
    reader: Reader


@dataclass(frozen=True)
class SharedWithCoach:
    """A page of what is shared, with who reads each thing until when."""

    page: Page[Thing]
    rows: list[SharedThing]


def shared_with_coach(relation: Relation, at: datetime, number: int) -> SharedWithCoach:
    """Return everything of the coachee that the coach can read now on the bonds of this relation, the newest first.

    Some queries and one per kind, however many things.
    """
    coach = relation.coach
    on_a_bond = gate.readable_on(relation.work_bond_id, coach, at) | gate.readable_on(
        relation.acquaintance_bond_id, coach, at
    )
    rows = Thing.objects.filter(on_a_bond, owner=relation.coachee_id, whole=None)
    page = page_of(list(rows.order_by("-created_at", "-pk")[slice_of(number)]), number)
    things = _with_goals(in_full(page.rows))
    readers = readers_of(things, at)
    return SharedWithCoach(page, [SharedThing(one, _of(coach, readers[one.pk])) for one in things])


def _of(coach: Person, readers: list[Reader]) -> Reader:
    return next(reader for reader in readers if reader.person.pk == coach.pk)


def _with_goals(things: list[Thing]) -> list[Thing]:
    """Load the goals by which routes are called; one query."""
    routes = [thing for thing in things if isinstance(thing, Route)]
    goals = Goal.objects.in_bulk([route.goal_id for route in routes])
    for route in routes:
        route.goal = goals[route.goal_id]
    return things


def bonds_of(relation: Relation) -> list[Bond]:
    """Return both bonds of a relation."""
    return list(Bond.objects.filter(pk__in=(relation.work_bond_id, relation.acquaintance_bond_id)))


def relation_on(bond: str, person: Person) -> Relation | None:
    """Return the relation of this coachee to which a work bond belongs; anything odd in an address is none."""
    try:
        key = UUID(bond)
    except ValueError:
        return None
    return Relation.objects.filter(coachee=person, work_bond=key).first()
