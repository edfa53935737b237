"""The pages of one's circles: all of them, and one."""

from django.http import HttpResponse
from django.shortcuts import render

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.circles.models import Circle
from klimtouw.circles.queries import circles as queries
from klimtouw.people.doors import shows, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest

DOORS = (
    Action.WRITE_IN_CIRCLE,
    Action.AGREE_IN_CIRCLE,
    Action.INVITE_TO_CIRCLE,
    Action.LEAVE_CIRCLE,
    Action.ARRANGE_CIRCLE,
)
"""What a page of a circle offers to whom it is open now."""


@shows(Action.SEE_OWN_PAGES, find=yourself)
def overview(request: PersonRequest, person: Person) -> HttpResponse:
    """Show which circles you are in; nobody's words but the names of the circles."""
    context = {
        "circles": queries.circles_of(person, request.at),
        "may_start": may(person, Action.START_CIRCLE, person, request.at),
    }
    return render(request, "circles/overview.html", context)


@shows(Action.SEE_CIRCLE, find=queries.circle)
def circle(request: PersonRequest, circle: Circle) -> HttpResponse:
    """Show one circle: who is in it, who is about to come, and what is next."""
    context = {
        "circle": circle,
        "members": queries.members_of(circle, request.at),
        "waiting": queries.waiting_in(circle),
        **{f"may_{act.lower()}": may(request.person, act, circle, request.at) for act in DOORS},
    }
    return render(request, "circles/circle.html", context)
