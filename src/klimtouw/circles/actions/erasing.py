"""What becomes of the circles and invitations of somebody who erases everything (P5)."""

from datetime import datetime

from klimtouw.circles.actions.circles import take_out
from klimtouw.circles.actions.held import held
from klimtouw.circles.actions.invitations import let_go
from klimtouw.circles.choices import CircleState
from klimtouw.circles.models import (
    Circle,
    CircleInvitation,
    CirclePlace,
    CircleSignature,
    MeetingFit,
    MeetingSaid,
)
from klimtouw.people.models import Person


def leave_all_circles(*, by: Person, at: datetime) -> None:
    """Leave every circle as this person could themselves, and erase the letters they sent and got.

    What a circle agreed stays with those who are in it. A circle that did not begin and has nobody to guide it ends.
    """
    for circle in Circle.objects.filter(places__person=by).exclude(state=CircleState.ENDED).order_by("pk"):
        now = held(circle)
        if now.state != CircleState.ENDED:
            take_out(now, by, at=at)
    MeetingFit.objects.filter(person=by).delete()
    MeetingSaid.objects.filter(person=by).delete()
    CirclePlace.objects.filter(person=by).delete()
    CircleSignature.objects.filter(person=by).delete()
    CircleInvitation.objects.filter(inviter=by).delete()
    for letter in CircleInvitation.objects.select_for_update().filter(email__iexact=by.email):
        let_go(letter)
