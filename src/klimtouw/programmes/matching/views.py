"""The page on which somebody says that they are open for a new match, and takes it back (R5)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.people.doors import changes, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest
from klimtouw.programmes.matching.actions import close_to_match, open_to_match
from klimtouw.programmes.matching.queries import matches_of


@changes(Action.OPEN_FOR_MATCH, find=yourself)
def match(request: PersonRequest, person: Person) -> HttpResponse:
    """Show for each programme whether one is open for a new match, with one button."""
    mine = matches_of(person)
    if request.method == "POST":
        _answered(request, {str(one.programme.pk): one.programme.pk for one in mine})
        return redirect("programmes:match")
    return render(request, "programmes/match.html", {"mine": mine})


def _answered(request: PersonRequest, known: dict[str, UUID]) -> None:
    opens, closes = (known.get(request.POST.get(name, "")) for name in ("open", "close"))
    if opens:
        open_to_match(by=request.person, at=request.at, programme=opens)
        messages.success(request, _("You are open for a new match. You can take it back at any time."))
    if closes:
        close_to_match(by=request.person, at=request.at, programme=closes)
        messages.success(request, _("Taken back. Nobody sees it any more."))
