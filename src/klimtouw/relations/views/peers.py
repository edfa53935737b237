"""A peer relation from the side of those around it: revoke, give up, step back, go on, and see how it stands."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.peers import queries as peers
from klimtouw.peers.models import Attestation, Support
from klimtouw.people.doors import changes, shows
from klimtouw.people.requests import PersonRequest
from klimtouw.relations.actions import peers as actions
from klimtouw.relations.models import Relation
from klimtouw.relations.queries import peers as queries
from klimtouw.relations.queries.relations import relation_as_written


@changes(Action.REVOKE_ATTESTATION, find=peers.attestation)
def revoke_attestation(request: PersonRequest, attestation: Attestation) -> HttpResponse:
    """Revoke an attestation; nobody asks why."""
    if request.method != "POST":
        context = {"attestation": attestation, "is_mine": False}
        return render(request, "relations/end_attestation.html", context)
    actions.revoke_attestation(attestation, by=request.person, at=request.at)
    messages.success(request, _("The attestation no longer holds."))
    return redirect("peers:trainees")


@changes(Action.SHOW_ATTESTATION, find=peers.attestation)
def give_up_attestation(request: PersonRequest, attestation: Attestation) -> HttpResponse:
    """Give up one's own attestation."""
    if request.method != "POST":
        return render(
            request, "relations/end_attestation.html", {"attestation": attestation, "is_mine": True}
        )
    actions.give_up_attestation(attestation, by=request.person, at=request.at)
    messages.success(request, _("You gave up your attestation."))
    return redirect("peers:home")


@changes(Action.STEP_BACK, find=peers.support)
def step_back(request: PersonRequest, support: Support) -> HttpResponse:
    """No longer stand behind a peer coach, or no longer have this person there."""
    is_mine = support.owner_id == request.person.pk
    if request.method != "POST":
        return render(request, "relations/step_back.html", {"support": support, "is_mine": is_mine})
    actions.step_back(support, by=request.person, at=request.at)
    messages.success(request, _("That is done. Nobody asks why."))
    return redirect("peers:home" if is_mine else "peers:trainees")


@shows(Action.SEE_PEER_STATE, find=peers.support)
def peer_coach(request: PersonRequest, support: Support) -> HttpResponse:
    """Show how it stands with a peer coach: names, states and days, and kind ways to help."""
    context = {"support": support, "states": queries.peer_states(support, request.at)}
    return render(request, "relations/peer_coach.html", context)


@changes(Action.TAKE_UP, find=relation_as_written)
def take_up(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Go on with what rested."""
    if request.method == "POST" and relation.is_peer:
        _take_up(request, relation)
        return redirect(relation)
    if not relation.rests(request.at):
        return redirect(relation)
    standing = peers.standing_of(relation.coach, request.at)
    context = {"relation": relation, "other": relation.other(request.person), "standing": standing}
    return render(request, "relations/take_up.html", context)


def _take_up(request: PersonRequest, relation: Relation) -> None:
    try:
        actions.take_up(relation, by=request.person, at=request.at)
    except actions.NotBacked:
        messages.warning(request, _("This rests for now: something is still missing for peer coaching."))
    except actions.UpToTheCoachee:
        messages.warning(
            request,
            _("Somebody else stands behind it now. That is for %(name)s to say.")
            % {"name": relation.coachee.name},
        )
    else:
        messages.success(request, _("You two go on."))
