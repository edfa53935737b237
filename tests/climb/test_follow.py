"""What a coach follows: what is shared on their own rope, the dream first, and nothing else."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from klimtouw.access.table import Hat
from klimtouw.belongings.actions import close_seats, keep, remove, revoke, share
from klimtouw.belongings.choices import SeatHat
from klimtouw.climb.actions.goals import write_dream, write_goal
from klimtouw.climb.actions.trail import write_entry
from klimtouw.climb.models import Route
from klimtouw.foundation.clock import now
from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from tests.climb.writing_stories import CANARY, one_of_each, seen, shared, texts_in
from tests.stories import looks_of_others, make_relation

SignIn = Callable[[Person], Client]


def main_of(page: str) -> str:
    """Return what stands between the head and the foot of a page."""
    return page[page.index("<main") : page.index("</main>")]


def test_v18_a_coachee_who_shares_nothing_is_fine_and_nobody_is_nagged(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    one_of_each(noor, at)
    page = main_of(seen(sign_in(bram), "follow", running_relation.pk))
    assert "Noor deelt nog niets met jou." in page
    assert "Dat is oké." in page
    assert texts_in(page) == set()
    assert "<form" not in page
    assert looks_of_others(noor, now()) == []


@pytest.mark.parametrize("which", [0, 1, 2, 3])
def test_v5_v16_only_what_is_shared_appears_and_nothing_is_counted(
    which: int, running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    things = one_of_each(noor, at)
    for _ in range(7):
        write_entry(by=noor, at=at, text="Niet gedeeld.")
    shared(running_relation, at, things[which])
    page = main_of(seen(sign_in(bram), "follow", running_relation.pk))
    assert texts_in(page) == [{"answer"}, {"dream"}, {"goal", "why"}, {"entry"}][which]
    assert "Niet gedeeld." not in page
    for counted in ("7", "8", "11", "%"):
        assert counted not in _words_of(page, without=at)


def _words_of(page: str, *, without: datetime) -> str:
    """Return the words of a page without tags and without the day it shows."""
    return re.sub(r"<[^>]+>", " ", page).replace(date_format(localtime(without), "l j F Y"), "")


def test_the_dream_comes_first_then_compass_goals_and_trail(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    things = one_of_each(noor, at)
    shared(running_relation, at, *things)
    page = main_of(seen(sign_in(bram), "follow", running_relation.pk))
    order = [page.index(CANARY[kind]) for kind in ("dream", "answer", "goal", "entry")]
    assert order == sorted(order)


def test_everything_read_here_leaves_one_look_each(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    things = one_of_each(noor, at)
    shared(running_relation, at, *things)
    seen(sign_in(bram), "follow", running_relation.pk)
    looks = looks_of_others(noor, now())
    assert {thing for _, thing, _, _ in looks} == set(things)
    assert {(who, hat, times) for who, _, hat, times in looks} == {("Bram", Hat.COACH_ONCE_SHARED, 1)}


def test_a_route_is_named_only_when_it_is_shared_and_never_by_a_goal_that_is_not(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    _answer, _dream, goal, _entry = one_of_each(noor, at)
    route = keep(Route, by=noor, at=at, goal=goal)
    shared(running_relation, at, goal)
    coach = sign_in(bram)
    assert route.get_absolute_url() not in seen(coach, "follow", running_relation.pk)
    shared(running_relation, at, route)
    assert route.get_absolute_url() in seen(coach, "follow", running_relation.pk)
    revoke(goal, onto=running_relation.work_bond, by=noor, at=at)
    page = seen(coach, "follow", running_relation.pk)
    assert route.get_absolute_url() in page
    assert texts_in(page) == set()


def test_what_is_put_away_or_no_longer_shared_is_gone_at_the_next_click(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    _answer, dream, goal, entry = one_of_each(noor, at)
    shared(running_relation, at, dream, goal, entry)
    coach = sign_in(bram)
    remove(dream, by=noor, at=at)
    revoke(goal, onto=running_relation.work_bond, by=noor, at=at)
    assert texts_in(seen(coach, "follow", running_relation.pk)) == {"entry"}


@pytest.mark.parametrize("state", list(State))
def test_v24_a_coach_follows_from_both_signatures_until_the_end_and_never_after(
    state: State, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    relation = make_relation(noor, bram, state, at)
    opens = state in {State.RUNNING, State.PAUSED}
    seen(sign_in(bram), "follow", relation.pk, status=200 if opens else 404)


def test_v24_once_the_seat_is_closed_nothing_is_left_to_follow(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    things = one_of_each(noor, at)
    shared(running_relation, at, *things)
    close_seats(running_relation.work_bond, at=at, hats=[SeatHat.COACH])
    assert texts_in(seen(sign_in(bram), "follow", running_relation.pk)) == set()


def test_v6_a_coach_follows_only_on_their_own_rope(
    running_relation: Relation,
    noor: Person,
    bram: Person,
    amir: Person,
    stan: Person,
    sign_in: SignIn,
    at: datetime,
) -> None:
    _answer, dream, goal, _entry = one_of_each(noor, at)
    with_amir = make_relation(noor, amir, State.RUNNING, at)
    shared(running_relation, at, dream)
    share(goal, onto=with_amir.work_bond, by=noor, at=at)
    assert texts_in(seen(sign_in(bram), "follow", running_relation.pk)) == {"dream"}
    assert texts_in(seen(sign_in(amir), "follow", with_amir.pk)) == {"goal", "why"}
    seen(sign_in(amir), "follow", running_relation.pk, status=404)
    seen(sign_in(stan), "follow", running_relation.pk, status=404)
    seen(sign_in(noor), "follow", running_relation.pk, status=404)


def test_only_the_work_bond_counts_and_only_while_the_seat_of_this_coach_is_open(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    _answer, dream, goal, _entry = one_of_each(noor, at)
    share(dream, onto=running_relation.acquaintance_bond, by=noor, at=at)
    share(goal, onto=running_relation.acquaintance_bond, by=noor, at=at)
    shared(running_relation, at, goal)
    assert texts_in(seen(sign_in(bram), "follow", running_relation.pk)) == {"goal", "why"}
    close_seats(running_relation.work_bond, at=at, hats=[SeatHat.COACH])
    assert texts_in(seen(sign_in(bram), "follow", running_relation.pk)) == set()


def test_the_same_two_people_the_other_way_round_stay_apart(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    back = make_relation(bram, noor, State.RUNNING, at)
    things = one_of_each(noor, at)
    shared(running_relation, at, *things)
    assert texts_in(seen(sign_in(noor), "follow", back.pk)) == set()
    seen(sign_in(bram), "follow", back.pk, status=404)


def test_forty_shared_things_ask_the_database_as_often_as_one(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    shared(running_relation, at, *one_of_each(noor, at))
    coach = sign_in(bram)
    seen(coach, "follow", running_relation.pk)
    with CaptureQueriesContext(connection) as with_few:
        seen(coach, "follow", running_relation.pk)
    for _ in range(12):
        dream = write_dream(by=noor, at=at, text="Nog een droom.")
        goal = write_goal(by=noor, at=at, text="Nog een doel.", dream=dream)
        entry = write_entry(by=noor, at=at, text="Nog iets.", goal=goal)
        shared(running_relation, at, dream, goal, entry, keep(Route, by=noor, at=at, goal=goal))
    with CaptureQueriesContext(connection) as with_many:
        seen(coach, "follow", running_relation.pk)
    assert len(with_many) == len(with_few)
    assert len([query for query in with_many if "SAVEPOINT" not in query["sql"]]) <= 16  # a query per kind


def test_older_entries_stand_on_a_next_page_with_nothing_else(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    shared(running_relation, at, *one_of_each(noor, at))
    for n in range(50):
        entry = write_entry(by=noor, at=at + timedelta(minutes=n + 1), text=f"Bericht-{n}.")
        share(entry, onto=running_relation.work_bond, by=noor, at=at)
    coach = sign_in(bram)
    first = seen(coach, "follow", running_relation.pk)
    assert "entry" not in texts_in(first)
    assert "?page=2" in first
    second = coach.get(reverse("climb:follow", args=[running_relation.pk]), {"page": 2}).content.decode()
    assert texts_in(second) == {"entry"}


def test_a_share_that_has_ended_shows_nothing_any_more(
    noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    before = at - timedelta(days=2)
    relation = make_relation(noor, bram, State.RUNNING, before)
    dream = write_dream(by=noor, at=before, text=CANARY["dream"])
    share(dream, onto=relation.work_bond, by=noor, at=before, until=at - timedelta(days=1))
    assert texts_in(seen(sign_in(bram), "follow", relation.pk)) == set()


def test_v24_following_ends_at_the_end_itself_before_any_job_has_written_it_down(
    sign_in: SignIn, bram: Person, running_relation: Relation
) -> None:
    running_relation.contracts.update(starts_on=date(2020, 1, 1), ends_on=date(2020, 6, 30))
    address = reverse("climb:follow", args=[running_relation.pk])
    assert sign_in(bram).get(address).status_code == 404
    running_relation.refresh_from_db()
    assert running_relation.state == State.RUNNING
