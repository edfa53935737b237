"""How the demo is filled: through the real actions, once or not at all, and alike on whatever day and in whatever language."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.utils import translation
from django.utils.timezone import localdate
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from klimtouw.belongings.models import Thing
from klimtouw.home.demo.days import MONDAY, SUNDAY, Days
from klimtouw.home.demo.filling import fill
from klimtouw.home.demo.telling import tell
from klimtouw.ledger.models import Line
from klimtouw.notices.models import Notice
from klimtouw.people.models import Person
from klimtouw.programmes.models import Institution
from klimtouw.relations.models import Clause, Invitation, Relation
from klimtouw.talks.choices import TalkState
from klimtouw.talks.models import Talk
from tests.home.demo import every_row, every_text, relation_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_a_demo(settings: Settings) -> None:
    settings.DEMO = True


def test_the_first_time_says_that_it_was_filled(db: None) -> None:
    said = StringIO()
    call_command("demo", stdout=said)
    assert said.getvalue() == "The demo school is filled.\n"


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


DAYS_TO_FILL = [
    "2025-09-22T06:00",  # a Monday, early in the year
    "2025-12-23T23:30",  # a Tuesday that is nearly over
    "2026-01-28T09:00",  # a Wednesday, the semester ends within days
    "2026-06-19T22:05",  # a Friday; in Brussels it is already Saturday
    "2026-03-28T23:10",  # the night the clock goes forward, a Sunday in Brussels
]


@pytest.mark.only_on("sqlite3")  # it is about days
@pytest.mark.parametrize("moment", DAYS_TO_FILL)
def test_it_looks_alive_on_whatever_day_it_is_filled(moment: str) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert fill(at=at)
    newest = Thing.objects.order_by("-created_at")[0].created_at
    assert at - timedelta(days=4) < newest <= at
    contract = relation_of("Noor").contracts.get()
    assert contract.in_force_at is not None
    assert timedelta(days=34) < at - contract.in_force_at < timedelta(days=42)
    assert contract.ends_on - localdate(at) > timedelta(days=44)
    assert all(talk.starts_at > at for talk in Talk.objects.filter(state=TalkState.PLANNED) if talk.starts_at)
    assert all(line.at <= at for line in Line.objects.all())
    assert {invitation.email for invitation in Invitation.objects.filter(expires_at__gt=at)} == {
        "lotte@dekade.example"
    }


@pytest.mark.only_on("sqlite3")  # it is about languages
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
        ("lotte@dekade.example", 0),
        ("noor@dekade.example", 1),  # the planned talk, for her calendar
    ]
    assert sorted(Notice.objects.values_list("person__email", "kind")) == [
        ("bram@dekade.example", "talk_proposed"),
        ("noor@dekade.example", "something_left"),
    ]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_end_of_every_contract_waits_in_the_queue(at: datetime, settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
    fill(at=at)
    queued = Counter(task.task_path.rsplit(".", 1)[-1] for task in DBTaskResult.objects.all())
    assert queued == {
        "complete_ended": 9,
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
