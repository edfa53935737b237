"""Names and states of relations, for those who arrange: plain values, without a way to anybody's words (B4)."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from klimtouw.people.models import Person
from klimtouw.programmes.models import Programme
from klimtouw.relations.choices import Origin, State
from klimtouw.relations.models.relations import Relation


@dataclass(frozen=True)
class RelationState:
    """Who coaches whom, how they found each other, and where they stand."""

    coachee: str
    coach: str
    origin: str
    state: State


def states_in(programme: Programme) -> list[RelationState]:
    """Return every relation of a programme by name of the coachee; one that did not start is nobody's business (V8)."""
    relations = (
        Relation.objects.filter(programme=programme)
        .exclude(state=State.NOT_STARTED)
        .select_related("coachee", "coach")
        .only(
            "state",
            "origin",
            "coachee__display_name",
            "coachee__email",
            "coach__display_name",
            "coach__email",
        )
        .order_by("coachee__display_name", "pk")
    )
    return [
        RelationState(
            coachee=relation.coachee.name,
            coach=relation.coach.name,
            origin=str(Origin(relation.origin).label),
            state=State(relation.state),
        )
        for relation in relations
    ]


def coached_by(person: Person) -> QuerySet[Relation, UUID]:
    """Return whom somebody coaches, or is getting to know as their coach: ids alone, asked inside another query."""
    over = (State.NOT_STARTED, State.COMPLETED, State.STOPPED)
    live = Relation.objects.filter(coach=person).exclude(state__in=over)
    return live.values_list("coachee", flat=True)
