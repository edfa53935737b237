"""Goals that become sharp (C2, C3): several places with calm days, small questions that judge nothing, and a story."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format
from django.utils.timezone import localdate

from klimtouw.belongings.actions import restore
from klimtouw.belongings.models import Version
from klimtouw.climb.actions.goals import move_dream, move_goal, reword_goal, write_dream, write_goal
from klimtouw.climb.choices import Context, DreamState, GoalState
from klimtouw.climb.models import Goal
from klimtouw.climb.moves import KEPT, moves_in, with_move
from klimtouw.climb.queries.story import story_of
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from tests.climb.writing_stories import seen, sent, shared
from tests.stories import texts_beside

SignIn = Callable[[Person], Client]
FULL: dict[str, Any] = {
    "text": "Ik durf te bellen.",
    "why": "Dan sta ik er zelf.",
    "context": "placement",
    "context_name": "Stage geriatrie",
    "context_day": "2026-03-02",
    "context_2": "course",
    "context_name_2": "Communicatie 2",
    "worked": "Ik neem op na één keer.",
    "there": "Mijn zus bel ik wel.",
}


def test_c3_a_goal_lives_in_several_places_and_keeps_what_the_questions_brought_up(
    noor: Person, sign_in: SignIn
) -> None:
    client = sign_in(noor)
    assert sent(client, "goal_new", id=uuid4(), **FULL).status_code == 302
    goal = Goal.objects.get()
    assert [(one.sort, one.name, str(one.day or "")) for one in goal.places] == [
        (Context.PLACEMENT, "Stage geriatrie", "2026-03-02"),
        (Context.COURSE, "Communicatie 2", ""),
    ]
    page = seen(client, "goal", goal.pk)
    for text in ("Stage geriatrie", "Communicatie 2", "Ik neem op na één keer.", "Mijn zus bel ik wel."):
        assert text in page
    edit = seen(client, "goal_edit", goal.pk)
    for text in ("Stage geriatrie", "2026-03-02", "Ik neem op na één keer."):
        assert text in edit


def test_v17_a_day_that_went_by_is_said_as_calmly_as_one_to_come(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    client, pages = sign_in(noor), []
    for days in (-40, 40):
        day = localdate(at) + timedelta(days=days)
        goal_fields = {**FULL, "context_day": day.isoformat(), "id": uuid4()}
        sent(client, "goal_new", **goal_fields)
        goal = Goal.objects.get(pk=goal_fields["id"])
        shown = seen(client, "goal", goal.pk)
        start = shown.index("Stage geriatrie")
        row = shown[start : shown.index("</dd>", start)]
        pages.append(row.replace(date_format(day, "j F Y"), "DAG").replace(day.isoformat(), "dag"))
    assert pages[0] == pages[1]


def test_v5_the_small_questions_ask_for_nothing_and_give_no_score(noor: Person, sign_in: SignIn) -> None:
    client = sign_in(noor)
    page = seen(client, "goal_new")
    assert "Antwoord wat je helpt. Niemand beoordeelt je doel." in page
    assert "%" not in page[page.index("<main") : page.index("</main>")]
    assert sent(client, "goal_new", text="Ik slaap beter.", id=uuid4()).status_code == 302
    goal = Goal.objects.get()
    assert (goal.contexts, goal.answers, goal.places) == ("", "", [])


def test_a_goal_of_before_keeps_its_one_place(noor: Person, sign_in: SignIn, at: datetime) -> None:
    goal = write_goal(by=noor, at=at, text="Ik wil.", context=Context.WORK)
    assert [one.in_words for one in goal.places] == ["werk"]
    assert '<option value="work" selected>' in seen(sign_in(noor), "goal_edit", goal.pk)


def test_places_and_answers_go_with_the_goal_to_whom_it_is_shared_and_its_moves_do_not(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    client = sign_in(noor)
    sent(client, "goal_new", id=uuid4(), **FULL)
    goal = Goal.objects.get()
    move_goal(goal, by=noor, at=at, to=GoalState.RESTING)
    shared(running_relation, at, goal)
    page = seen(sign_in(bram), "goal", goal.pk)
    assert "Stage geriatrie" in page
    assert "Ik neem op na één keer." in page
    seen(sign_in(bram), "story", goal.pk, status=404)


def test_odd_days_and_very_long_names_are_refused_and_nothing_typed_is_lost(
    noor: Person, sign_in: SignIn
) -> None:
    odd = {**FULL, "context_day": "31-02-2026", "context_name_2": "n" * 121, "id": uuid4()}
    page = sent(sign_in(noor), "goal_new", **odd).content.decode()
    assert "n" * 121 in page
    assert "Ik neem op na één keer." in page
    assert not Goal.objects.exists()


def test_two_tabs_on_the_places_of_one_goal_lose_nothing(noor: Person, sign_in: SignIn) -> None:
    client = sign_in(noor)
    sent(client, "goal_new", id=uuid4(), **FULL)
    goal = Goal.objects.get()
    sent(client, "goal_edit", goal.pk, **{**FULL, "context_name": "Eerste tab", "seen": 1})
    page = sent(client, "goal_edit", goal.pk, **{**FULL, "worked": "Tweede tab", "seen": 1})
    assert texts_beside(page) == [
        ("Eerste tab", "Stage geriatrie"),
        ("Ik neem op na één keer.", "Tweede tab"),
    ]
    keep_mine = {**FULL, "worked": "Tweede tab", "id": goal.pk, "seen": 2, "choose": "other"}
    assert sent(client, "goal_edit", goal.pk, **keep_mine).status_code == 302
    goal.refresh_from_db()
    assert goal.places[0].name == "Eerste tab"
    assert any("Tweede tab" in one.words for one in Version.objects.filter(thing=goal.pk))


def test_an_earlier_wording_comes_back_with_its_places(noor: Person, sign_in: SignIn, at: datetime) -> None:
    client = sign_in(noor)
    sent(client, "goal_new", id=uuid4(), **FULL)
    goal = Goal.objects.get()
    sent(client, "goal_edit", goal.pk, text="Anders.", why="", context="work", seen=1)
    goal.refresh_from_db()
    assert [one.sort for one in goal.places] == [Context.WORK]
    restore(goal, by=noor, at=at, seen=2, number=1)
    goal.refresh_from_db()
    assert (goal.context, goal.places[0].name) == ("placement", "Stage geriatrie")


def test_c2_the_history_reads_as_a_story_for_its_owner(noor: Person, sign_in: SignIn, at: datetime) -> None:
    march = at.replace(year=2026, month=3, day=2)
    goal = write_goal(by=noor, at=march, text="Ik wil beter zijn.")
    april = march.replace(month=4)
    move_goal(goal, by=noor, at=april, to=GoalState.RESTING)
    move_goal(goal, by=noor, at=april + timedelta(days=3), to=GoalState.OPEN)
    may = {"by": noor, "at": march.replace(month=5), "dream": None, "context": Context.NONE}
    reword_goal(goal, seen=1, text="Ik durf te vragen.", why="", **may)
    goal.refresh_from_db()
    reword_goal(goal, seen=2, text="Ik durf te vragen.", why="Daarom.", **may)
    move_goal(goal, by=noor, at=march.replace(month=6), to=GoalState.REACHED)
    page = seen(sign_in(noor), "story", goal.pk)
    told = [
        "In maart 2026 schreef je: “Ik wil beter zijn.”",
        "In april 2026 liet je het rusten.",
        "Daarna nam je het weer op.",
        "In mei 2026 zei je het zo: “Ik durf te vragen.”",
        "Daarna schreef je er meer bij.",
        "In juni 2026 was je er.",
    ]
    assert [page.index(sentence) for sentence in told] == sorted(page.index(sentence) for sentence in told)


def test_c2_a_dream_has_a_story_as_well_and_moving_to_where_it_stands_adds_nothing(
    noor: Person, at: datetime
) -> None:
    dream = write_dream(by=noor, at=at, text="Een boot.")
    for to in (DreamState.LET_GO, DreamState.LET_GO, DreamState.ALIVE):
        move_dream(dream, by=noor, at=at, to=to)
    assert len(story_of(dream)) == 3


def test_moves_that_are_no_moves_are_left_out_and_the_oldest_fall_away(at: datetime) -> None:
    for odd in ("", "{", '{"a": 1}', '[["x", "open"]]', "[1]", '[["2026-01-01T00:00:00", "open"]]'):
        assert moves_in(odd) == []
    moves = ""
    for _ in range(KEPT + 5):
        moves = with_move(moves, "open", at)
    assert len(json.loads(moves)) == KEPT


@pytest.mark.parametrize("times", [1, 3])
def test_the_story_takes_as_many_questions_for_one_version_as_for_three(
    times: int, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    goal = write_goal(by=noor, at=at, text="Nul.")
    for number in range(times):
        fields = {"text": f"Zin {number}", "why": "", "dream": None, "context": Context.NONE}
        goal = reword_goal(goal, by=noor, at=at, seen=goal.version, **fields)
        move_goal(goal, by=noor, at=at, to=list(GoalState)[number + 1])
    client = sign_in(noor)
    with CaptureQueriesContext(connection) as queries:
        seen(client, "story", goal.pk)
    assert len(queries) == 6
