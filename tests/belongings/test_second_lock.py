"""The second lock: on PostgreSQL a page that forgets the gate still sees nothing of another (P1)."""

from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from klimtouw.belongings.actions import close_seats, keep, remove, revoke, reword, share
from klimtouw.belongings.lock_rows import is_laid
from klimtouw.belongings.models import Thing, Version
from klimtouw.belongings.queries import kinds
from klimtouw.climb.models import Goal, Route, Stage
from klimtouw.ledger.models import Line
from klimtouw.people.models import Person
from klimtouw.people.second_lock import ROLE, page_of, the_house
from klimtouw.relations.models import Relation

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("postgresql")]


@pytest.fixture
def goal(noor: Person, running_relation: Relation, at: datetime) -> Goal:
    """A goal of Noor with an earlier wording and a route, shared with nobody."""
    goal = keep(Goal, by=noor, at=at, text="Ik durf te bellen")
    route = keep(Route, by=noor, at=at, goal=goal)
    keep(Stage, by=noor, at=at, whole=route, position=1, text="Oefenen met Els")
    return reword(goal, by=noor, at=at, seen=1, text="Ik bel zelf de garage")


def everything_seen() -> dict[str, int]:
    """Ask the database without any gate: how many rows of each table of words come back."""
    seen = {kind: model._base_manager.count() for kind, model in kinds().items()}
    return {
        name: n
        for name, n in {**seen, "thing": Thing.objects.count(), "version": Version.objects.count()}.items()
        if n
    }


def test_a_query_that_forgot_the_gate_returns_nothing_of_another(
    goal: Goal, bram: Person, stan: Person, at: datetime
) -> None:
    for reader in (bram, stan):
        with page_of(reader.pk, at):
            assert everything_seen() == {}
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM climb_goal")
                assert cursor.fetchone() == (0,)


def test_the_owner_sees_all_of_it(goal: Goal, noor: Person, at: datetime) -> None:
    with page_of(noor.pk, at):
        assert everything_seen() == {"goal": 1, "route": 1, "stage": 1, "thing": 3, "version": 1}


def test_what_is_shared_is_seen_as_far_and_as_long_as_it_is_shared(
    goal: Goal, running_relation: Relation, noor: Person, bram: Person, stan: Person, at: datetime
) -> None:
    route, bond = Route.objects.get(goal=goal), running_relation.work_bond
    share(goal, onto=bond, by=noor, at=at, until=at + timedelta(days=2))
    share(route, onto=bond, by=noor, at=at)
    with page_of(bram.pk, at):
        assert everything_seen() == {"goal": 1, "route": 1, "stage": 1, "thing": 3}  # and no earlier wording
    with page_of(stan.pk, at):
        assert everything_seen() == {}
    with page_of(bram.pk, at + timedelta(days=2)):
        assert everything_seen() == {"route": 1, "stage": 1, "thing": 2}
    remove(route, by=noor, at=at)
    with page_of(bram.pk, at):
        assert everything_seen() == {"goal": 1, "thing": 1}
    revoke(goal, onto=bond, by=noor, at=at)
    with page_of(bram.pk, at):
        assert everything_seen() == {}


def test_v24_after_the_end_nothing_is_seen(
    goal: Goal, running_relation: Relation, noor: Person, bram: Person, at: datetime
) -> None:
    share(goal, onto=running_relation.work_bond, by=noor, at=at)
    with page_of(bram.pk, at + timedelta(days=120)):
        assert everything_seen() == {}  # the last day is over
    with page_of(bram.pk, at + timedelta(days=1)):
        assert everything_seen() == {"goal": 1, "thing": 1}
    close_seats(running_relation.work_bond, at=at + timedelta(days=1))
    for moment in (timedelta(hours=1), timedelta(days=1)):  # also when a clock jumps back
        with page_of(bram.pk, at + moment):
            assert everything_seen() == {}


def test_v1_a_page_of_the_coach_changes_and_erases_nothing_of_the_coachee(
    goal: Goal, running_relation: Relation, noor: Person, bram: Person, at: datetime
) -> None:
    share(goal, onto=running_relation.work_bond, by=noor, at=at)
    with page_of(bram.pk, at):
        assert Thing.objects.filter(pk=goal.pk).update(removed_at=at) == 0
        assert Goal.objects.filter(pk=goal.pk).update(state="rests") == 0
        assert Goal.objects.filter(pk=goal.pk)._raw_delete(connection.alias) == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            Goal(owner=noor, kind="goal", created_at=at, changed_at=at, text="").save(force_insert=True)


def test_no_page_changes_or_erases_a_line_of_the_ledger(
    goal: Goal, running_relation: Relation, noor: Person, at: datetime
) -> None:
    share(goal, onto=running_relation.work_bond, by=noor, at=at)
    for forbidden in (lambda: Line.objects.update(act="look"), Line.objects.all().delete):
        with page_of(noor.pk, at), pytest.raises(DatabaseError), transaction.atomic():
            forbidden()


def test_the_role_of_the_pages_owns_nothing_and_is_bound(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcanlogin, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = %s",
            [ROLE],
        )
        assert cursor.fetchall() == [(False, False, False, False, False)]
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = %s::regrole", [ROLE])
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_nothing_of_a_page_is_left_on_a_connection_that_the_next_one_gets(
    goal: Goal, noor: Person, stan: Person, at: datetime
) -> None:
    """As behind a pool that hands the connection on after each transaction."""
    for _ in range(2):
        with page_of(noor.pk, at):
            assert everything_seen()["goal"] == 1
        with page_of(stan.pk, at):
            assert everything_seen() == {}
    with pytest.raises(ZeroDivisionError), page_of(noor.pk, at):
        raise ZeroDivisionError
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role'), current_setting('klimtouw.person', true)")
        assert cursor.fetchone() == ("none", "")


def test_the_house_erases_inside_a_page_and_the_page_goes_on_behind_its_lock(
    goal: Goal, stan: Person, at: datetime
) -> None:
    with page_of(stan.pk, at):
        with the_house():
            assert everything_seen()["goal"] == 1
        assert everything_seen() == {}


def test_after_a_fault_in_the_house_the_page_is_behind_its_lock_again(
    goal: Goal, stan: Person, at: datetime
) -> None:
    with page_of(stan.pk, at):
        with pytest.raises(Goal.DoesNotExist), the_house():
            Goal.objects.get(pk=stan.pk)
        assert everything_seen() == {}


def test_a_table_of_words_without_its_lock_is_noticed(db: None) -> None:
    assert is_laid()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE climb_goal DISABLE ROW LEVEL SECURITY")
    with pytest.raises(CommandError, match="klimtouw migrate"):
        call_command("second_lock", "--check")
    call_command("second_lock")
    call_command("second_lock", "--check")
