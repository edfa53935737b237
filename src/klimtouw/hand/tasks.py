"""The job of this package that the clock asks for."""

from django_tasks import task

from klimtouw.foundation.clock import now
from klimtouw.hand.actions import forget_what_was_said, reach_out


@task()
def look_around() -> None:
    """Reach out the hands of today, and forget what is no longer needed."""
    at = now()
    forget_what_was_said(at=at)
    reach_out(at=at)
