"""What the guide and the presenter do: move through the phases, stop, hand over, choose what is kept."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.intervision import queries
from klimtouw.intervision.actions import over, rooms
from klimtouw.intervision.choices import RoomState
from klimtouw.intervision.forms import KeepForm
from klimtouw.intervision.lifecycle import Event
from klimtouw.intervision.models import Room
from klimtouw.people.doors import changes
from klimtouw.people.requests import PersonRequest

MOVES_OF_GUIDE = (Event.BEGIN, Event.NEXT, Event.BACK, Event.LONGER)


@changes(Action.GUIDE_ROOM, find=queries.room, gives_back=())
def move(request: PersonRequest, room: Room) -> HttpResponse:
    """Begin, go on, go back or take longer."""
    wish = request.POST.get("event", "")
    if request.method == "POST" and wish in MOVES_OF_GUIDE:
        try:
            seen = request.POST.get("seen", "")
            if not rooms.move(room, by=request.person, at=request.at, event=Event(wish), seen=seen):
                messages.success(request, _("Stopped. Nothing was kept."))
                return redirect("intervision:of_circle", room.circle_id)
        except rooms.NotNow as not_now:
            messages.warning(request, not_now.words)
    return redirect(room)


@changes(Action.STOP_ROOM, find=queries.room, gives_back=())
def stop(request: PersonRequest, room: Room) -> HttpResponse:
    """Ask whether to stop, and stop."""
    if request.method != "POST":
        can_keep = room.state != RoomState.GATHERING and queries.presenter_is_in(room, request.at)
        return render(request, "intervision/stop.html", {"room": room, "can_keep": can_keep})
    if rooms.stop(room, by=request.person, at=request.at):
        return redirect(room)
    messages.success(request, _("Stopped. Nothing was kept."))
    return redirect("intervision:of_circle", room.circle_id)


@changes(Action.BRING_IN_ROOM, find=queries.room, gives_back=())
def presenter(request: PersonRequest, room: Room) -> HttpResponse:
    """Let the presenter say what is on the large screen, or hand the guiding to somebody."""
    if request.method == "POST":
        wall, to = request.POST.get("wall", ""), request.POST.get("guide", "")
        try:
            if wall:
                rooms.put_on_the_wall(room, by=request.person, at=request.at, shows=wall == "yes")
            if somebody := queries.somebody_in(room, to, request.at):
                rooms.hand_over(room, to=somebody, by=request.person, at=request.at)
        except rooms.NotNow as not_now:
            messages.warning(request, not_now.words)
    return redirect(room)


@changes(Action.KEEP_FROM_ROOM, find=queries.room_to_keep_from, gives_back=("own_words",))
def keep(request: PersonRequest, room: Room | queries.KeptAlready) -> HttpResponse:
    """Let the presenter choose what they keep; everything else is erased. Pressed twice it leads to what was kept."""
    if isinstance(room, queries.KeptAlready):
        return redirect(room.entry.get_absolute_url())
    lines = queries.all_lines(room, request.person, request.at)
    form = KeepForm(request.POST if request.method == "POST" else None, lines=lines)
    if request.method == "POST" and form.is_valid():
        return _kept(request, room, form)
    return render(request, "intervision/keep.html", {"room": room, "form": form, "lines": lines})


def _kept(request: PersonRequest, room: Room, form: KeepForm) -> HttpResponse:
    try:
        entry = over.keep_and_close(room, by=request.person, at=request.at, **form.chosen)
    except Room.DoesNotExist:  # the first of two presses was just before this one
        return redirect("intervision:keep", room.pk, room.keeps_as)
    if entry:
        messages.success(request, _("Kept in your trail, for you alone. Everything else is erased."))
        return redirect(entry.get_absolute_url())
    messages.success(request, _("Nothing was kept. Everything is erased."))
    return redirect("intervision:of_circle", room.circle_id)
