"""The end that comes by itself."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django_tasks import default_task_backend, task

from klimtouw.foundation.clock import now
from klimtouw.relations.actions.closing import complete_ended_relations


@task()
def complete_ended() -> int:
    """Write down which relations are completed because their last day is over."""
    return complete_ended_relations(at=now())


def complete_on_time(ends_at: datetime) -> None:
    """Have the end written down when it comes. Access needs no job: it ends with the seats."""
    if (
        default_task_backend.supports_defer
    ):  # a backend that does its jobs at once cannot wait for a day to end
        transaction.on_commit(partial(complete_ended.using(run_after=ends_at).enqueue))
