"""Pages about what belongs to a person: who looked, and sharing."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.belongings import actions, queries
from klimtouw.belongings import looks as looking
from klimtouw.belongings.forms import ShareForm
from klimtouw.belongings.models import Thing
from klimtouw.belongings.queries import Companion
from klimtouw.belongings.readers import readers_of, stopped_with, who_can_read
from klimtouw.foundation.clock import end_of
from klimtouw.people.doors import changes, shows, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest


@shows(Action.SEE_OWN_PAGES, find=yourself)
def looks(request: PersonRequest, person: Person) -> HttpResponse:
    """Show who opened something of yours, and when you shared."""
    page = looking.looks_at(person, request.at, looking.asked_for(request.GET.get("before", "")))
    return render(request, "belongings/looks.html", {"page": page})


@shows(Action.SEE_OWN_PAGES, find=yourself)
def looks_by_me(request: PersonRequest, person: Person) -> HttpResponse:
    """Show what you opened of others: they see the same lines."""
    page = looking.looks_by(person, request.at, looking.asked_for(request.GET.get("before", "")))
    return render(request, "belongings/looks_by_me.html", {"page": page})


@shows(Action.SEE_HISTORY, find=queries.thing)
def looks_at(request: PersonRequest, thing: Thing) -> HttpResponse:
    """Show to its owner who opened one thing."""
    page = looking.looks_at_one(
        thing, request.person, request.at, looking.asked_for(request.GET.get("before", ""))
    )
    return render(request, "belongings/looks_at.html", {"page": page, "thing": thing})


@changes(Action.SHARE, find=queries.thing_to_share)
def share(request: PersonRequest, thing: Thing) -> HttpResponse:
    """Show with whom a thing is shared; share it, or stop sharing."""
    companions = queries.companions_for(thing, request.person, request.at)
    form = ShareForm(request.POST or None, companions=companions, today=localdate(request.at))
    if request.method == "POST" and form.is_valid():
        return _change_share(request, thing, form)
    readers = readers_of([thing], request.at)[thing.pk]
    context = {"form": form, "thing": thing, "readers": readers, "sentence": who_can_read(readers)}
    reading = {reader.person.pk for reader in readers}
    coaches = [one for one in companions if not one.circle]
    context["read_by"] = [coach for coach in coaches if coach.people[0].pk in reading]
    return render(request, "belongings/share.html", {**context, "companions": companions})


def _change_share(request: PersonRequest, thing: Thing, form: ShareForm) -> HttpResponse:
    companion, day = form.companion, form.cleaned_data["until"]
    if "stop" in request.POST:
        actions.revoke(thing, onto=companion.bond, by=request.person, at=request.at)
    else:
        until = end_of(day, ZoneInfo(settings.TIME_ZONE)) if day else None
        actions.share(thing, onto=companion.bond, by=request.person, at=request.at, until=until)
    messages.success(request, _said(thing, companion, request))
    return redirect("belongings:share", thing.pk)


def _said(thing: Thing, companion: Companion, request: PersonRequest) -> str:
    """Say what was done; the name of a circle stands on the page itself, never in a message that waits (P3)."""
    if "stop" in request.POST:
        coach = None if companion.circle else companion.people[0]
        return stopped_with(coach, thing, request.at)
    if companion.circle:
        return _("Shared. Your circle can read this now.")
    return _("Shared. %(name)s can read this now.") % {"name": companion.people[0].name}
