"""What else there is in the world of the guards: other people's relations, and ids that tell nothing.

Where the owner is always the first row and every table counts from one, a mistaken comparison of ids lets everything through
unseen. So the rows of each table begin at a number of their own above five thousand, the other members of the cast have relations,
texts and a hat of their own elsewhere, and the second order of the matrix makes everybody and everything the other way round.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import AutoField

from klimtouw.belongings.actions import keep
from klimtouw.belongings.models import Share, Thing
from klimtouw.climb.models import Goal
from klimtouw.people.models import Person
from klimtouw.programmes.models import Institution, Membership, Programme
from klimtouw.relations.choices import State
from klimtouw.relations.models import Contract, Relation
from klimtouw.replies.models import Suggestion
from klimtouw.talks.models import Moment, Talk
from tests.stories import make_relation

ELSEWHERE = "elders-kanarievogel"
"""Stands in every text of other relations; it may never reach Noor or Bram."""
ABOVE = 5_000


@dataclass
class Elsewhere:
    """Another relation that runs, with something in it, between two people who are nothing to Noor and Bram."""

    relation: Relation
    goal: Goal
    suggestion: Suggestion
    talk: Talk
    moment: Moment

    @property
    def ids(self) -> dict[str, UUID | int]:
        """Return the ids in it, by what they are of."""
        return {
            "relation": self.relation.pk, "bond": self.relation.work_bond_id, "goal": self.goal.pk,
            "suggestion": self.suggestion.pk, "talk": self.talk.pk, "moment": self.moment.pk,
            "contract": Contract.objects.get(relation=self.relation).pk, "coachee": self.relation.coachee_id,
        }  # fmt: skip


def build_elsewhere(coachee: Person, coach: Person, at: datetime) -> Elsewhere:
    """Build a relation that runs, of two others."""
    earlier = at - timedelta(days=2)
    relation = make_relation(coachee, coach, State.RUNNING, at - timedelta(days=3))
    goal = keep(Goal, by=coachee, at=earlier, text=ELSEWHERE)
    suggestion = keep(Suggestion, by=coach, at=earlier, about_id=goal.pk, text=ELSEWHERE)
    for thing in (goal, suggestion):
        Share.objects.create(thing_id=thing.pk, bond=relation.work_bond, since=earlier)
    talk = Talk.objects.create(
        relation=relation, proposed_by=coach, proposed_at=earlier, place=ELSEWHERE, minutes=30
    )
    moment = Moment.objects.create(talk=talk, starts_at=at + timedelta(days=1))
    return Elsewhere(relation, goal, suggestion, talk, moment)


def build_the_rest(
    vera: Person, stan: Person, ines: Person, amir: Person, at: datetime
) -> tuple[Elsewhere, Elsewhere]:
    """Give everybody another hat elsewhere: Vera, who coordinates here, coaches there; Amir coordinates another programme."""
    other = Institution.objects.create(name="Een andere school", kind="be_higher")
    another = Programme.objects.create(institution=other, name="Een andere opleiding")
    Membership.objects.create(person=amir, programme=another, hat="coordinator")
    return build_elsewhere(stan, vera, at), build_elsewhere(ines, amir, at)


def number_rows_from_above() -> None:
    """Let every table that counts its rows count on from a number of its own, above five thousand."""
    tables = [model._meta.db_table for model in apps.get_models() if isinstance(model._meta.pk, AutoField)]
    starts = {table: ABOVE + 1_000 * place for place, table in enumerate(sorted(tables))}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table, start in starts.items():
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, start])
            return
        cursor.execute("DELETE FROM sqlite_sequence")
        cursor.executemany("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", list(starts.items()))


def rows_of(elsewhere: Elsewhere) -> list[object]:
    """Return everything of another relation that an act of somebody else could change."""
    relation = elsewhere.relation
    bonds = [relation.work_bond_id, relation.acquaintance_bond_id]
    return [
        Relation.objects.filter(pk=relation.pk).values().get(),
        *Thing.objects.filter(pk__in=[elsewhere.goal.pk, elsewhere.suggestion.pk]).order_by("pk").values(),
        *Suggestion.objects.filter(pk=elsewhere.suggestion.pk).values("outcome"),
        *Share.objects.filter(bond__in=bonds).order_by("pk").values(),
        *Talk.objects.filter(relation=relation).order_by("pk").values("pk", "revision", "state"),
        *Contract.objects.filter(relation=relation).order_by("pk").values("pk", "number", "in_force_at"),
    ]
