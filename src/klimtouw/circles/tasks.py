"""Jobs of this package that the clock asks for."""

from django_tasks import task

from klimtouw.circles.actions.circles import end_circles_on_time, erase_ended_circles
from klimtouw.circles.actions.invitations import erase_expired_circle_invitations
from klimtouw.circles.actions.on_time import end_circles_that_never_began, let_silent_places_go
from klimtouw.foundation.clock import now


@task()
def tidy_circles() -> None:
    """Write down which circles are over, and erase what is: letters nobody answered, circles that ended a month ago."""
    at = now()
    erase_expired_circle_invitations(at)
    end_circles_on_time(at)
    let_silent_places_go(at)
    end_circles_that_never_began(at)
    erase_ended_circles(at)
