"""Practice talks: choose what to say, see what comes of it, look back (T8)."""

from django.http import HttpResponse
from django.shortcuts import render

from klimtouw.access.table import Action
from klimtouw.growth.queries import reading as queries
from klimtouw.growth.queries.own import practice_note_of
from klimtouw.growth.texts.practice import PracticeTalk
from klimtouw.people.doors import shows
from klimtouw.people.requests import PersonRequest


@shows(Action.SEE_OWN_PAGES, find=queries.practice_talk)
def practice(request: PersonRequest, reading: queries.Reading[PracticeTalk]) -> HttpResponse:
    """Show a practice talk as far as its reader went: the way stands in the address, and nowhere else (V5)."""
    talk = reading.text
    walk = talk.walk(request.GET.get("weg", ""))
    context = {"talk": talk, "walk": walk}
    if not walk.here.is_ending:
        return render(request, "growth/practice.html", context)
    context |= {"looked_back": queries.look_back_on(walk), "note": practice_note_of(reading.person, talk.key)}
    return render(request, "growth/look_back.html", context)
