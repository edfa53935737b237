"""The history of one text: its earlier wordings, and putting one back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.belongings import actions, queries
from klimtouw.belongings import versions as history
from klimtouw.belongings.models import Thing
from klimtouw.belongings.paging import FURTHEST, page_number, whole_number
from klimtouw.belongings.readers import sentence_for
from klimtouw.people.doors import changes, shows
from klimtouw.people.requests import PersonRequest


@shows(Action.SEE_HISTORY, find=queries.thing)
def versions(request: PersonRequest, thing: Thing) -> HttpResponse:
    """Show to its owner how a thing was worded before, and what changed."""
    page = history.history_of(thing, page_number(request.GET.get("page", "")))
    context = {"thing": thing, "page": page, "readers": sentence_for(thing, request.at)}
    return render(request, "belongings/versions.html", context)


@changes(Action.WRITE, find=history.wording)
def restore(request: PersonRequest, earlier: history.OneWording) -> HttpResponse:
    """Make an earlier wording the newest again; on GET ask for the one button that does it."""
    thing = earlier.thing
    if request.method != "POST":
        context = {"thing": thing, "wording": earlier.wording, "readers": sentence_for(thing, request.at)}
        return render(request, "belongings/restore.html", context)
    _put_back(request, earlier, seen=whole_number(request.POST.get("seen", ""), most=FURTHEST) or 0)
    return redirect("belongings:versions", thing.pk)


def _put_back(request: PersonRequest, earlier: history.OneWording, *, seen: int) -> None:
    thing, number = earlier.thing, earlier.wording.number
    try:
        restored = actions.restore(thing, by=request.person, at=request.at, seen=seen, number=number)
    except actions.ChangedMeanwhile:
        said = _("This text was changed in the meantime. Nothing is lost: look again, then choose.")
        messages.warning(request, said)
        return
    except actions.StandsAsGiven as given:
        messages.warning(request, str(given.words))
        return
    if restored.version == thing.version:
        messages.success(request, _("The text reads like this already."))
        return
    said = _("This wording is the newest again. %(readers)s") % {"readers": sentence_for(thing, request.at)}
    messages.success(request, history.with_undo(said, thing, before=restored.version - 1))
