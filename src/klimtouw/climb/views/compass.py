"""Pages of the compass: the four questions, strengths and work points, and all of it on one sheet (C1)."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from klimtouw.access.table import Action
from klimtouw.belongings.eyes import Eyes
from klimtouw.belongings.readers import only_you
from klimtouw.climb.actions.strengths import move_strength, reword_strength, turn_strength, write_strength
from klimtouw.climb.choices import StrengthSort
from klimtouw.climb.forms.strengths import NewStrengthForm, OrderForm, StrengthForm, TurnForm
from klimtouw.climb.models import Strength
from klimtouw.climb.queries import strengths as queries
from klimtouw.climb.views import pages
from klimtouw.climb.views.pages import show
from klimtouw.climb.views.saving import readers_of_one, saved
from klimtouw.people.doors import changes, shows, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest


@shows(Action.SEE_OWN_PAGES, find=yourself)
def compass(request: PersonRequest, person: Person) -> HttpResponse:
    """Show the four questions and one's own answers, strengths and work points."""
    context = {"compass": queries.whole_compass_of(person, request.at), "sorts": StrengthSort}
    return render(request, "climb/compass.html", context)


@shows(Action.SEE_OWN_PAGES, find=yourself)
def compass_sheet(request: PersonRequest, person: Person) -> HttpResponse:
    """Show the compass on one sheet, to look at and to print."""
    context = {"compass": queries.whole_compass_of(person, request.at), "person": person, "at": request.at}
    return render(request, "climb/compass_sheet.html", context)


@shows(Action.READ, find=queries.strength)
def strength(request: PersonRequest, strength: Strength) -> HttpResponse:
    """Show one strength or work point, to its owner or to somebody it is shared with."""
    return show(request, pages.of_strength(strength, Eyes(request.person, request.at)))


@changes(Action.WRITE_OWN, find=yourself)
def strength_new(request: PersonRequest, person: Person) -> HttpResponse:
    """Write a strength or a work point."""
    asked = TurnForm({"to": request.POST.get("sort") or request.GET.get("sort")})
    sort = asked.cleaned_data["to"] if asked.is_valid() else StrengthSort.STRENGTH
    form = NewStrengthForm(request.POST or None, sort=sort, readers=only_you())
    if saved(request, form, lambda: write_strength(by=person, at=request.at, **form.new)):
        return redirect("climb:compass")
    return render(request, "climb/strength_write.html", {"form": form, "sort": sort, "thing": None})


@changes(Action.WRITE, find=queries.strength)
def strength_edit(request: PersonRequest, strength: Strength) -> HttpResponse:
    """Say a strength or work point in other words."""
    form = StrengthForm(request.POST or None, thing=strength, readers=readers_of_one(strength, request.at))
    who, at = request.person, request.at
    if saved(request, form, lambda: reword_strength(strength, by=who, at=at, **form.reworded)):
        return redirect(strength)
    context = {"form": form, "sort": StrengthSort(strength.sort), "thing": strength}
    return render(request, "climb/strength_write.html", context)


@changes(Action.WRITE, find=queries.strength)
def strength_move(request: PersonRequest, strength: Strength) -> HttpResponse:
    """Move a strength or work point one place in one's own order."""
    if request.method == "POST":
        is_later = _sent(OrderForm(request.POST)) == "later"
        move_strength(strength, by=request.person, at=request.at, is_later=is_later)
    return redirect("climb:compass")


@changes(Action.WRITE, find=queries.strength)
def strength_turn(request: PersonRequest, strength: Strength) -> HttpResponse:
    """Let a work point become a strength, or the other way."""
    if request.method == "POST":
        to = StrengthSort(_sent(TurnForm(request.POST)))
        turn_strength(strength, by=request.person, at=request.at, to=to)
        messages.success(request, str(to.moved))
    return redirect(strength)


def _sent(form: forms.Form) -> str:
    """Return what a button sent; what no button sends is a page that does not exist."""
    if not form.is_valid():
        raise Http404
    to: str = form.cleaned_data["to"]
    return to
