"""Pages to read: everything for coaches, the roles, one card, the chapters."""

from django.http import HttpResponse
from django.shortcuts import render

from klimtouw.access.table import Action
from klimtouw.growth.choices import Phase
from klimtouw.growth.forms import CardWish
from klimtouw.growth.queries import reading as queries
from klimtouw.growth.queries.own import coached_now
from klimtouw.growth.texts.chapters import Chapter
from klimtouw.growth.texts.library import library
from klimtouw.people.doors import shows, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest


@shows(Action.SEE_OWN_PAGES, find=yourself)
def home(request: PersonRequest, person: Person) -> HttpResponse:
    """Show everything there is for a coach's own growth; in any order, nothing is ticked off (V21, V27)."""
    texts = library()
    context = {
        "chapters": texts.chapters.values(),
        "talks": texts.talks.values(),
        "coached": coached_now(person, request.at),
    }
    return render(request, "growth/home.html", context)


@shows(Action.SEE_OWN_PAGES, find=yourself)
def roles(request: PersonRequest, person: Person) -> HttpResponse:
    """Show the coach roles: what each does, and in which phases it helps (T5)."""
    return render(request, "growth/roles.html", {"roles": queries.roles_with_help()})


@shows(Action.SEE_OWN_PAGES, find=yourself)
def card(request: PersonRequest, person: Person) -> HttpResponse:
    """Show one card: for a role, for a moment, or just one (T7)."""
    wish = (request.GET.get("rol", ""), request.GET.get("fase", ""), request.GET.get("nr", ""))
    asked = CardWish(dict(zip(("role", "phase", "number"), wish, strict=True))).asked
    known = {role.key: role for role in queries.coach_roles()}
    asked["role"] = asked["role"] if asked["role"] in known else ""
    hand = queries.card_for(person, request.at, **asked)
    context = {"hand": hand, "asked": asked, "roles": known.values(), "phases": Phase}
    return render(request, "growth/card.html", context)


@shows(Action.SEE_OWN_PAGES, find=queries.chapter)
def chapter(request: PersonRequest, reading: queries.Reading[Chapter]) -> HttpResponse:
    """Show one chapter of learning to dare (T8)."""
    context = {"chapter": reading.text, "after": queries.chapter_after(reading.text)}
    return render(request, "growth/chapter.html", context)
