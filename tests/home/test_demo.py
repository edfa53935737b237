"""The demo as it stands, filled once for all these tests: whole, alive, and every rule holds in it as well."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.management import call_command
from django.test import Client
from django.utils.timezone import localtime
from pytest_django import DjangoDbBlocker, Settings

from klimtouw.belongings.models import Version
from klimtouw.belongings.words import words_of
from klimtouw.circles.choices import MeetingState
from klimtouw.circles.models import Answer, Meeting, Question
from klimtouw.climb.choices import DreamState, StageMark, StageState
from klimtouw.climb.models import (
    ChoiceMoment,
    CompassAnswer,
    Dream,
    Entry,
    Evidence,
    Goal,
    Option,
    Route,
    Stage,
    StartingAnswer,
    Strength,
    ViewOfCoach,
)
from klimtouw.foundation.clock import now
from klimtouw.growth.models import Jotting, WhatHelped
from klimtouw.home.demo.content import noor as noors
from klimtouw.home.demo.content import noor_and_bram as between
from klimtouw.home.demo.content import noor_compass
from klimtouw.home.demo.content.people import PASSWORD
from klimtouw.home.demo.filling import fill
from klimtouw.ledger.models import Line
from klimtouw.ledger.verify import verify
from klimtouw.people.models import Person
from klimtouw.programmes.frameworks.choices import ArrivalState
from klimtouw.programmes.models import FrameworkArrival, Institution
from klimtouw.relations.choices import State
from klimtouw.relations.models import ClickAnswer, Relation, SupportLook
from klimtouw.replies.choices import Outcome, ReplyKind
from klimtouw.replies.models import Reply, Suggestion
from klimtouw.talks.choices import TalkState
from klimtouw.talks.models import FreeHours, PreparationLine, Promise, Talk
from tests.home.demo import every_row, every_text, others_things, relation_of, somebody
from tests.quiet import laid_down_once

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def at() -> datetime:
    """The moment at which the demo was filled."""
    return now()


@pytest.fixture(autouse=True, scope="module")
def _filled(at: datetime, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with laid_down_once(django_db_blocker):
        fill(at=at)
        yield


@pytest.fixture(autouse=True)
def _in_a_demo(settings: Settings) -> None:
    settings.DEMO = True


def test_the_demo_shows_relations_in_every_state_that_is_no_secret() -> None:
    states = {r.coachee.display_name.split()[0]: r.state for r in Relation.objects.select_related("coachee")}
    assert states == {
        "Noor": State.RUNNING,
        "Amir": State.CLICKING,
        "Yasmine": State.RUNNING,
        "Jarne": State.RUNNING,
        "Emma": State.RUNNING,
        "Mamadou": State.RUNNING,
        "Zofia": State.ACQUAINTING,
        "Tuur": State.ACQUAINTING,
        "Aylin": State.CONTRACTING,
        "Nima": State.PAUSED,
        "Robin": State.COMPLETED,
        "Lowie": State.CLICKING,
        "Fien": State.RUNNING,
        "Hanne": State.ACQUAINTING,
        "Kato": State.RUNNING,  # with Amir as her peer coach, and Bram behind him
    }


def test_noor_has_climbed_for_five_weeks() -> None:
    noor = somebody("Noor")
    assert CompassAnswer.objects.filter(owner=noor).count() == 3
    assert sorted(Dream.objects.filter(owner=noor).values_list("state", flat=True)) == [
        DreamState.ALIVE,
        DreamState.RESTING,
    ]
    assert Entry.objects.filter(owner=noor).count() == 8
    stages = list(Stage.objects.filter(owner=noor).order_by("position"))
    assert [stage.position for stage in stages] == [1, 2, 3, 4, 5, 6, 7]
    assert Counter(stage.state for stage in stages) == {
        StageState.REACHED: 3,
        StageState.AHEAD: 3,
        StageState.PARKED: 1,
    }
    assert [stage.position for stage in stages if stage.is_detour] == [3]
    assert [stage.position for stage in stages if stage.mark == StageMark.TURNING_POINT] == [2]
    assert [stage.position for stage in stages if stage.if_then] == [4]


def test_c4_c6_c8_there_is_a_file_to_say_yes_to_another_way_and_evidence() -> None:
    waiting = FrameworkArrival.objects.exclude(state=ArrivalState.DONE).get()
    assert (waiting.state, waiting.findings["changed"], waiting.findings["new"]) == (ArrivalState.READY, 1, 1)
    assert Route.objects.filter(owner=somebody("Noor"), is_chosen=False).count() == 1
    assert [one.caption for one in Evidence.objects.all()] == [noors.WHAT_THE_LINK_SHOWS]


def test_c1_c5_c12_noor_wrote_what_she_knows_of_herself_for_herself_alone(at: datetime) -> None:
    noor, bram = somebody("Noor"), somebody("Bram")
    mine = Strength.objects.filter(owner=noor)
    assert Counter(one.sort for one in mine) == {"strength": 4, "work_point": 2}
    assert StartingAnswer.objects.filter(owner=noor).count() == 2
    assert ViewOfCoach.objects.get().owner == noor
    choice = ChoiceMoment.objects.get(owner=noor)
    assert [one.is_own for one in Option.objects.filter(whole=choice).order_by("position")] == [True, False]
    goal = next(goal for goal in Goal.objects.all() if goal.text == noors.GOAL)
    assert [place.name for place in goal.places] == list(noor_compass.PLACES)
    for kind in (Strength, StartingAnswer, ViewOfCoach, ChoiceMoment, Option):
        assert not kind.objects.visible_to(bram, at).exists()


def test_what_bram_lays_beside_it_is_a_question_a_vote_of_confidence_and_two_suggestions() -> None:
    given = {reply.reply_kind: reply.role_id for reply in Reply.objects.all()}
    assert given == {ReplyKind.QUESTION: "clarifier", ReplyKind.CONFIDENCE: "supporter"}
    assert sorted(Suggestion.objects.values_list("outcome", flat=True)) == [Outcome.OPEN, Outcome.PARKED]


def test_two_talks_were_held_and_one_is_planned_next_week(at: datetime) -> None:
    talks = list(Talk.objects.filter(relation=relation_of("Noor")).order_by("starts_at"))
    assert [talk.state for talk in talks] == [TalkState.HELD, TalkState.HELD, TalkState.PLANNED]
    assert talks[2].starts_at is not None
    assert at < talks[2].starts_at < at + timedelta(days=14)
    assert PreparationLine.objects.filter(talk=talks[2]).count() == 3


def test_no_page_of_noor_bram_and_their_circle_stands_empty(at: datetime) -> None:
    noor, bram = somebody("Noor"), somebody("Bram")
    assert [one.owner for one in Jotting.objects.all()] == [bram]
    assert not Jotting.objects.visible_to(noor, at).exists()
    assert [one.role_keys for one in WhatHelped.objects.visible_to(bram, at)] == [["clarifier"]]
    assert sorted(one.kept_at is None for one in Promise.objects.all()) == [False, True]
    for owner, reader in ((noor, bram), (bram, noor)):
        assert FreeHours.objects.visible_to(reader, at).filter(owner=owner).exists()
    assert Counter(one.owner for one in SupportLook.objects.all()) == {noor: 2, bram: 1}
    assert SupportLook.objects.visible_to(bram, at).filter(owner=noor).count() == 1
    (asked,) = Question.objects.visible_to(noor, at)
    assert asked.thanks and Answer.objects.visible_to(noor, at).filter(about_id=asked.pk).count() == 2
    meeting = Meeting.objects.get()
    assert meeting.state == MeetingState.PLANNED and meeting.starts_at and meeting.starts_at > at


def test_a_sharpened_goal_keeps_its_first_wording() -> None:
    goal = next(goal for goal in Goal.objects.all() if goal.text == noors.GOAL)
    assert noors.GOAL_AT_FIRST in Version.objects.get(thing=goal).words


def test_v12_bram_reads_what_noor_shares_and_nothing_else(at: datetime) -> None:
    seen = others_things(somebody("Bram"), at)
    of_noor = [thing for thing in seen if thing.owner == somebody("Noor")]
    assert [goal.text for goal in of_noor if isinstance(goal, Goal)] == [noors.GOAL]
    assert [dream.text for dream in of_noor if isinstance(dream, Dream)] == [noors.DREAM]
    assert [entry.text for entry in of_noor if isinstance(entry, Entry)] == [noors.WITH_ELS.text]
    read = "\n".join(json.dumps(words_of(thing), ensure_ascii=False) for thing in seen)
    private = (
        noors.PRIVATE_GOAL,
        noors.PRIVATE_WHY,
        noors.DREAM_THAT_RESTS,
        noors.MATTERS_LATER,
        noors.AT_HOME.text,
        between.NOOR_HOPES,
        between.NOOR_IS_PROUD_OF,
        between.SECOND_TALK.takeaway,
    )
    written = "\n".join(every_text())
    assert [text for text in private if text not in written] == []
    assert [text for text in private if text in read] == []


def test_v6_whoever_arranges_or_stands_outside_reads_nothing(at: datetime) -> None:
    for name in ("Vera", "Ines", "Stan", "Yasmine", "Hanne"):
        assert others_things(somebody(name), at) == []


def test_v7_nobody_has_answered_the_click_question_of_amir_and_bram() -> None:
    assert not ClickAnswer.objects.filter(relation=relation_of("Amir")).exists()


def test_bram_looked_on_several_days_and_every_ledger_is_in_the_order_of_time() -> None:
    by_bram = Line.objects.filter(owner_id=somebody("Noor").pk, by_id=somebody("Bram").pk, act="look")
    assert len({localtime(line.at).date() for line in by_bram}) >= 5
    assert verify().is_whole
    for person in Person.objects.all():
        lines = list(Line.objects.filter(owner_id=person.pk).order_by("number"))
        assert [line.at for line in lines] == sorted(line.at for line in lines)


def test_filling_twice_adds_nothing_says_nothing_and_leaves_what_people_typed() -> None:
    Institution.objects.filter(name="Hogeschool De Kade").update(name="Hogeschool Aan de Kade")
    Person.objects.filter(email="noor@dekade.example").update(
        display_name="Noortje", email="n@elders.example"
    )
    Goal.objects.all().delete()
    rows, said = every_row(), StringIO()
    call_command("demo", stdout=said)
    assert every_row() == rows
    assert said.getvalue() == ""
    assert Person.objects.get(email="n@elders.example").display_name == "Noortje"


def test_a_second_start_looks_at_one_row(django_assert_num_queries: Callable[[int], Any]) -> None:
    with django_assert_num_queries(1):
        call_command("demo")


def test_the_people_named_there_sign_in_with_that_password() -> None:
    validate_password(PASSWORD)
    for name in ("noor", "bram", "vera"):
        client = Client()
        answer = client.post("/account/login/", {"login": f"{name}@dekade.example", "password": PASSWORD})
        assert answer.status_code == 302
        assert client.session["_auth_user_id"] == str(Person.objects.get(email=f"{name}@dekade.example").pk)
