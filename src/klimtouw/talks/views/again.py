"""What goes with keeping something of a talk: sharing it, and proposing the next talk in the same act (T3)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.people.requests import PersonRequest
from klimtouw.talks import actions, queries
from klimtouw.talks.forms import USUAL_MINUTES, AgainForm
from klimtouw.talks.models import Talk
from klimtouw.talks.moments import WrongMoment


def what_goes_with_it(
    request: PersonRequest, talk: Talk, near: queries.Around | None = None
) -> dict[str, Any]:
    """Return whether one can share here, the talk that comes next, and if there is none, moments to propose one."""
    near = near or queries.around(talk, request.person, request.at)
    next_one = near.next_one
    return {
        "can_share": near.can_share,
        "next_one": next_one,
        "again": None if next_one else _again(request, talk),
    }


def _again(request: PersonRequest, talk: Talk) -> AgainForm | None:
    if not may(request.person, Action.PLAN_TALK, talk, request.at):
        return None
    offers = queries.moments_to_talk_again(talk, request.at)
    hint = _("Tick what suits you. %(name)s chooses.") % {"name": talk.relation.other(request.person).name}
    return AgainForm(request.POST or None, offers=offers, hint=hint) if offers else None


def after_this(request: PersonRequest, talk: Talk) -> HttpResponse:
    """Propose the ticked moments when there are any, and go back to the talk."""
    form = AgainForm(request.POST, offers=())
    if form.ticked and may(request.person, Action.PLAN_TALK, talk, request.at):
        _propose_again(request, talk, form)
    return redirect(talk)


def _propose_again(request: PersonRequest, talk: Talk, form: AgainForm) -> None:
    minutes = talk.minutes if queries.talked_before(talk) else USUAL_MINUTES  # a first talk is longer (T1)
    what = {"relation": talk.relation, "id": form.cleaned_data["id"], "minutes": minutes, "place": talk.place}
    try:
        actions.propose_talk(by=request.person, at=request.at, moments=form.ticked, **what)
    except WrongMoment as wrong:
        messages.warning(request, str(wrong.words))
        return
    name = talk.relation.other(request.person).name
    messages.success(request, _("Your proposal is on its way. %(name)s chooses a moment.") % {"name": name})
