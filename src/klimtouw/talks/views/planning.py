"""Pages to plan a talk: the list, proposing, choosing, moving, cancelling, the calendar file (T1)."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from klimtouw.access.decide import may
from klimtouw.access.table import Action, Hat
from klimtouw.belongings import gate
from klimtouw.belongings.eyes import Eyes
from klimtouw.belongings.readers import you_and
from klimtouw.people.doors import changes, shows
from klimtouw.people.kept_forms import give_back
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest
from klimtouw.relations.models import Relation
from klimtouw.talks import actions, queries
from klimtouw.talks.appointments import KIND
from klimtouw.talks.calendar_file import calendar_of
from klimtouw.talks.forms import (
    FIRST_TALK_MINUTES,
    USUAL_MINUTES,
    ChoiceOfMoment,
    MomentsForm,
    SeenForm,
    moments_of,
)
from klimtouw.talks.models import Talk
from klimtouw.talks.views.shared import kindly, reads_as, show


@shows(Action.SEE_TALKS, find=queries.relation_talks)
def of_relation(request: PersonRequest, talks: queries.RelationTalks) -> HttpResponse:
    """Show the talks of a relation: the next one, what waits for a choice, and the earlier ones."""
    relation = talks.relation
    page = queries.talks_page(relation, request.person, request.at)
    gate.note_looks(page.takeaways, request.person, request.at, hats=reads_as(relation, request))
    return _list_of(request, talks, page, Eyes(request.person, request.at))


def _list_of(
    request: PersonRequest, talks: queries.RelationTalks, page: queries.TalksPage, eyes: Eyes
) -> HttpResponse:
    relation, reader, at = talks.relation, eyes.reader, eyes.at
    context = {
        "page": page,
        "relation": relation,
        "other": relation.other(reader),
        "may_plan": may(reader, Action.PLAN_TALK, talks, at),
        "may_preview": may(reader, Action.PREVIEW, relation, at),
        "preview": eyes if eyes.is_example else None,
    }
    return render(request, "talks/of_relation.html", context)


@shows(Action.PREVIEW, find=queries.relation_talks)
def preview_all(request: PersonRequest, talks: queries.RelationTalks) -> HttpResponse:
    """Show the talks of a relation as the coach sees them now (C9)."""
    relation, coach = talks.relation, talks.relation.coach
    eyes = Eyes(coach, request.at, asker=request.person, relation_id=relation.pk)
    if not may(coach, Action.SEE_TALKS, talks, request.at):
        nothing = {
            "preview": eyes,
            "reader": coach,
            "own_page": reverse("talks:of_relation", args=[relation.pk]),
        }
        return render(request, "talks/preview_nothing.html", {**nothing, "talk": None})
    page = queries.talks_page(relation, coach, request.at).only(eyes.read_by_both)
    gate.note_looks(page.takeaways, request.person, request.at)
    return _list_of(request, talks, page, eyes)


@shows(Action.SEE_TALKS, find=queries.talk)
def calendar(request: PersonRequest, talk: Talk) -> HttpResponse:
    """Give the talk as a calendar file; one without a moment has nothing to give yet."""
    if talk.starts_at is None:
        return redirect(talk)
    file = calendar_of(talk, request.person, request.at)
    name = {"Content-Disposition": f'attachment; filename="{_("talk.ics")}"'}
    return HttpResponse(file, content_type=f"{KIND}; charset=utf-8", headers=name)


@changes(Action.PLAN_TALK, find=queries.relation_talks)
def propose(request: PersonRequest, talks: queries.RelationTalks) -> HttpResponse:
    """Propose up to three moments for a new talk."""
    relation, other = talks.relation, talks.relation.other(request.person)
    start = {"minutes": FIRST_TALK_MINUTES if queries.is_first_talk(relation) else USUAL_MINUTES}
    free = _free(request, relation, start["minutes"])
    form = _moments_form(request, relation, free, initial=start)
    if request.method == "POST" and form.is_valid():
        new = _proposed(request, form, actions.propose_talk, relation=relation, id=form.cleaned_data["id"])
        return _on_its_way(request, new, other)
    context = {"form": form, "relation": relation, "other": other, "talk": None}
    context |= _around(relation, free, request.at)
    return render(request, "talks/propose.html", context)


def _moments_form(
    request: PersonRequest, relation: Relation, free: queries.FreeTogether, *, initial: dict[str, Any]
) -> MomentsForm:
    readers = _readers_of_place(relation, relation.other(request.person))
    until = queries.end_of_agreements(relation)
    return MomentsForm(
        request.POST or None,
        at=request.at,
        until=until,
        readers=readers,
        offers=free.moments,
        initial=initial,
    )


def _free(request: PersonRequest, relation: Relation, minutes: int) -> queries.FreeTogether:
    """Find when both are free; opening the hours of the other leaves a look."""
    free = queries.free_together(relation, request.person, request.at, minutes=minutes)
    if free.theirs:
        gate.note_looks([free.theirs], request.person, request.at, hats=reads_as(relation, request))
    return free


def _around(relation: Relation, free: queries.FreeTogether, at: datetime) -> dict[str, Any]:
    """Return what stands around the moments: whose free hours they come from, and places to think of."""
    return {
        "free": free,
        "hours_end_soon": queries.end_soon(free.mine, at),
        "places": queries.places_for(relation),
    }


def _readers_of_place(relation: Relation, other: Person) -> str:
    return you_and(other, as_a=Hat(relation.side_of(other)), by=Action.SEE_TALKS)


def _proposed(request: PersonRequest, form: MomentsForm, act: Any, **values: Any) -> Talk:
    chosen = {name: form.cleaned_data[name] for name in ("minutes", "place")}
    talk: Talk = act(by=request.person, at=request.at, moments=form.moments, **chosen, **values)
    return talk


def _on_its_way(request: PersonRequest, talk: Talk, other: Person) -> HttpResponse:
    sent = _("Your proposal is on its way. %(name)s chooses a moment.") % {"name": other.name}
    messages.success(request, sent)
    return redirect(talk)


@changes(Action.PLAN_TALK, find=queries.talk)
def move(request: PersonRequest, talk: Talk) -> HttpResponse:
    """Propose other moments: as an answer to a proposal, or to move a planned talk."""
    if not talk.is_ahead:
        return give_back(request, talk)
    other = talk.relation.other(request.person)
    free = _free(request, talk.relation, talk.minutes)
    form = _moments_form(request, talk.relation, free, initial=moments_of(talk))
    if request.method == "POST" and form.is_valid() and _moved(request, talk, form):
        return _on_its_way(request, talk, other)
    return show(request, "propose", talk, form=form, **_around(talk.relation, free, request.at))


def _moved(request: PersonRequest, talk: Talk, form: MomentsForm) -> bool:
    """Put the new moments in place; a talk that changed meanwhile stays, and the form says so."""
    try:
        _proposed(
            request, form, actions.propose_other_moments, talk=talk, seen=form.cleaned_data["seen"] or 0
        )
    except actions.Overtaken:
        form.show_as_it_stands(talk)
        return False
    return True


@changes(Action.PLAN_TALK, find=queries.talk)
def choose(request: PersonRequest, talk: Talk) -> HttpResponse:
    """Choose a moment with one tap; the moments stand on the page of the talk."""
    form = ChoiceOfMoment(request.POST)
    if request.method == "POST":
        moment = form.cleaned_data["moment"] if form.is_valid() else 0
        done = _("The talk is planned. A calendar file is on its way to both of you.")
        kindly(request, done, actions.choose_moment, talk=talk, moment_id=moment)
    return redirect(talk)


@changes(Action.PLAN_TALK, find=queries.talk)
def cancel(request: PersonRequest, talk: Talk) -> HttpResponse:
    """Cancel a talk, withdraw a proposal or let one go, without a reason."""
    form = SeenForm(request.POST or None, initial={"seen": talk.revision})
    if not talk.is_ahead:
        return redirect(talk)
    if request.method == "POST" and form.is_valid():
        done = _("Cancelled. You can always propose a new talk.")
        gone = kindly(request, done, actions.cancel_talk, talk=talk, seen=form.cleaned_data["seen"])
        return redirect("talks:of_relation", talk.relation_id) if gone else redirect(talk)
    return show(request, "cancel", talk, form=form, is_mine_to_choose=talk.waits_for(request.person))
