"""The daily round plans itself, erases what is over and forgets what was done."""

from datetime import datetime, timedelta

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from klimtouw.config.rounds import daily_round, plan_the_daily_round
from klimtouw.people.models import Person
from klimtouw.relations.models import Invitation


@pytest.fixture(autouse=True)
def _jobs_in_the_database(settings: Settings, db: None) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def test_a_round_is_planned_once_however_many_workers_start() -> None:
    plan_the_daily_round()
    plan_the_daily_round()
    assert DBTaskResult.objects.filter(task_path=daily_round.module_path).count() == 1


def test_a_round_erases_an_expired_invitation_and_plans_the_next(bram: Person, at: datetime) -> None:
    long_ago = at - timedelta(days=40)
    Invitation.objects.create(
        inviter=bram,
        inviter_side="coach",
        email="wie@school.example",
        sent_at=long_ago,
        expires_at=long_ago + timedelta(days=21),
    )
    daily_round.call()
    assert not Invitation.objects.exists()
    planned = DBTaskResult.objects.get(task_path=daily_round.module_path)
    assert planned.run_after > at + timedelta(hours=23)


def test_a_round_forgets_jobs_done_more_than_a_day_ago(at: datetime) -> None:
    for hours in (1, 30):
        plan_the_daily_round()
        done = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
        done.update(status=TaskResultStatus.SUCCESSFUL, finished_at=at - timedelta(hours=hours))
    daily_round.call()
    finished = DBTaskResult.objects.finished().filter(task_path=daily_round.module_path)
    assert [result.finished_at for result in finished] == [at - timedelta(hours=1)]
