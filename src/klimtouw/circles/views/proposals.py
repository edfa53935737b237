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
from klimtouw.programmes.models import CircleProposal, ProposalAnswer
from klimtouw.programmes.proposals import queries


@changes(Action.ANSWER_PROPOSAL, find=queries.proposal)
def proposal(request: PersonRequest, proposal: CircleProposal) -> HttpResponse:
    """Show who would be in it, and take a yes or a rather not; the coordinator sees neither."""
    own = queries.own_answer(request.person, proposal)
    names = queries.names_in(proposal)
    form = _form(request, own, would_guide=names.facilitator == request.person)
    if form.is_valid():
        said = {"feels_right": form.feels_right, "has_double_hat": form.has_two_hats}
        say_whether_it_feels_right(proposal, by=request.person, at=request.at, **said)
        messages.success(request, _("Kept. Nobody else sees what you said."))
        return redirect("circles:overview")
    context = {"proposal": proposal, "names": names, "form": form, "own": own}
    return render(request, "circles/proposal.html", context)


def _form(request: PersonRequest, own: ProposalAnswer | None, *, would_guide: bool) -> FeelsRightForm:
    said = {"answer": "yes" if own.feels_right else "no", "has_double_hat": own.has_double_hat} if own else {}
    sent = request.POST if request.method == "POST" else None
    return FeelsRightForm(sent, initial=said, would_guide=would_guide)
