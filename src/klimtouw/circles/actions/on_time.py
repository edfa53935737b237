"""What the clock does for circles that did not begin: silence holds nobody back for ever (G3)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from klimtouw.circles.actions.circles import end, take_out
from klimtouw.circles.actions.held import held
from klimtouw.circles.choices import CircleState
from klimtouw.circles.models import Circle
from klimtouw.circles.queries.circles import silent_places
from klimtouw.people.second_lock import the_house

BEGINS_WITHIN = timedelta(days=92)


def let_silent_places_go(at: datetime) -> int:
    """Let who said yes and left the agreements unsigned for three weeks go, as if they left; return how many circles."""
    circles = sorted({place.circle_id for place in silent_places(at)})
    for circle in circles:
        _let_go(circle, at)
    return len(circles)


@transaction.atomic
def _let_go(circle: UUID, at: datetime) -> None:
    with the_house():
        now = held(Circle(pk=circle))
        for place in silent_places(at).filter(circle=circle).select_related("person"):
            take_out(now, place.person, at=at)


def end_circles_that_never_began(at: datetime) -> int:
    """End the circles that did not begin within three months, so that nobody waits for ever; return how many."""
    waiting = (CircleState.FORMING, CircleState.AGREEING)
    old = Circle.objects.filter(state__in=waiting, started_at__lte=at - BEGINS_WITHIN)
    circles = list(old.order_by("pk").values_list("pk", flat=True))
    for circle in circles:
        _end(circle, at)
    return len(circles)


@transaction.atomic
def _end(circle: UUID, at: datetime) -> None:
    now = held(Circle(pk=circle))
    if now.state in (CircleState.FORMING, CircleState.AGREEING):
        end(now, at=at)
