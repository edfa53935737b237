"""The page on which somebody says in private whether a proposed circle feels right."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.circles.actions.proposals import say_whether_it_feels_right
from klimtouw.circles.forms.proposals import FeelsRightForm
from klimtouw.people.doors import changes
from klimtouw.people.requests import PersonRequest
from klimtouw.programmes.models import CircleProposal
from klimtouw.programmes.proposals import queries


@changes(Action.ANSWER_PROPOSAL, find=queries.proposal)
def proposal(request: PersonRequest, proposal: CircleProposal) -> HttpResponse:
    """Show who would be in it, and take a yes or a rather not; the coordinator sees neither."""
    own = queries.own_answer(request.person, proposal)
    initial = {"answer": {True: "yes", False: "no"}.get(own) if own is not None else None}
    form = FeelsRightForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        say_whether_it_feels_right(proposal, by=request.person, at=request.at, feels_right=form.feels_right)
        messages.success(request, _("Kept. Nobody else sees what you said."))
        return redirect("circles:overview")
    context = {"proposal": proposal, "names": queries.names_in(proposal), "form": form, "own": own}
    return render(request, "circles/proposal.html", context)
