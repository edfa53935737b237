"""Jobs that were under way in a worker that is gone."""

import os
import socket
from datetime import datetime, timedelta
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from klimtouw.config.jobs import ABANDONED_AFTER, put_back_abandoned_tasks

HERE = f"{socket.gethostname()[:32]}/"
NO_PROCESS = 2**22 + 1  # higher than Linux numbers its processes


def a_running_job(at: datetime, *workers: str) -> DBTaskResult[..., Any]:
    return DBTaskResult.objects.create(
        status="RUNNING",
        started_at=at,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="klimtouw.nowhere.job",
        worker_ids=list(workers),
        backend_name="default",
        run_after=at,
        exception_class_path="",
        traceback="",
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("worker", "after", "state"),
    [
        (f"{HERE}{os.getpid()}.aa", timedelta(0), "RUNNING"),
        (f"{HERE}{NO_PROCESS}.aa", timedelta(0), "READY"),
        (f"{HERE}nonsense", timedelta(0), "READY"),
        ("elsewhere/1.aa", timedelta(0), "RUNNING"),
        ("elsewhere/1.aa", ABANDONED_AFTER + timedelta(seconds=1), "READY"),
    ],
    ids=[
        "its worker lives",
        "its worker is gone",
        "an unknown worker",
        "another machine",
        "another machine, long ago",
    ],
)
def test_a_job_is_done_again_once_nobody_does_it(
    at: datetime, worker: str, after: timedelta, state: str
) -> None:
    job = a_running_job(at, worker)
    put_back_abandoned_tasks(at=at + after)
    job.refresh_from_db()
    assert job.status == state


@pytest.mark.django_db
def test_a_job_that_stopped_three_workers_is_given_up(at: datetime) -> None:
    job = a_running_job(at, *[f"{HERE}{NO_PROCESS}.{number}" for number in range(3)])
    assert put_back_abandoned_tasks(at=at) == 0
    job.refresh_from_db()
    assert job.status == "FAILED"
    assert "tried 3 times" in job.traceback
