"""The job of this package that the clock asks for."""

from django_tasks import task

from klimtouw.foundation.clock import now
from klimtouw.intervision.actions.over import erase_rooms_left_open


@task()
def erase_left_open() -> None:
    """Erase the rooms in which nothing moved on for a day."""
    erase_rooms_left_open(at=now())
