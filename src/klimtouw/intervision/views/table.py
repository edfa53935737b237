"""What lies on the table, and the address at which a screen asks whether something changed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from klimtouw.access.table import Action
from klimtouw.foundation.clock import now
from klimtouw.foundation.text import tidy
from klimtouw.intervision import queries
from klimtouw.intervision.actions import table
from klimtouw.intervision.actions.rooms import NotNow, note_guide_is_here
from klimtouw.intervision.choices import Kind
from klimtouw.intervision.models import Contribution, Room
from klimtouw.intervision.tokens import NotOurAddress, in_room_of
from klimtouw.intervision.views.rooms import room_page, table_form
from klimtouw.people.doors import changes, open_to_everyone
from klimtouw.people.requests import PersonRequest


@changes(Action.SPEAK_IN_ROOM, find=queries.room_to_write_in, gives_back=("text",))
def write(request: PersonRequest, room: Room) -> HttpResponse:
    """Put something on the table; what no longer fits is given back with its words."""
    if request.method != "POST":
        return room_page(request, room)
    kind = Kind(room.kind_sent)
    one = queries.input_of(room, request.person)
    form = table_form(room, one, request.person, request.POST) if one and one.kind == kind else None
    if form is None:
        return _refused(request, room, table.DoesNotFit())
    if not form.is_valid():
        return room_page(request, room, form)
    try:
        table.put_on_table(room, by=request.person, at=request.at, kind=kind, **form.given)
    except NotNow as not_now:
        return _refused(request, room, not_now)
    return redirect(room)


def _refused(request: PersonRequest, room: Room, not_now: NotNow) -> HttpResponse:
    """Say kindly that it is not the moment, and give back what was typed (C14)."""
    messages.warning(request, not_now.words)
    return room_page(request, room, refused=tidy(request.POST.get("text", "")))


@changes(Action.DECIDE_OWN_IN_ROOM, find=queries.contribution, gives_back=())
def own(request: PersonRequest, contribution: Contribution) -> HttpResponse:
    """Take one's own words back, or say whether one may be named."""
    if request.method == "POST":
        wish = request.POST.get("wish", "")
        if wish == "back":
            table.take_back(contribution, by=request.person, at=request.at)
        elif wish in ("name", "no_name"):
            table.let_be_named(contribution, by=request.person, at=request.at, named=wish == "name")
    return redirect(contribution.room)


@open_to_everyone
def stand(request: HttpRequest, token: str) -> HttpResponse:
    """Tell a screen by which number it knows that it is behind, and when the phase ends: no words, and one query."""
    at = now()
    try:
        place = queries.place_at_stand(in_room_of(token, at), at)
    except NotOurAddress:
        return HttpResponse(status=403)
    if (
        place is None
    ):  # over, or no seat in the circle any more: the page itself then says what there is to say
        return JsonResponse({"over": True})
    note_guide_is_here(place, at=at)
    return JsonResponse(queries.standing(place.room, at))
