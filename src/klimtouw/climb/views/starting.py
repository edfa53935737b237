"""Pages of the starting situation: where somebody stands at the foot of the mountain (C5)."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from klimtouw.access.table import Action
from klimtouw.belongings.eyes import Eyes
from klimtouw.climb.actions.starting import answer_start
from klimtouw.climb.forms.compass import CompassForm
from klimtouw.climb.models import StartingAnswer
from klimtouw.climb.queries import starting as queries
from klimtouw.climb.views import pages
from klimtouw.climb.views.pages import show
from klimtouw.climb.views.saving import readers_of_one, saved
from klimtouw.people.doors import changes, shows, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest


@shows(Action.SEE_OWN_PAGES, find=yourself)
def starting(request: PersonRequest, person: Person) -> HttpResponse:
    """Show the questions of the starting situation, and one's own answers."""
    rows, view = queries.whole_start_of(person, request.at)
    return render(request, "climb/starting.html", {"rows": rows, "view": view})


@changes(Action.WRITE_OWN, find=queries.asked_at_the_start)
def starting_write(request: PersonRequest, asked: queries.AskedAtTheStart) -> HttpResponse:
    """Answer one question, or say the answer in other words."""
    who, at, question = request.person, request.at, asked.question
    form = CompassForm(request.POST or None, thing=asked.answer, readers=readers_of_one(asked.answer, at))
    if saved(request, form, lambda: answer_start(by=who, at=at, question=question, **form.new)):
        return redirect("climb:starting")
    return render(request, "climb/starting_write.html", {"form": form, "asked": asked})


@shows(Action.READ, find=queries.starting_answer)
def starting_answer(request: PersonRequest, answer: StartingAnswer) -> HttpResponse:
    """Show one answer, to its owner or to somebody it is shared with."""
    return show(request, pages.of_starting_answer(answer, Eyes(request.person, request.at)))
