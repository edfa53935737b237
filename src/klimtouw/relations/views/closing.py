"""Pause, go on, complete and stop: a small page each, with what follows from it and one button."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.people.doors import changes, shows
from klimtouw.people.requests import PersonRequest
from klimtouw.relations.actions import closing as actions
from klimtouw.relations.actions.peers import NotBacked
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.relations.queries import relations as queries
from klimtouw.relations.queries.contracts import last_day_of


@changes(Action.PAUSE_RELATION, find=queries.relation)
def pause(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Let the planning rest."""
    if request.method != "POST":
        return _page(request, relation, "pause")
    actions.pause_relation(relation=relation, by=request.person, at=request.at)
    messages.success(request, _("You two are pausing. Going on is one click."))
    return redirect(relation)


@changes(Action.RESUME_RELATION, find=queries.relation_as_written)
def resume(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Go on after a pause; after the last day there is nothing to go on with."""
    if relation.rests(request.at):
        return redirect("relations:take_up", relation.pk)
    if request.method != "POST":
        return _page(request, relation, "resume")
    try:
        actions.resume_relation(relation=relation, by=request.person, at=request.at)
    except actions.LastDayWasBefore:
        messages.warning(
            request, _("The last day of your contract is over. For more talks, invite each other again.")
        )
    except NotBacked:
        return redirect("relations:take_up", relation.pk)
    else:
        messages.success(request, _("You two go on."))
    return redirect(relation)


@shows(Action.SEE_RELATION, find=queries.relation)
def ending(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Show that the last day comes, and that going on, rounding off and doing nothing are equally fine (R13, V11)."""
    if relation.state not in (State.RUNNING, State.PAUSED):
        return redirect(relation)
    context = {
        "relation": relation,
        "other": relation.other(request.person),
        "last_day": last_day_of(relation),
        "own": queries.own_acts(relation),
        "i_coach": relation.coach_id == request.person.pk,
    }
    return render(request, "relations/ending.html", context)


@changes(Action.COMPLETE_RELATION, find=queries.relation)
def complete(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Complete the relation."""
    if request.method != "POST":
        return _page(request, relation, "complete")
    actions.complete_relation(relation=relation, by=request.person, at=request.at)
    return redirect(relation)


@changes(Action.LEAVE_RELATION, find=queries.relation)
def leave(request: PersonRequest, relation: Relation) -> HttpResponse:
    """Stop, in one act and without a reason."""
    if request.method != "POST":
        return _page(request, relation, "leave")
    actions.leave_relation(relation=relation, by=request.person, at=request.at)
    return redirect(relation)


def _page(request: PersonRequest, relation: Relation, act: str) -> HttpResponse:
    context = {
        "relation": relation,
        "other": relation.other(request.person),
        "i_coach": relation.coach_id == request.person.pk,
        "has_started": relation.state in (State.RUNNING, State.PAUSED),
    }
    return render(request, f"relations/{act}.html", context)
