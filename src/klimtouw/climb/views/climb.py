"""Pages of one's own climb as a whole: the overview, the compass, and what was put away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.belongings.readers import only_you, readers_of, sentence_for, who_can_read
from klimtouw.climb.actions import writing
from klimtouw.climb.choices import CompassQuestion
from klimtouw.climb.forms.writing import CompassForm
from klimtouw.climb.models import CompassAnswer
from klimtouw.climb.queries import climb as queries
from klimtouw.climb.views.saving import laid_beside, page_of, readers_of_one, saved
from klimtouw.people.doors import changes, shows, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest


@shows(Action.SEE_OWN_PAGES, find=yourself)
def home(request: PersonRequest, person: Person) -> HttpResponse:
    """Show one's own climb at one glance."""
    form = CompassForm(readers=only_you())
    climb = queries.my_climb(person, request.at)
    return render(
        request, "climb/home.html", {"climb": climb, "form": form, "first": CompassQuestion.MATTERS}
    )


@shows(Action.SEE_OWN_PAGES, find=yourself)
def compass(request: PersonRequest, person: Person) -> HttpResponse:
    """Show the four questions and one's own answers."""
    asked = queries.compass_of(person)
    readers = readers_of([one.answer for one in asked if one.answer], request.at)
    rows = [(one, who_can_read(readers[one.answer.pk]) if one.answer else "") for one in asked]
    return render(request, "climb/compass.html", {"rows": rows})


@changes(Action.WRITE_OWN, find=queries.asked)
def compass_write(request: PersonRequest, asked: queries.Asked) -> HttpResponse:
    """Answer one question of the compass, or say the answer in other words."""
    who, at, question = request.person, request.at, asked.question
    form = CompassForm(request.POST or None, thing=asked.answer, readers=readers_of_one(asked.answer, at))
    if saved(request, form, lambda: writing.answer_compass(by=who, at=at, question=question, **form.new)):
        return redirect("climb:compass")
    return render(request, "climb/compass_write.html", {"form": form, "asked": asked})


@shows(Action.READ, find=queries.compass_answer)
def compass_answer(request: PersonRequest, answer: CompassAnswer) -> HttpResponse:
    """Show one answer of the compass, to its owner or to somebody it is shared with."""
    question = CompassQuestion(answer.question)
    context = {"thing": answer, "question": question, "beside": laid_beside(request, answer)}
    return render(request, "climb/compass_answer.html", {**context, **page_of(request, answer)})


@changes(Action.WRITE, find=queries.written)
def put_away(request: PersonRequest, thing: queries.Written) -> HttpResponse:
    """Ask once, then put a thing away."""
    if request.method != "POST":
        return render(request, "climb/put_away.html", {"thing": thing})
    writing.put_away(thing, by=request.person, at=request.at)
    link = format_html('<a href="{}">{}</a>', reverse("climb:put_away_list"), _("Take it back?"))
    messages.success(request, format_html("{} {}", _("Put away. Nothing is lost."), link))
    return redirect("climb:home")


@changes(Action.WRITE, find=queries.written)
def take_back(request: PersonRequest, thing: queries.Written) -> HttpResponse:
    """Take back what was put away, and say who can read it from now on."""
    if request.method != "POST":
        return redirect("climb:put_away_list")
    writing.take_back(thing, by=request.person, at=request.at)
    back = queries.written(request.person, request.at, thing.pk)
    messages.success(request, _("It is back. %(readers)s") % {"readers": sentence_for(back, request.at)})
    return redirect(back.get_absolute_url())


@shows(Action.SEE_OWN_PAGES, find=yourself)
def put_away_list(request: PersonRequest, person: Person) -> HttpResponse:
    """Show what one put away, each with a button to take it back."""
    return render(request, "climb/put_away_list.html", {"things": queries.put_away_by(person)})
