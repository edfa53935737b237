"""Invite somebody; answer, withdraw or let go of an invitation."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.people.doors import changes, open_to_everyone, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest
from klimtouw.relations.actions import invitations as actions
from klimtouw.relations.actions.letters_sent import MOST_TO_ONE_ADDRESS
from klimtouw.relations.actions.peers import NotBacked
from klimtouw.relations.choices import Side
from klimtouw.relations.forms.invitations import InvitationForm
from klimtouw.relations.models import Invitation
from klimtouw.relations.queries import invitations as queries
from klimtouw.relations.queries.peers import standing_behind_invitation


@changes(Action.INVITE, find=yourself)
def invite(request: PersonRequest, person: Person) -> HttpResponse:
    """Choose a side, then write and send an invitation."""
    if request.GET.get("as") not in Side.values:
        return render(request, "relations/invite_as.html")
    side = Side(request.GET["as"])
    form = InvitationForm(request.POST or None, side=side)
    if request.method == "POST" and form.is_valid() and (invitation := _sent(request, form, side)):
        messages.success(request, _("Your invitation is on its way."))
        return redirect("relations:sent", invitation.pk)
    return render(request, "relations/invite.html", {"form": form, "coaches": side == Side.COACH})


def _sent(request: PersonRequest, form: InvitationForm, side: Side) -> Invitation | None:
    try:
        return actions.invite(by=request.person, at=request.at, side=side, **form.cleaned_data)
    except actions.CannotInvite as reason:
        form.add_error("email", str(reason))
        return None


@changes(Action.WITHDRAW_INVITATION, find=queries.sent_invitation)
def sent(request: PersonRequest, invitation: Invitation) -> HttpResponse:
    """Show an invitation to its writer, who may withdraw it."""
    if request.method == "POST":
        actions.withdraw_invitation(invitation, by=request.person, at=request.at)
        messages.success(request, _("Your invitation is withdrawn."))
        return redirect("relations:overview")
    context = {"invitation": invitation, "coaches": _coaches(invitation), "most": MOST_TO_ONE_ADDRESS}
    return render(request, "relations/sent.html", context)


@never_cache
@open_to_everyone
def invitation(request: PersonRequest, token: str) -> HttpResponse:
    """Show an invitation to whoever holds its link; take the answer."""
    found = queries.invitation_behind(token, request.at)
    try:
        if found is None:
            raise actions.NoLongerOpen
        if request.method == "POST" and (answered := _answered(request, found)):
            return answered
    except actions.NoLongerOpen:
        return _no_longer_open(request, token)
    return render(request, "relations/invitation.html", _as_read_by(request, found))


def _answered(request: PersonRequest, found: Invitation) -> HttpResponse | None:
    is_signed_in = request.user.is_authenticated
    is_invitee = may(request.person, Action.ANSWER_INVITATION, found, request.at)
    answer = request.POST.get("answer")
    if answer == "accept" and is_invitee:
        return _accepted(request, found)
    if answer == "decline" and (is_invitee or not is_signed_in):
        actions.decline_invitation(found, at=request.at)
        return redirect("relations:declined")
    return None


def _accepted(request: PersonRequest, found: Invitation) -> HttpResponse:
    try:
        relation = actions.accept_invitation(found, by=request.person, at=request.at)
    except NotBacked:
        messages.warning(
            request,
            _(
                "This cannot begin yet: something is still missing for peer coaching. The invitation stays open."
            ),
        )
        return redirect(request.path if _coaches(found) else "peers:home")
    return redirect("relations:acquaintance", relation.pk)


def _no_longer_open(request: PersonRequest, token: str) -> HttpResponse:
    """Say the same for every link that opens nothing; only a second press on "accept" goes to where the first led."""
    if request.method == "POST" and request.user.is_authenticated:
        relation = queries.relation_begun_by(token, request.person, request.at)
        if relation is not None:
            return redirect("relations:acquaintance", relation.pk)
    return render(request, "relations/invitation_closed.html", status=410)


def _as_read_by(request: PersonRequest, found: Invitation) -> dict[str, Any]:
    way_back = {"next": request.path}
    return {
        "invitation": found,
        "coaches": _coaches(found),
        "peer": standing_behind_invitation(found, request.person, request.at),
        "is_mine": may(request.person, Action.READ_INVITATION, found, request.at),
        "sign_in_url": f"{reverse('account_login')}?{urlencode(way_back)}",
        "sign_up_url": f"{reverse('account_signup')}?{urlencode({**way_back, 'email': found.email})}",
    }


def _coaches(invitation: Invitation) -> bool:
    return invitation.inviter_side == Side.COACH


@open_to_everyone
def declined(request: HttpRequest) -> HttpResponse:
    """Thank somebody who declined; the page is the same for everybody."""
    return render(request, "relations/declined.html")
