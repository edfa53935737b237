"""Pages of those who arrange; they never show what anybody wrote."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.basecamp.forms import ProposalForm
from klimtouw.basecamp.queries import desk_of
from klimtouw.people.doors import changes, shows
from klimtouw.people.requests import PersonRequest
from klimtouw.programmes.models import Programme
from klimtouw.programmes.proposals.actions import propose_circle
from klimtouw.programmes.proposals.queries import people_of
from klimtouw.programmes.queries import programme as find_programme


@shows(Action.SEE_DESK, find=find_programme)
def desk(request: PersonRequest, programme: Programme) -> HttpResponse:
    """Show the coordinator who coaches whom and where they stand."""
    return render(request, "basecamp/desk.html", {"desk": desk_of(programme, request.person)})


@changes(Action.PROPOSE_CIRCLE, find=find_programme)
def propose_circle_page(request: PersonRequest, programme: Programme) -> HttpResponse:
    """Let the coordinator name who could be a circle; each of them is asked in private."""
    data = request.POST if request.method == "POST" else None
    form = ProposalForm(data, people=people_of(programme), today=localdate(request.at))
    if form.is_valid():
        chosen = {**form.cleaned_data, "facilitator": UUID(form.cleaned_data["facilitator"])}
        propose_circle(programme, by=request.person, at=request.at, **chosen)
        messages.success(request, _("Everybody you named is asked in private whether it feels right."))
        return redirect("basecamp:desk", programme.pk)
    return render(request, "basecamp/propose_circle.html", {"programme": programme, "form": form})
