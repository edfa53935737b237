"""The first pages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from klimtouw.access.page import Language, rows, who_sees_what
from klimtouw.access.table import Action
from klimtouw.belongings.actions import KEPT_IN_TRASH
from klimtouw.belongings.paging import page_number
from klimtouw.belongings.readers import only_you
from klimtouw.climb.choices import CompassQuestion
from klimtouw.climb.forms.compass import CompassForm
from klimtouw.foundation.clock import now
from klimtouw.foundation.text import name_to_greet_with
from klimtouw.home.day import day_of
from klimtouw.home.queries import how_long_it_stays, start_of
from klimtouw.people.doors import open_to_everyone, shows, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest


@open_to_everyone
def home(request: HttpRequest) -> HttpResponse:
    """Show what is next for this person; a visitor reads what Klimtouw is."""
    if not isinstance(request.user, Person):
        return render(request, "home/welcome.html", {"is_demo": settings.DEMO})
    start, greeting = start_of(request.user, now()), name_to_greet_with(request.user.name)
    context = {"start": start, "greeting": greeting, "is_demo": settings.DEMO}
    context |= {"question": CompassQuestion.MATTERS, "form": CompassForm(readers=only_you())}
    return render(request, "home/home.html", context)


@open_to_everyone
def who_may_do_what(request: HttpRequest) -> HttpResponse:
    """Show the whole policy in plain words (P1)."""
    language: Language = "en" if get_language() == "en" else "nl"
    person = request.user if isinstance(request.user, Person) else None
    context = {"rows": rows(language), "stays": how_long_it_stays(person), "trash_days": KEPT_IN_TRASH.days}
    context["who_sees_what"] = who_sees_what(language)
    return render(request, "home/who_may_do_what.html", context)


@shows(Action.SEE_OWN_PAGES, find=yourself)
def coach_day(request: PersonRequest, person: Person) -> HttpResponse:
    """Show a coach the talks of today, the answers they promised, and who waits for whom."""
    day = day_of(person, request.at, page=page_number(request.GET.get("page", "")))
    return render(request, "home/day.html", {"day": day, "at": request.at})
