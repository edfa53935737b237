"""The room: its page, its large screen, and what one does in it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from klimtouw.access.table import Action
from klimtouw.circles.models import Circle
from klimtouw.circles.queries.circles import circle as find_circle
from klimtouw.foundation.ids import new_id
from klimtouw.intervision import queries
from klimtouw.intervision.actions import rooms
from klimtouw.intervision.choices import POLL_EVERY_MS, MethodKey, Role
from klimtouw.intervision.forms import OpenForm, TableForm
from klimtouw.intervision.methods import METHODS, Input
from klimtouw.intervision.models import InRoom, Room
from klimtouw.intervision.tokens import stand_token
from klimtouw.people.doors import changes, shows
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest


@changes(Action.WRITE_IN_CIRCLE, find=find_circle)
def of_circle(request: PersonRequest, circle: Circle) -> HttpResponse:
    """Show the rooms of a circle, and open one."""
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        method, role = MethodKey(form.cleaned_data["method"]), Role(form.cleaned_data["role"])
        return redirect(rooms.open_room(circle, by=request.person, at=request.at, method=method, role=role))
    context = {
        "circle": circle,
        "rooms": queries.open_rooms(circle),
        "form": form,
        "methods": METHODS.values(),
        "is_over": request.GET.get("over") is not None,
    }
    return render(request, "intervision/of_circle.html", context)


@changes(Action.ENTER_ROOM, find=queries.room, gives_back=())
def enter(request: PersonRequest, room: Room) -> HttpResponse:
    """Ask whether somebody wants to come in, and who is in already."""
    if room.is_in(request.person):
        return redirect(room)
    if request.method == "POST":
        try:
            rooms.enter(room, by=request.person, at=request.at)
            return redirect(room)
        except rooms.NotNow as not_now:
            messages.warning(request, not_now.words)
            return redirect("intervision:enter", room.pk)
    return render(
        request, "intervision/enter.html", {"room": room, "people": queries.who_is_in(room, request.at)}
    )


@shows(Action.SEE_ROOM, find=queries.room)
def room(request: PersonRequest, room: Room) -> HttpResponse:
    """Show the room as it stands; a screen that is behind fetches the same page again."""
    return room_page(request, room)


def room_page(
    request: PersonRequest, room: Room, form: TableForm | None = None, refused: str = ""
) -> HttpResponse:
    """Return the page of a room, with a form as it was filled in, or words that did not fit, where there are any."""
    table = queries.table_of(room, request.person, request.at)
    context = {
        "table": table,
        "room": room,
        "form": form or table_form(room, table.input, request.person),
        "refused": refused,
        "id_to_keep": new_id(),
        **_live(request, room, table.me),
        **queries.may_do(room, request.person, request.at),
    }
    return render(request, "intervision/room.html", context, status=409 if refused else 200)


def table_form(room: Room, one: Input | None, person: Person, data: Any = None) -> TableForm | None:
    """Return the form for what fits this phase, if anything does."""
    if one is None:
        return None
    is_presenter = room.role_of(person) == Role.PRESENTER
    return TableForm(data, one=one, is_silent=room.phase.is_silent, is_presenter=is_presenter)


def _live(request: PersonRequest, room: Room, me: InRoom) -> dict[str, Any]:
    """Return what a screen needs to know that it is behind, and how much time there is by the clock of the house."""
    return {
        "stand": stand_token(me.pk, request.at),
        "standing": queries.standing(room, request.at),
        "every": POLL_EVERY_MS,
        "minutes_left": queries.minutes_left(room, request.at),
    }


@shows(Action.SEE_ROOM, find=queries.room)
def wall(request: PersonRequest, room: Room) -> HttpResponse:
    """Show the large screen."""
    seen = queries.wall_of(room, request.person, request.at)
    context = {"wall": seen, "room": room, **_live(request, room, seen.me)}
    return render(request, "intervision/wall.html", context)


@changes(Action.TAKE_ROLE_IN_ROOM, find=queries.room, gives_back=())
def role(request: PersonRequest, room: Room) -> HttpResponse:
    """Take a role, let it go, take over the guiding, or go out again."""
    if request.method != "POST":
        return redirect(room)
    wish = request.POST.get("role", "")
    try:
        if wish == "out":
            rooms.step_out(room, by=request.person, at=request.at)
            return redirect("intervision:of_circle", room.circle_id)
        if wish == "over":
            rooms.take_over(room, by=request.person, at=request.at)
        elif wish in Role.values:
            rooms.take_role(room, by=request.person, at=request.at, role=Role(wish))
    except rooms.NotNow as not_now:
        messages.warning(request, not_now.words)
    return redirect(room)
