"""Pages of one's own climb as a whole: the overview, the compass, and putting something away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.belongings.actions import remove
from klimtouw.belongings.eyes import Eyes
from klimtouw.belongings.readers import only_you
from klimtouw.belongings.trash import with_undo
from klimtouw.climb.actions.compass import answer_compass
from klimtouw.climb.choices import CompassQuestion
from klimtouw.climb.forms.compass import CompassForm
from klimtouw.climb.models import CompassAnswer
from klimtouw.climb.queries import climb as queries
from klimtouw.climb.views import pages
from klimtouw.climb.views.pages import show
from klimtouw.climb.views.saving import readers_of_one, saved_for
from klimtouw.people.doors import changes, shows, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest
from klimtouw.replies.views_asking import for_whom


@shows(Action.SEE_OWN_PAGES, find=yourself)
def home(request: PersonRequest, person: Person) -> HttpResponse:
    """Show one's own climb at one glance."""
    form = CompassForm(readers=only_you())
    climb = queries.my_climb(person, request.at)
    return render(
        request, "climb/home.html", {"climb": climb, "form": form, "first": CompassQuestion.MATTERS}
    )


@changes(Action.WRITE_OWN, find=queries.asked)
def compass_write(request: PersonRequest, asked: queries.Asked) -> HttpResponse:
    """Answer one question of the compass, or say the answer in other words."""
    who, at, question = request.person, request.at, asked.question
    form = CompassForm(request.POST or None, thing=asked.answer, readers=readers_of_one(asked.answer, at))
    whom = for_whom(request)
    if saved_for(request, form, whom, lambda: answer_compass(by=who, at=at, question=question, **form.new)):
        return redirect("climb:compass")
    return render(request, "climb/compass_write.html", {"form": form, "asked": asked, "whom": whom})


@shows(Action.READ, find=queries.compass_answer)
def compass_answer(request: PersonRequest, answer: CompassAnswer) -> HttpResponse:
    """Show one answer of the compass, to its owner or to somebody it is shared with."""
    return show(request, pages.of_answer(answer, Eyes(request.person, request.at)))


@changes(Action.WRITE, find=queries.written)
def put_away(request: PersonRequest, thing: queries.Written) -> HttpResponse:
    """Ask once, then put a thing away."""
    if request.method != "POST":
        return render(request, "climb/put_away.html", {"thing": thing})
    remove(thing, by=request.person, at=request.at)
    messages.success(request, with_undo(_("Put away. Nothing is lost."), thing))
    return redirect("climb:home")
