"""The page about everything that is yours: take it along, bring it back, erase it."""

from django.http import HttpResponse
from django.shortcuts import render

from klimtouw.access.table import Action
from klimtouw.people.doors import shows, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest
from klimtouw.takeaway.package import parcels


@shows(Action.TAKE_ALONG, find=yourself)
def home(request: PersonRequest, person: Person) -> HttpResponse:
    """Show what somebody can do with all that is theirs."""
    return render(request, "takeaway/home.html", {"parcel": parcels.of(person)})
