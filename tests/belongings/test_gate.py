"""The gate: a thing is read by its owner, and by whoever has an open seat on a bond it is shared onto."""

from datetime import datetime, timedelta

import pytest

from klimtouw.access.decide import Denied, may
from klimtouw.access.table import Action
from klimtouw.belongings.actions import ChangedMeanwhile, close_seats, keep, revoke, reword, share
from klimtouw.belongings.choices import SeatHat
from klimtouw.belongings.looks import looks_at
from klimtouw.belongings.models import Thing, Version
from klimtouw.belongings.readers import sentence_for
from klimtouw.climb.models import Goal, Route, Stage
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation


@pytest.fixture
def goal(noor: Person, at: datetime) -> Goal:
    """A private goal of Noor."""
    return keep(
        Goal, by=noor, at=at, text="Ik durf in de les een vraag te stellen.", why="Dan hoor ik erbij."
    )


def reads(person: Person, thing: Thing, at: datetime) -> bool:
    """Return what the gate says, having checked that the list and the single answer agree."""
    in_list = Thing.objects.visible_to(person, at).filter(pk=thing.pk).exists()
    assert in_list == may(person, Action.READ, thing, at)
    return in_list


def test_what_noor_writes_starts_private(
    running_relation: Relation, goal: Goal, noor: Person, bram: Person, at: datetime
) -> None:
    assert reads(noor, goal, at)
    assert not reads(bram, goal, at)


def test_a_coach_reads_a_goal_only_while_it_is_shared(
    running_relation: Relation,
    goal: Goal,
    noor: Person,
    bram: Person,
    stan: Person,
    vera: Person,
    at: datetime,
) -> None:
    share(goal, onto=running_relation.work_bond, by=noor, at=at)
    assert reads(bram, goal, at)
    assert not reads(stan, goal, at)
    assert not reads(vera, goal, at)
    revoke(goal, onto=running_relation.work_bond, by=noor, at=at)
    assert not reads(bram, goal, at)


def test_a_share_ends_at_its_moment(
    running_relation: Relation, goal: Goal, noor: Person, bram: Person, at: datetime
) -> None:
    share(goal, onto=running_relation.work_bond, by=noor, at=at, until=at + timedelta(days=1))
    assert reads(bram, goal, at + timedelta(days=1, microseconds=-1))
    assert not reads(bram, goal, at + timedelta(days=1))


def test_v24_a_closed_seat_reads_nothing_and_the_coachee_keeps_everything(
    running_relation: Relation, goal: Goal, noor: Person, bram: Person, at: datetime
) -> None:
    share(goal, onto=running_relation.work_bond, by=noor, at=at)
    assert reads(bram, goal, at + timedelta(hours=1))
    close_seats(running_relation.work_bond, at=at + timedelta(hours=1), hats=[SeatHat.COACH])
    for moment in (timedelta(minutes=59), timedelta(hours=1)):  # also when a clock jumps back
        assert not reads(bram, goal, at + moment)
    assert reads(noor, goal, at + timedelta(hours=1))


def test_parts_are_read_with_their_whole(
    running_relation: Relation, goal: Goal, noor: Person, bram: Person, at: datetime
) -> None:
    route = keep(Route, by=noor, at=at, goal=goal)
    stage = keep(Stage, by=noor, at=at, whole=route, position=1, text="Eerst één vraag per week.")
    assert not reads(bram, stage, at)
    share(route, onto=running_relation.work_bond, by=noor, at=at)
    assert reads(bram, stage, at)
    assert not reads(bram, goal, at)


def test_v1_v12_a_coach_neither_writes_nor_shares(
    running_relation: Relation, goal: Goal, noor: Person, bram: Person, at: datetime
) -> None:
    share(goal, onto=running_relation.work_bond, by=noor, at=at)
    with pytest.raises(Denied):
        reword(goal, by=bram, at=at, seen=1, text="Anders.")
    with pytest.raises(Denied):
        share(goal, onto=running_relation.work_bond, by=bram, at=at)


def test_two_tabs_never_overwrite_each_other(goal: Goal, noor: Person, at: datetime) -> None:
    reword(goal, by=noor, at=at, seen=1, text="Eerste tab.")
    with pytest.raises(ChangedMeanwhile) as conflict:
        reword(goal, by=noor, at=at, seen=1, text="Tweede tab.")
    assert conflict.value.now.text == "Eerste tab."
    assert Version.objects.get(thing=goal.pk).number == 1


def test_sending_twice_keeps_one_thing(noor: Person, goal: Goal, at: datetime) -> None:
    again = keep(Goal, by=noor, at=at, id=goal.pk, text="Ik durf in de les een vraag te stellen.")
    assert again.pk == goal.pk
    assert Goal.objects.count() == 1


def test_the_sentence_under_a_field_says_who_reads(
    running_relation: Relation, goal: Goal, noor: Person, bram: Person, at: datetime
) -> None:
    assert sentence_for(goal, at) in ("Alleen jij kan dit lezen.", "Only you can read this.")
    share(goal, onto=running_relation.work_bond, by=noor, at=at)
    assert "Bram" in sentence_for(goal, at)


def test_opening_leaves_a_look(
    running_relation: Relation, goal: Goal, noor: Person, bram: Person, at: datetime
) -> None:
    share(goal, onto=running_relation.work_bond, by=noor, at=at)
    goal.note_look(bram, goal.hats_of(bram, at), at)
    ((_day, visits),) = looks_at(noor, at).days
    opened, shared = visits
    assert [(opened.other, opened.hat, look.thing) for look in opened.looks] == [
        ("Bram", "coach_once_shared", goal)
    ]
    assert [(shared.act, look.thing) for look in shared.looks] == [("shared", goal)]
