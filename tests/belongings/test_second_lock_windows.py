"""The second lock opens and closes at the same moments as the gate, and one's own opens nothing of another (P1)."""

from datetime import datetime
from itertools import product

import pytest
from django.db import connection

from klimtouw.belongings.actions import keep
from klimtouw.belongings.models import Share, Thing
from klimtouw.climb.models import Goal, Route, Stage
from klimtouw.people.models import Person
from klimtouw.people.second_lock import ROLE, page_of
from klimtouw.relations.models import Relation
from klimtouw.replies.models import Suggestion
from tests.belongings.test_gate_in_sql import AFTER, BEFORE, BEGINS, ENDS, bond_with

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("postgresql")]


def test_every_window_opens_and_closes_in_the_lock_as_in_the_gate(
    noor: Person, bram: Person, at: datetime
) -> None:
    for window, since, until in product(product(BEGINS, ENDS), BEGINS, ENDS):
        goal = keep(Goal, by=noor, at=at, text="Ik durf.")
        ends = None if until is None else max(at + until, at + since + AFTER)
        Share.objects.create(thing=goal, bond=bond_with(bram, at, *window), since=at + since, until=ends)
    by_the_gate = set(Goal.objects.visible_to(bram, at).values_list("pk", flat=True))
    with page_of(bram.pk, at):
        by_the_lock = set(Goal.objects.values_list("pk", flat=True))
    assert len(by_the_gate) > 10
    assert by_the_lock == by_the_gate


def test_what_is_put_away_is_not_seen_although_its_share_still_stands(
    noor: Person, bram: Person, at: datetime
) -> None:
    goal = keep(Goal, by=noor, at=at, text="Ik durf.")
    route = keep(Route, by=noor, at=at, goal=goal)
    stages = [keep(Stage, by=noor, at=at, whole=route, position=n, text="Eerst.") for n in (1, 2)]
    Share.objects.create(thing=route, bond=bond_with(bram, at, BEFORE, None), since=at)
    Thing.objects.filter(pk=stages[1].pk).update(removed_at=at)
    with page_of(bram.pk, at):
        assert set(Thing.objects.values_list("pk", flat=True)) == {route.pk, stages[0].pk}
    Thing.objects.filter(pk=route.pk).update(removed_at=at)
    with page_of(bram.pk, at):
        assert not Thing.objects.exists()


def test_v1_who_has_a_goal_of_their_own_changes_no_other(
    running_relation: Relation, noor: Person, bram: Person, at: datetime
) -> None:
    goal = keep(Goal, by=noor, at=at, text="Ik durf.")
    keep(Goal, by=bram, at=at, text="Van mij.")
    Share.objects.create(thing=goal, bond=running_relation.work_bond, since=at)
    with page_of(bram.pk, at):
        assert Goal.objects.count() == 2
        assert Goal.objects.filter(pk=goal.pk).update(state="rests") == 0


def test_v3_the_coachee_alone_answers_a_suggestion_that_is_not_hers(
    running_relation: Relation, noor: Person, bram: Person, stan: Person, at: datetime
) -> None:
    goal = keep(Goal, by=noor, at=at, text="Ik durf.")
    suggestion = keep(Suggestion, by=bram, at=at, about_id=goal.pk, text="Bel eerst.")
    Share.objects.create(thing=suggestion, bond=running_relation.work_bond, since=at)
    for person, changed in ((noor, 1), (stan, 0)):
        with page_of(person.pk, at):
            assert Suggestion.objects.update(outcome="parked") == changed


def test_the_role_of_the_pages_has_no_right_to_change_a_line_or_a_key(db: None) -> None:
    rights = {}
    with connection.cursor() as cursor:
        for table, right in product(("ledger_line", "people_datakey"), ("INSERT", "UPDATE", "DELETE")):
            cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [ROLE, table, right])
            rights[table, right] = cursor.fetchone()[0]
    assert {key for key, is_given in rights.items() if not is_given} == {
        ("ledger_line", "UPDATE"), ("ledger_line", "DELETE"), ("people_datakey", "UPDATE"),
    }  # fmt: skip
