"""Invite somebody to a circle; answer or withdraw an invitation."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.circles.actions import invitations as actions
from klimtouw.circles.models import Circle, CircleInvitation
from klimtouw.circles.queries import invitations as queries
from klimtouw.circles.queries.circles import circle as circle_of
from klimtouw.people.doors import changes, open_to_everyone
from klimtouw.people.requests import PersonRequest
from klimtouw.relations.actions.invitations import CannotInvite, NoLongerOpen
from klimtouw.relations.forms.invitations import LetterForm


@changes(Action.INVITE_TO_CIRCLE, find=circle_of)
def invite(request: PersonRequest, circle: Circle) -> HttpResponse:
    """Write and send an invitation to a circle."""
    form = LetterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite_to_circle(circle, by=request.person, at=request.at, **form.cleaned_data)
        except CannotInvite as reason:
            form.add_error("email", str(reason))
        else:
            messages.success(request, _("Your invitation is on its way."))
            return redirect("circles:invite" if "another" in request.POST else "circles:circle", circle.pk)
    context = {"circle": circle, "form": form, "letters": queries.open_letters_of(circle, request.at)}
    return render(request, "circles/invite.html", context)


@changes(Action.WITHDRAW_INVITATION, find=queries.letter_sent)
def sent(request: PersonRequest, letter: CircleInvitation) -> HttpResponse:
    """Show an invitation to its writer, who may withdraw it."""
    if request.method != "POST":
        return render(request, "circles/sent.html", {"letter": letter})
    actions.withdraw_circle_invitation(letter, by=request.person, at=request.at)
    messages.success(request, _("Your invitation is withdrawn."))
    return redirect("circles:circle", letter.circle_id)


@never_cache
@open_to_everyone
def invitation(request: PersonRequest, token: str) -> HttpResponse:
    """Show an invitation to whoever holds its link; take the answer."""
    letter = queries.letter_behind(token, request.at)
    if letter is None:
        return render(request, "circles/invitation_closed.html", status=410)
    is_full = False
    try:
        if request.method == "POST" and (answered := _answered(request, letter)):
            return answered
    except NoLongerOpen:
        return render(request, "circles/invitation_closed.html", status=410)
    except actions.CircleIsFull:
        is_full = True
    way_back = {"next": request.path}
    context = {
        "letter": letter,
        "is_full": is_full,
        "is_mine": may(request.person, Action.READ_INVITATION, letter, request.at),
        "sign_in_url": f"{reverse('account_login')}?{urlencode(way_back)}",
        "sign_up_url": f"{reverse('account_signup')}?{urlencode({**way_back, 'email': letter.email})}",
    }
    return render(request, "circles/invitation.html", context)


def _answered(request: PersonRequest, letter: CircleInvitation) -> HttpResponse | None:
    is_invitee = may(request.person, Action.ANSWER_INVITATION, letter, request.at)
    answer = request.POST.get("answer")
    if answer == "accept" and is_invitee:
        circle = actions.accept_circle_invitation(letter, by=request.person, at=request.at)
        return redirect("circles:circle", circle.pk)
    if answer == "decline" and (is_invitee or not request.user.is_authenticated):
        actions.decline_circle_invitation(letter, at=request.at)
        return redirect("relations:declined")
    return None
