"""Pages of the meetings of a circle."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.circles.actions import meetings as actions
from klimtouw.circles.choices import MeetingState
from klimtouw.circles.forms.meetings import MeetingForm, SuitsForm
from klimtouw.circles.meeting_letters import calendar_of_meeting
from klimtouw.circles.models import Circle, Meeting
from klimtouw.circles.queries import circles
from klimtouw.circles.queries import meetings as queries
from klimtouw.circles.readers import everybody_in
from klimtouw.people.doors import changes, shows
from klimtouw.people.requests import PersonRequest
from klimtouw.talks.actions.overtaken import Overtaken
from klimtouw.talks.appointments import KIND
from klimtouw.talks.forms.planning import ChoiceOfMoment, SeenForm


@shows(Action.WRITE_IN_CIRCLE, find=circles.circle)
def meetings_of(request: PersonRequest, circle: Circle) -> HttpResponse:
    """Show the meetings of a circle: to choose, to come, and those that were."""
    page = queries.meetings_page(circle, request.at)
    return render(request, "circles/meetings.html", {"circle": circle, "page": page})


@changes(Action.WRITE_IN_CIRCLE, find=circles.circle)
def meeting_new(request: PersonRequest, circle: Circle) -> HttpResponse:
    """Propose up to three moments to the circle."""
    data = request.POST if request.method == "POST" else None
    until = actions.end_for(circle, request.person, request.at)
    readers = everybody_in(circle, request.person, request.at)
    form = MeetingForm(data, at=request.at, until=until, readers=readers)
    if form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("id", "minutes", "place")}
        new = actions.propose_meeting(
            circle, by=request.person, at=request.at, moments=form.moments, **chosen
        )
        messages.success(request, _("Proposed. Everybody in your circle says what suits."))
        return redirect(new)
    return render(request, "circles/meeting_new.html", {"circle": circle, "form": form})


@shows(Action.WRITE_IN_CIRCLE, find=queries.meeting)
def meeting(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """Show one meeting: when and where, or which moments suit whom."""
    choices = queries.choices_in(meeting, request.person, request.at)
    context = {
        "meeting": meeting,
        "circle": meeting.circle,
        "choices": choices,
        "form": SuitsForm(None, choices=choices),
        "is_open": meeting.state == MeetingState.PROPOSED,
        "is_planned": meeting.state == MeetingState.PLANNED,
        "may_choose": may(request.person, Action.CHOOSE_MEETING, meeting, request.at),
    }
    return render(request, "circles/meeting.html", context)


@changes(Action.WRITE_IN_CIRCLE, find=queries.meeting)
def meeting_suits(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """Say which of the moments suit; the moments stand on the page of the meeting."""
    form = SuitsForm(request.POST, choices=queries.choices_in(meeting, request.person, request.at))
    if request.method == "POST" and form.is_valid():
        said = {"moments": form.cleaned_data["moments"]}
        _kindly(request, _("Kept. You can still change it."), actions.say_what_suits, meeting, **said)
    return redirect(meeting)


@changes(Action.CHOOSE_MEETING, find=queries.meeting)
def meeting_choose(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """Choose one of the moments with one tap."""
    form = ChoiceOfMoment(request.POST)
    if request.method == "POST":
        moment = form.cleaned_data["moment"] if form.is_valid() else 0
        done = _("The meeting is planned. A calendar file is on its way to everybody.")
        _kindly(request, done, actions.choose_meeting_moment, meeting, moment_id=moment)
    return redirect(meeting)


@changes(Action.CHOOSE_MEETING, find=queries.meeting)
def meeting_cancel(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """Cancel a meeting, or withdraw a proposal, without a reason."""
    data = request.POST if request.method == "POST" else None
    form = SeenForm(data, initial={"seen": meeting.revision})
    if form.is_valid():
        _kindly(request, _("Cancelled."), actions.cancel_meeting, meeting, seen=form.cleaned_data["seen"])
        return redirect("circles:meetings", meeting.circle_id)
    return render(request, "circles/meeting_cancel.html", {"meeting": meeting, "form": form})


@shows(Action.WRITE_IN_CIRCLE, find=queries.meeting)
def meeting_calendar(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """Give the meeting as a calendar file; one without a moment has nothing to give yet."""
    if meeting.starts_at is None:
        return redirect(meeting)
    is_cancelled = meeting.state == MeetingState.CANCELLED
    file = calendar_of_meeting(meeting, request.person, request.at, is_cancelled=is_cancelled)
    name = {"Content-Disposition": f'attachment; filename="{_("meeting.ics")}"'}
    return HttpResponse(file, content_type=f"{KIND}; charset=utf-8", headers=name)


def _kindly(
    request: PersonRequest, done: str, act: Callable[..., object], meeting: Meeting, **values: Any
) -> None:
    """Do it and say what was done; when somebody was first, say so kindly instead."""
    try:
        act(meeting, by=request.person, at=request.at, **values)
    except Overtaken as overtaken:
        messages.warning(request, str(overtaken.words))
    else:
        messages.success(request, done)
