"""The demo: filled once and whole, through the real actions, so that every rule holds in it as well."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.test import Client
from django.utils import translation
from django.utils.timezone import localtime
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from klimtouw.belongings.models import Thing, Version
from klimtouw.belongings.queries import in_full
from klimtouw.belongings.words import words_of
from klimtouw.climb.choices import DreamState, StageMark, StageState
from klimtouw.climb.models import (
    ChoiceMoment,
    CompassAnswer,
    Dream,
    Entry,
    Goal,
    Option,
    Stage,
    StartingAnswer,
    Strength,
    ViewOfCoach,
)
from klimtouw.home.demo.content import noor as noors
from klimtouw.home.demo.content import noor_and_bram as between
from klimtouw.home.demo.content import noor_compass
from klimtouw.home.demo.content.people import PASSWORD
from klimtouw.home.demo.days import MONDAY, SUNDAY, Days
from klimtouw.home.demo.filling import fill
from klimtouw.home.demo.telling import tell
from klimtouw.ledger.models import Line
from klimtouw.ledger.verify import verify
from klimtouw.people.models import Person
from klimtouw.programmes.models import Institution
from klimtouw.relations.choices import State
from klimtouw.relations.models import Clause, ClickAnswer, Invitation, Relation
from klimtouw.replies.choices import Outcome, ReplyKind
from klimtouw.replies.models import Reply, Suggestion
from klimtouw.talks.choices import TalkState
from klimtouw.talks.models import PreparationLine, Talk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_a_demo(settings: Settings) -> None:
    settings.DEMO = True


@pytest.fixture
def filled(at: datetime) -> None:
    """The demo, filled at this moment."""
    fill(at=at)


def somebody(first_name: str) -> Person:
    """Return one person of the demo."""
    return Person.objects.get(display_name__startswith=f"{first_name} ")


def relation_of(first_name: str) -> Relation:
    """Return the relation in which Bram coaches somebody."""
    return Relation.objects.get(coachee=somebody(first_name), coach=somebody("Bram"))


def every_row() -> Counter[str]:
    """Count the rows of every table."""
    return Counter({model._meta.label: model._default_manager.count() for model in apps.get_models()})


def every_text() -> list[str]:
    """Return everything anybody in the demo wrote."""
    things = in_full(Thing.objects.all())
    return sorted(json.dumps(words_of(thing), ensure_ascii=False) for thing in things)


def others_things(person: Person, at: datetime) -> list[Any]:
    """Return what this person can read of others."""
    return in_full(Thing.objects.visible_to(person, at).kept().exclude(owner=person))


def test_the_demo_shows_relations_in_every_state_that_is_no_secret(filled: None) -> None:
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
    }


def test_noor_has_climbed_for_five_weeks(filled: None) -> None:
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


def test_c1_c5_c12_noor_wrote_what_she_knows_of_herself_for_herself_alone(filled: None, at: datetime) -> None:
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


def test_what_bram_lays_beside_it_is_a_question_a_vote_of_confidence_and_two_suggestions(
    filled: None,
) -> None:
    given = {reply.reply_kind: reply.role_id for reply in Reply.objects.all()}
    assert given == {ReplyKind.QUESTION: "clarifier", ReplyKind.CONFIDENCE: "supporter"}
    assert sorted(Suggestion.objects.values_list("outcome", flat=True)) == [Outcome.OPEN, Outcome.PARKED]


def test_two_talks_were_held_and_one_is_planned_next_week(filled: None, at: datetime) -> None:
    talks = list(Talk.objects.filter(relation=relation_of("Noor")).order_by("starts_at"))
    assert [talk.state for talk in talks] == [TalkState.HELD, TalkState.HELD, TalkState.PLANNED]
    assert talks[2].starts_at is not None
    assert at < talks[2].starts_at < at + timedelta(days=14)
    assert PreparationLine.objects.filter(talk=talks[2]).count() == 3


def test_a_sharpened_goal_keeps_its_first_wording(filled: None) -> None:
    goal = next(goal for goal in Goal.objects.all() if goal.text == noors.GOAL)
    assert noors.GOAL_AT_FIRST in Version.objects.get(thing=goal).words


def test_v12_bram_reads_what_noor_shares_and_nothing_else(filled: None, at: datetime) -> None:
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


def test_v6_whoever_arranges_or_stands_outside_reads_nothing(filled: None, at: datetime) -> None:
    for name in ("Vera", "Ines", "Stan", "Yasmine", "Hanne"):
        assert others_things(somebody(name), at) == []


def test_v7_nobody_has_answered_the_click_question_of_amir_and_bram(filled: None) -> None:
    assert not ClickAnswer.objects.filter(relation=relation_of("Amir")).exists()


def test_bram_looked_on_several_days_and_every_ledger_is_in_the_order_of_time(filled: None) -> None:
    by_bram = Line.objects.filter(owner_id=somebody("Noor").pk, by_id=somebody("Bram").pk, act="look")
    assert len({localtime(line.at).date() for line in by_bram}) >= 5
    assert verify().is_whole
    for person in Person.objects.all():
        lines = list(Line.objects.filter(owner_id=person.pk).order_by("number"))
        assert [line.at for line in lines] == sorted(line.at for line in lines)


def test_filling_twice_adds_nothing_says_nothing_and_leaves_what_people_typed(filled: None) -> None:
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


def test_the_first_time_says_that_it_was_filled(db: None) -> None:
    said = StringIO()
    call_command("demo", stdout=said)
    assert said.getvalue() == "The demo school is filled.\n"


def test_a_second_start_looks_at_one_row(
    filled: None, django_assert_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_num_queries(1):
        call_command("demo")


def test_what_goes_wrong_halfway_leaves_nothing(at: datetime) -> None:
    Person.objects.create_user("hanne@terlinden.example")
    rows = every_row()
    with pytest.raises(IntegrityError):
        fill(at=at)
    assert every_row() == rows


def test_an_installation_that_is_no_demo_refuses(settings: Settings) -> None:
    settings.DEMO = False
    for question in ([], ["--how-to-sign-in"]):
        with pytest.raises(CommandError, match="no demo"):
            call_command("demo", *question)
    assert not Institution.objects.exists()


def test_how_to_sign_in_names_three_people_and_their_mailbox(settings: Settings) -> None:
    settings.SITE_ADDRESS = "http://127.0.0.1:8123"
    said = StringIO()
    call_command("demo", "--how-to-sign-in", stdout=said)
    assert said.getvalue().splitlines() == [
        "Sign in as Noor, who climbs: noor@dekade.example",
        "Sign in as Bram, her coach: bram@dekade.example",
        "Sign in as Vera, who coordinates: vera@dekade.example",
        "The password is klimtouw-demo for all of them.",
        "Their mail lands at http://127.0.0.1:8123/demo/mailbox/",
    ]
    assert not Institution.objects.exists()


def test_the_people_named_there_sign_in_with_that_password(filled: None) -> None:
    validate_password(PASSWORD)
    for name in ("noor", "bram", "vera"):
        client = Client()
        answer = client.post("/account/login/", {"login": f"{name}@dekade.example", "password": PASSWORD})
        assert answer.status_code == 302
        assert client.session["_auth_user_id"] == str(Person.objects.get(email=f"{name}@dekade.example").pk)


DAYS_TO_FILL = [
    "2025-09-22T06:00",  # a Monday, early in the year
    "2025-12-23T23:30",  # a Tuesday that is nearly over
    "2026-01-28T09:00",  # a Wednesday, the semester ends within days
    "2026-06-19T22:05",  # a Friday; in Brussels it is already Saturday
    "2026-03-28T23:10",  # the night the clock goes forward, a Sunday in Brussels
]


@pytest.mark.parametrize("moment", DAYS_TO_FILL)
def test_it_looks_alive_on_whatever_day_it_is_filled(moment: str) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert fill(at=at)
    newest = Thing.objects.order_by("-created_at")[0].created_at
    assert at - timedelta(days=4) < newest <= at
    contract = relation_of("Noor").contracts.get()
    assert contract.in_force_at is not None
    assert timedelta(days=34) < at - contract.in_force_at < timedelta(days=42)
    assert contract.ends_on - at.date() > timedelta(days=44)
    assert all(talk.starts_at > at for talk in Talk.objects.filter(state=TalkState.PLANNED) if talk.starts_at)
    assert all(line.at <= at for line in Line.objects.all())
    assert {invitation.email for invitation in Invitation.objects.filter(expires_at__gt=at)} == {
        "lotte@dekade.example"
    }


def test_it_is_the_same_in_whatever_language_it_is_filled(at: datetime) -> None:
    texts, clauses = [], []
    for language in ("en", None):
        with translation.override(language):
            fill(at=at)
        texts.append(every_text())
        clauses.append(sorted(clause.text for clause in Clause.objects.all()))
        for model in (Relation, Talk, Person, Institution):
            model._default_manager.all().delete()
    assert texts[0] == texts[1] != []
    assert clauses[0] == clauses[1]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_only_letters_about_what_is_still_open_are_sent(at: datetime) -> None:
    fill(at=at)
    letters = sorted((letter.to[0], len(letter.attachments)) for letter in mail.outbox)
    assert letters == [
        ("bram@dekade.example", 0),
        ("lotte@dekade.example", 0),
        ("noor@dekade.example", 0),
        ("noor@dekade.example", 1),  # the planned talk, for her calendar
    ]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_end_of_every_contract_waits_in_the_queue(at: datetime, settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    fill(at=at)
    queued = Counter(task.task_path.rsplit(".", 1)[-1] for task in DBTaskResult.objects.all())
    assert queued == {
        "complete_ended": 8,
        "send_invitation": 1,
        "tell_something_is_left": 1,
        "write_letter": 2,
    }


def test_days_count_back_and_ahead_from_today() -> None:
    days = Days(datetime(2025, 11, 12, tzinfo=UTC).date(), UTC)  # type: ignore[arg-type]  # a Wednesday
    assert days.weeks_ago(1, MONDAY, "09:30").isoformat() == "2025-11-03T09:30:00+00:00"
    assert days.weeks_ago(-1, SUNDAY, "20:00").isoformat() == "2025-11-23T20:00:00+00:00"
    assert [days.workdays_ago(n, "08:00").day for n in (1, 2, 3, 4)] == [11, 10, 7, 6]
    assert days.end_of_semester.isoformat() == "2026-01-31"


def test_stories_are_told_in_the_order_of_time() -> None:
    told = []

    def story(name: str, *days: int) -> Iterator[datetime]:
        for day in days:
            at = yield datetime(2025, 1, day, tzinfo=UTC)
            told.append((at.day, name))

    tell([story("a", 1, 4, 5), story("b", 2, 3, 6)])  # type: ignore[arg-type]  # a story, short
    assert told == [(1, "a"), (2, "b"), (3, "b"), (4, "a"), (5, "a"), (6, "b")]
