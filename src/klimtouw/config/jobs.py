"""The job worker: does the tasks that stand in the database, and picks up what a killed worker left behind.

Import this only after Django is set up.
"""

import logging
import os
import secrets
import signal
import socket
import sys
from datetime import datetime, timedelta
from types import FrameType
from typing import Any

from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from klimtouw.config.notice_tasks import plan_the_send_round
from klimtouw.config.rounds import plan_the_daily_round
from klimtouw.people import keyring

ABANDONED_AFTER = timedelta(hours=1)  # a task takes seconds; after an hour nobody is doing it any more
MOST_TRIES = 3  # a task that took three workers down with it is not tried again

log = logging.getLogger(__name__)


class _Abandoned(Exception):
    """A task took down every worker that tried it."""


def do_jobs() -> None:
    """Do tasks as they come, one at a time, until asked to stop."""
    put_back_abandoned_tasks(at=timezone.now())
    plan_the_daily_round()
    plan_the_send_round()
    worker = _QuietWorker(
        queue_names=["*"],
        interval=1,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"{_this_machine()}{os.getpid()}.{secrets.token_hex(4)}",
        excluded_queue_names=[],
    )
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, worker.shutdown)
    worker.run()


def put_back_abandoned_tasks(*, at: datetime) -> int:
    """Make tasks ready again that were running in a worker that is gone; return how many.

    Tasks may be done twice, so each must be written to bear that.
    """
    put_back = 0
    for task in DBTaskResult.objects.running():
        if not _is_abandoned(task, at=at):
            continue
        # Only if still as we saw it: another worker may be doing the same clearing up.
        as_seen = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
        if len(task.worker_ids) >= MOST_TRIES:
            if as_seen.exists():
                task.set_failed(_Abandoned(f"tried {MOST_TRIES} times"))
                log.error("task %s gave up: it stopped every worker that tried it", task.task_path)
        else:
            put_back += as_seen.update(status=TaskResultStatus.READY)
    return put_back


def _is_abandoned(task: DBTaskResult[..., Any], *, at: datetime) -> bool:
    if task.started_at is None or at - task.started_at > ABANDONED_AFTER:
        return True
    worker = str(task.worker_ids[-1]) if task.worker_ids else ""
    if not worker.startswith(_this_machine()):
        return False
    return not _is_alive(worker.removeprefix(_this_machine()).split(".")[0])


def _is_alive(number: str) -> bool:
    try:
        os.kill(int(number), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        pass  # someone else's process: alive
    return True


def _this_machine() -> str:
    return f"{socket.gethostname()[:32]}/"


class _QuietWorker(Worker):
    """Stops when asked, without a word: ending is what was asked for. No key stays in hand from one task to the next."""

    def run_task(self, db_task_result: DBTaskResult[..., Any]) -> None:
        keyring.forget()
        try:
            super().run_task(db_task_result)
        finally:
            keyring.forget()

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        self.running = False
        if not self.running_task:
            sys.exit(0)
