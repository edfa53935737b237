"""Pages about when somebody is free, and who sees that (T1)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.belongings.readers import only_you, sentence_for
from klimtouw.foundation.clock import months_after
from klimtouw.people.doors import changes, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest
from klimtouw.talks import actions, queries
from klimtouw.talks.forms import FreeHoursForm
from klimtouw.talks.forms.hours import USUAL_MONTHS


@changes(Action.ARRANGE_OWN_CALENDAR, find=yourself)
def free_hours(request: PersonRequest, person: Person) -> HttpResponse:
    """Show and change the hours of a usual week in which one is free."""
    hours, today = queries.free_hours_of(person), localdate(request.at)
    if request.method == "POST" and ("take_away" in request.POST or "still" in request.POST):
        return _small_change(request, person)
    form = FreeHoursForm(request.POST or None, today=today, ends_on=hours.ends_on if hours else None)
    if request.method == "POST" and form.is_valid():
        actions.add_free_hours(
            by=person, at=request.at, blocks=form.blocks, ends_on=form.cleaned_data["ends_on"]
        )
        messages.success(request, _("Kept."))
        return redirect("talks:free_hours")
    sees = queries.who_sees_hours(hours, person, request.at)
    readers = sentence_for(hours, request.at) if hours else only_you()
    ends = queries.end_soon(hours, request.at)
    context = {"form": form, "hours": hours, "sees": sees, "readers": readers, "end_soon": ends}
    return render(request, "talks/free_hours.html", context)


def _small_change(request: PersonRequest, person: Person) -> HttpResponse:
    """Take one block away, or say that the hours still fit for some months more."""
    if "still" in request.POST:
        last = months_after(localdate(request.at), USUAL_MONTHS)
        actions.let_free_hours_last(by=person, at=request.at, ends_on=last)
    else:
        actions.take_free_hours_away(by=person, at=request.at, block=request.POST["take_away"])
    messages.success(request, _("Kept."))
    return redirect("talks:free_hours")


@changes(Action.SEE_TALKS, find=queries.relation_talks)
def show_hours(request: PersonRequest, talks: queries.RelationTalks) -> HttpResponse:
    """Let the other one of a relation see when one is free, or stop that."""
    act = actions.hide_free_hours if "stop" in request.POST else actions.show_free_hours
    if request.method == "POST":
        try:
            act(relation=talks.relation, by=request.person, at=request.at)
        except actions.NothingToShareOnto as nothing:
            messages.warning(request, str(nothing.words))
        else:
            messages.success(request, _("Kept."))
    return redirect("talks:free_hours")
