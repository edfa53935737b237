"""The pages of one's circles: all of them, one, and what its facilitator arranges."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.circles.actions import circles as actions
from klimtouw.circles.choices import CircleState
from klimtouw.circles.forms.circles import CircleForm
from klimtouw.circles.models import Circle
from klimtouw.circles.queries import circles as queries
from klimtouw.circles.queries.agreements import has_signed, last_day_of, newest_agreement
from klimtouw.circles.queries.invitations import open_letters_of, open_letters_to
from klimtouw.people.doors import changes, shows, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest
from klimtouw.programmes.proposals.queries import proposals_for

DOORS = (
    Action.WRITE_IN_CIRCLE,
    Action.AGREE_IN_CIRCLE,
    Action.INVITE_TO_CIRCLE,
    Action.LEAVE_CIRCLE,
    Action.ARRANGE_CIRCLE,
    Action.OFFER_TO_GUIDE,
)
"""What a page of a circle offers to whom it is open now."""


@shows(Action.SEE_OWN_PAGES, find=yourself)
def overview(request: PersonRequest, person: Person) -> HttpResponse:
    """Show which circles you are in; nobody's words but the names of the circles."""
    context = {
        "circles": queries.circles_of(person, request.at),
        "letters": open_letters_to(person, request.at),
        "proposals": proposals_for(person, request.at),
        "may_start": may(person, Action.START_CIRCLE, person, request.at),
    }
    return render(request, "circles/overview.html", context)


@changes(Action.START_CIRCLE, find=yourself)
def new(request: PersonRequest, person: Person) -> HttpResponse:
    """Start a circle: a name, and which hats you wear."""
    form = CircleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        circle = actions.start_circle(by=person, at=request.at, **form.cleaned_data)
        return redirect("circles:invite", circle.pk)
    return render(request, "circles/new.html", {"form": form})


@shows(Action.SEE_CIRCLE, find=queries.circle)
def circle(request: PersonRequest, circle: Circle) -> HttpResponse:
    """Show one circle: who is in it, who is about to come, and what is next."""
    newest = newest_agreement(circle)
    members, waiting = queries.members_of(circle, request.at), queries.waiting_in(circle)
    doors = {f"may_{act.lower()}": may(request.person, act, circle, request.at) for act in DOORS}
    context = {
        "circle": circle,
        "members": members,
        "waiting": waiting,
        "newest": newest,
        "i_signed": newest is not None and has_signed(newest, request.person),
        "last_day": last_day_of(circle),
        "missing": queries.missing_in(circle),
        "is_running": circle.state == CircleState.RUNNING,
        "letters": open_letters_of(circle, request.at) if doors["may_invite_to_circle"] else [],
        **doors,
    }
    return render(request, "circles/circle.html", context)


@changes(Action.ARRANGE_CIRCLE, find=queries.circle)
def arrange(request: PersonRequest, circle: Circle) -> HttpResponse:
    """Give a circle another name, or say which hats you wear."""
    said = {"name": circle.name, "has_double_hat": circle.has_double_hat}
    form = CircleForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in said}
        actions.arrange_circle(circle, by=request.person, at=request.at, **chosen)
        return redirect(circle)
    return render(request, "circles/arrange.html", {"form": form, "circle": circle})


@changes(Action.LEAVE_CIRCLE, find=queries.circle)
def leave(request: PersonRequest, circle: Circle) -> HttpResponse:
    """Leave, in one act and without a reason."""
    if request.method != "POST":
        return render(request, "circles/leave.html", {"circle": circle})
    actions.leave_circle(circle, by=request.person, at=request.at)
    messages.success(request, _("You left the circle. What is yours stays yours."))
    return redirect("circles:overview")


@changes(Action.ARRANGE_CIRCLE, find=queries.circle)
def end(request: PersonRequest, circle: Circle) -> HttpResponse:
    """Round off a circle."""
    if request.method != "POST":
        return render(request, "circles/end.html", {"circle": circle})
    actions.end_circle(circle, by=request.person, at=request.at)
    messages.success(request, _("The circle is over. Everybody keeps what is theirs."))
    return redirect("circles:overview")
