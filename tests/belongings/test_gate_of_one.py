"""The gate about one thing, asked directly: visitors, wholes, and which hat a look is written down with."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from klimtouw.access.table import Hat
from klimtouw.belongings.actions import close_seats, keep, share
from klimtouw.belongings.choices import LOOK, SeatHat
from klimtouw.belongings.gate import (
    hats_once_shared,
    hats_to,
    hats_to_each,
    is_given_for_good,
    note_looks,
    open_seats,
    with_wholes,
)
from klimtouw.belongings.models import Thing
from klimtouw.climb.models import Goal, Route, Stage
from klimtouw.ledger.models import Line
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from klimtouw.replies.models import Reply

COACH, COACHEE = Hat.COACH_ONCE_SHARED, Hat.COACHEE_ONCE_SHARED
NONE: frozenset[Hat] = frozenset()


@pytest.fixture
def goal(noor: Person, running_relation: Relation, at: datetime) -> Goal:
    """A goal of Noor that Bram reads."""
    goal = keep(Goal, by=noor, at=at, text="Ik durf.")
    share(goal, onto=running_relation.work_bond, by=noor, at=at)
    return goal


def looks(reader: Person) -> list[tuple[object, str]]:
    """Return what somebody opened, and in which hat."""
    return list(Line.objects.filter(by_id=reader.pk, act=LOOK).order_by("pk").values_list("about_id", "hat"))


def test_a_visitor_is_nothing_to_anything(goal: Goal, at: datetime) -> None:
    assert hats_to(goal, AnonymousUser(), at) == NONE
    assert hats_to_each([goal], AnonymousUser(), at) == {goal.pk: NONE}


def test_the_owner_is_the_owner_also_of_what_is_shared_and_asks_nothing(
    goal: Goal, noor: Person, at: datetime
) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert hats_to_each([goal], noor, at) == {goal.pk: frozenset({Hat.OWNER})}
    assert len(asked) == 0


def test_of_each_among_several_its_own_hats(
    goal: Goal, noor: Person, bram: Person, running_relation: Relation, at: datetime
) -> None:
    private = keep(Goal, by=noor, at=at, text="Nog van mij alleen.")
    of_bram = keep(Goal, by=bram, at=at, text="Van Bram.")
    route = keep(Route, by=noor, at=at, goal=goal)
    stage = keep(Stage, by=noor, at=at, whole=route, position=1, text="Eerst.")
    share(route, onto=running_relation.work_bond, by=noor, at=at)
    things: list[Thing] = [goal, private, of_bram, route, stage]
    assert with_wholes([goal, stage]) == {goal.pk, stage.pk, route.pk}
    assert hats_to_each(things, bram, at) == {
        goal.pk: {COACH}, private.pk: NONE, of_bram.pk: {Hat.OWNER}, route.pk: {COACH}, stage.pk: {COACH},
    }  # fmt: skip
    assert hats_once_shared([goal, stage], bram, at) == {goal.pk: {COACH}, stage.pk: {COACH}}


def test_what_is_put_away_gives_no_hat_and_neither_does_its_share(
    goal: Goal, bram: Person, at: datetime
) -> None:
    Thing.objects.filter(pk=goal.pk).update(removed_at=at)
    assert hats_to(Goal.objects.get(pk=goal.pk), bram, at) == NONE
    assert hats_to(goal, bram, at) == NONE  # also for who still holds it as it was


def test_a_seat_that_is_closed_is_not_open(running_relation: Relation, bram: Person, at: datetime) -> None:
    seats = running_relation.work_bond.seats
    ends = seats.get(person=bram).closes_at
    assert set(open_seats(at).filter(bond=running_relation.work_bond)) == set(seats.all())
    assert not open_seats(ends).filter(person=bram, bond=running_relation.work_bond).exists()
    assert not open_seats(at - timedelta(microseconds=1)).filter(bond=running_relation.work_bond).exists()


def test_a_look_is_written_in_the_hat_through_which_one_reads(
    goal: Goal, noor: Person, bram: Person, at: datetime
) -> None:
    note_looks([goal], bram, at)
    note_looks([goal], bram, at, hats=frozenset({COACHEE}))
    note_looks([goal], bram, at, worn={goal.pk: frozenset({COACHEE})})
    note_looks([goal], bram, at, worn={goal.pk: frozenset({COACHEE, COACH})})
    assert looks(bram) == [(goal.pk, COACH), (goal.pk, COACHEE), (goal.pk, COACHEE), (goal.pk, COACH)]
    assert Line.objects.filter(owner_id=noor.pk, act=LOOK).count() == 4


def test_of_several_each_owner_gets_the_look_at_their_own_and_ones_own_leaves_none(
    goal: Goal, noor: Person, bram: Person, at: datetime
) -> None:
    of_bram = keep(Goal, by=bram, at=at, text="Van Bram.")
    note_looks([goal, of_bram], bram, at)
    note_looks([of_bram], bram, at, hats=frozenset({Hat.OWNER}))
    assert looks(bram) == [(goal.pk, COACH)]
    assert list(Line.objects.filter(act=LOOK).values_list("owner_id", flat=True)) == [noor.pk]


def given(bram: Person, goal: Goal, relation: Relation, at: datetime) -> Reply:
    """A reply of Bram that Noor reads."""
    reply = keep(Reply, by=bram, at=at, about_id=goal.pk, reply_kind="support", text="Knap.")
    share(reply, onto=relation.work_bond, by=bram, at=at)
    return reply


def test_v24_what_a_coach_gave_is_given_for_good_once_the_coach_left_and_nothing_else_is(
    goal: Goal, bram: Person, running_relation: Relation, at: datetime
) -> None:
    reply, later = given(bram, goal, running_relation, at), at + timedelta(days=1)
    private = keep(Goal, by=bram, at=at, text="Van Bram alleen.")
    assert not is_given_for_good(reply, at)
    close_seats(running_relation.work_bond, at=later, hats=[SeatHat.COACH])
    assert is_given_for_good(reply, later)
    assert not is_given_for_good(private, later)
    assert not is_given_for_good(goal, later)


def test_v24_on_a_bond_that_nobody_holds_any_more_nothing_is_given(
    goal: Goal, bram: Person, running_relation: Relation, at: datetime
) -> None:
    reply, later = given(bram, goal, running_relation, at), at + timedelta(days=1)
    close_seats(running_relation.work_bond, at=later)
    assert not is_given_for_good(reply, later)
    assert not is_given_for_good(goal, later)
