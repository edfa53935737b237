"""Pages about one's own calendar and mail: the secret address, names or not, the card before a talk (T1, T2)."""

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.foundation.clock import now
from klimtouw.people import second_lock
from klimtouw.people.doors import changes, open_to_everyone, shows, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest
from klimtouw.talks import actions, queries
from klimtouw.talks.addresses import address_again
from klimtouw.talks.appointments import KIND
from klimtouw.talks.calendar_file import feed_of
from klimtouw.talks.forms import HabitsForm

MOST_AN_HOUR = 60
AN_HOUR = 60 * 60


@shows(Action.SEE_OWN_PAGES, find=yourself)
def own(request: PersonRequest, person: Person) -> HttpResponse:
    """Show one's own calendar address and what comes by mail."""
    habits = queries.habits_of(person)
    address = address_again(habits.secret, habits.address_hash)
    feed = f"{settings.SITE_ADDRESS}{reverse('talks:feed', args=[address])}" if address else ""
    subscribe = feed.replace("https://", "webcal://").replace("http://", "webcal://")
    chosen = {name: getattr(habits, name) for name in HabitsForm.base_fields}
    context = {"form": HabitsForm(initial=chosen), "feed": feed, "subscribe": subscribe}
    return render(request, "talks/own.html", context)


@changes(Action.ARRANGE_OWN_CALENDAR, find=yourself)
def address(request: PersonRequest, person: Person) -> HttpResponse:
    """Make a new calendar address, or let it stop."""
    if "make" in request.POST:
        actions.make_calendar_address(by=person, at=request.at)
        messages.success(request, _("Here is your new address. An older one opens nothing any more."))
    elif "stop" in request.POST:
        actions.stop_calendar_address(by=person, at=request.at)
        messages.success(
            request, _("The address has stopped. Your calendar gets no talks from here any more.")
        )
    return redirect("talks:own")


@changes(Action.ARRANGE_OWN_CALENDAR, find=yourself)
def habits(request: PersonRequest, person: Person) -> HttpResponse:
    """Choose whether first names stand in one's calendar, and whether the card comes by mail."""
    form = HabitsForm(request.POST)
    if request.method == "POST" and form.is_valid():
        actions.choose_habits(by=person, at=request.at, **form.cleaned_data)
        messages.success(request, _("Kept."))
    return redirect("talks:own")


@open_to_everyone
def feed(request: HttpRequest, address: str) -> HttpResponse:
    """Give a calendar the talks of whoever made this address; a wrong or stopped one is a page that is not there."""
    habits = queries.habits_behind(address)
    if habits is None:
        raise Http404
    if _asks_too_often(habits.address_hash):
        return HttpResponse(status=429, headers={"Retry-After": str(AN_HOUR)})
    at, owner = now(), habits.owner
    with second_lock.page_of(owner.pk, at), translation.override(owner.language):
        file = feed_of(queries.talks_in_calendar(owner, at), owner, at, shows_names=habits.shows_names)
    return HttpResponse(file, content_type=f"{KIND}; charset=utf-8", headers={"X-Robots-Tag": "noindex"})


def _asks_too_often(address_hash: str) -> bool:
    key = f"calendar.{address_hash}"
    if cache.add(key, 1, timeout=AN_HOUR):
        return False
    try:
        return cache.incr(key) > MOST_AN_HOUR
    except ValueError:  # the hour was over just now
        return False
