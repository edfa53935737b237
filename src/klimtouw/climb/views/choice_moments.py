"""Pages of choice moments: the list, one of them, its options, deciding and looking back (C12)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.belongings.eyes import Eyes
from klimtouw.belongings.readers import only_you
from klimtouw.belongings.trash import with_undo
from klimtouw.climb.actions import choice_moments as actions
from klimtouw.climb.forms.choice_moments import (
    ChoiceForm,
    DecisionForm,
    LookBackForm,
    NewChoiceForm,
    OptionForm,
)
from klimtouw.climb.models import ChoiceMoment, Option
from klimtouw.climb.queries import choice_moments as queries
from klimtouw.climb.queries.climb import goals_to_link
from klimtouw.climb.views import pages
from klimtouw.climb.views.pages import show
from klimtouw.climb.views.saving import readers_of_one, saved
from klimtouw.people.doors import changes, shows, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest


@shows(Action.SEE_OWN_PAGES, find=yourself)
def choices(request: PersonRequest, person: Person) -> HttpResponse:
    """Show one's own choice moments."""
    return render(request, "climb/choices.html", {"moments": queries.choices_of(person)})


@shows(Action.READ, find=queries.choice)
def choice(request: PersonRequest, moment: ChoiceMoment) -> HttpResponse:
    """Show a choice moment with its options; its goal only to who may read that too."""
    return show(request, pages.of_choice(moment, Eyes(request.person, request.at)))


@changes(Action.WRITE_OWN, find=yourself)
def choice_new(request: PersonRequest, person: Person) -> HttpResponse:
    """Write down a choice one stands before."""
    goals, serves = goals_to_link(person), {"goal_id": request.GET.get("goal", "")}
    form = NewChoiceForm(request.POST or None, goals=goals, initial=serves, readers=only_you())
    if kept := saved(request, form, lambda: actions.open_choice(by=person, at=request.at, **form.new)):
        return redirect(kept)
    return render(request, "climb/choice_write.html", {"form": form, "thing": None})


@changes(Action.WRITE, find=queries.choice)
def choice_edit(request: PersonRequest, moment: ChoiceMoment) -> HttpResponse:
    """Say the question in other words, or whom one asked."""
    goals, readers = goals_to_link(request.person, moment.goal_id), readers_of_one(moment, request.at)
    form = ChoiceForm(request.POST or None, thing=moment, goals=goals, readers=readers)
    who, at = request.person, request.at
    if saved(request, form, lambda: actions.reword_choice(moment, by=who, at=at, **form.reworded)):
        return redirect(moment)
    return render(request, "climb/choice_write.html", {"form": form, "thing": moment})


@changes(Action.WRITE, find=queries.choice)
def option_new(request: PersonRequest, moment: ChoiceMoment) -> HttpResponse:
    """Add an option."""
    form = OptionForm(request.POST or None, readers=readers_of_one(moment, request.at))
    who, at = request.person, request.at
    if saved(request, form, lambda: actions.add_option(moment, by=who, at=at, **form.new)):
        return redirect(moment)
    return render(request, "climb/option_write.html", {"form": form, "moment": moment, "thing": None})


@changes(Action.WRITE, find=queries.option)
def option(request: PersonRequest, option: Option) -> HttpResponse:
    """Say an option in other words, or weigh it anew."""
    form = OptionForm(request.POST or None, thing=option, readers=readers_of_one(option, request.at))
    who, at = request.person, request.at
    try:
        if saved(request, form, lambda: actions.reword_option(option, by=who, at=at, **form.reworded)):
            return redirect(option)
    except actions.NotAChoice:
        form.no_own_idea_left()
    return render(request, "climb/option_write.html", {"form": form, "moment": None, "thing": option})


@changes(Action.WRITE, find=queries.option)
def option_remove(request: PersonRequest, option: Option) -> HttpResponse:
    """Put an option away; two stay, and one of them is an own idea."""
    if request.method == "POST":
        try:
            actions.remove_option(option, by=request.person, at=request.at)
            messages.success(request, with_undo(_("Put away. Nothing is lost."), option))
        except actions.NotAChoice:
            said = _("Two options stay, and one of them is your own idea. Add another one first.")
            messages.warning(request, said)
    return redirect("climb:choice", option.choice_id)


@changes(Action.WRITE, find=queries.choice)
def choice_decide(request: PersonRequest, moment: ChoiceMoment) -> HttpResponse:
    """Choose an option."""
    options = queries.options_of(moment, request.person, request.at)
    readers = readers_of_one(moment, request.at)
    form = DecisionForm(request.POST or None, thing=moment, options=options, readers=readers)
    who, at = request.person, request.at
    try:
        if saved(request, form, lambda: actions.decide(moment, by=who, at=at, **form.reworded)):
            return redirect(moment)
    except actions.NotAChoice:
        form.add_error(None, _("Two options stay, and one of them is your own idea. Add another one first."))
    title, lede = _("What do I choose?"), _("You can always choose again. Nothing is fixed.")
    return _say(request, moment, form, title=title, lede=lede)


@changes(Action.WRITE, find=queries.choice)
def choice_look_back(request: PersonRequest, moment: ChoiceMoment) -> HttpResponse:
    """Write how one sees a choice by now."""
    form = LookBackForm(request.POST or None, thing=moment, readers=readers_of_one(moment, request.at))
    who, at = request.person, request.at
    if saved(request, form, lambda: actions.look_back(moment, by=who, at=at, **form.reworded)):
        return redirect(moment)
    lede = _("What did this choice bring you? What would you tell yourself then?")
    return _say(request, moment, form, title=_("Looking back"), lede=lede)


def _say(
    request: PersonRequest, moment: ChoiceMoment, form: DecisionForm | LookBackForm, **said: str
) -> HttpResponse:
    return render(request, "climb/choice_say.html", {"form": form, "thing": moment, **said})
