"""Pages of those who arrange; they never show what anybody wrote."""

from django.http import HttpResponse
from django.shortcuts import render

from klimtouw.access.table import Action
from klimtouw.basecamp.queries import desk_of
from klimtouw.people.doors import shows
from klimtouw.people.requests import PersonRequest
from klimtouw.programmes.models import Programme
from klimtouw.programmes.queries import programme as find_programme


@shows(Action.SEE_DESK, find=find_programme)
def desk(request: PersonRequest, programme: Programme) -> HttpResponse:
    """Show the coordinator who coaches whom and where they stand."""
    return render(request, "basecamp/desk.html", {"desk": desk_of(programme)})
