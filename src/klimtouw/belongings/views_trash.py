"""The trash: what was put away, to take back or to erase for good."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.belongings import actions, queries
from klimtouw.belongings import trash as trashed
from klimtouw.belongings.models import Thing
from klimtouw.belongings.paging import page_number
from klimtouw.belongings.readers import sentence_for
from klimtouw.people.doors import changes, shows, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest


@shows(Action.SEE_OWN_PAGES, find=yourself)
def trash(request: PersonRequest, person: Person) -> HttpResponse:
    """Show what somebody put away, each with a way back and a way to erase it now."""
    page = trashed.in_trash(person, page_number(request.GET.get("page", "")))
    return render(request, "belongings/trash.html", {"page": page, "days": actions.KEPT_IN_TRASH.days})


@changes(Action.WRITE, find=trashed.own_words)
def take_back(request: PersonRequest, thing: Thing) -> HttpResponse:
    """Take back what was put away; on GET ask for the one button that does it."""
    if request.method != "POST":
        return render(request, "belongings/take_back.html", {"thing": thing})
    try:
        actions.take_back(thing, by=request.person, at=request.at)
    except actions.AnotherStandsThere:
        said = _("You wrote something else in its place since. Put that away first, then take this back.")
        messages.warning(request, said)
        return redirect("belongings:trash")
    return _is_back(request, thing)


def _is_back(request: PersonRequest, thing: Thing) -> HttpResponse:
    if whole := trashed.still_in_trash(thing):
        said = _(
            "It is back in its place, but that place (%(whole)s) is still in the trash. Take that back too: otherwise this goes along with it."
        )
        messages.warning(request, said % {"whole": whole})
        return redirect("belongings:trash")
    back = queries.thing(request.person, request.at, thing.pk)
    messages.success(request, _("It is back. %(readers)s") % {"readers": sentence_for(back, request.at)})
    return redirect(back.get_absolute_url())  # type: ignore[attr-defined]  # every kind of thing has an address


@changes(Action.ERASE, find=trashed.own_words)
def erase(request: PersonRequest, thing: Thing) -> HttpResponse:
    """Ask once, then erase a thing for good."""
    if request.method != "POST":
        return render(request, "belongings/erase.html", {"thing": thing})
    actions.erase(thing, by=request.person, at=request.at)
    messages.success(request, _("Erased for good."))
    return redirect("belongings:trash")
