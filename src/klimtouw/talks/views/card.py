"""The page of one talk, and the lines on its preparation card (T2)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from klimtouw.access.decide import demand, may
from klimtouw.access.table import Action
from klimtouw.belongings import gate
from klimtouw.belongings.choices import SeatHat
from klimtouw.belongings.eyes import Eyes
from klimtouw.belongings.readers import only_you, reading_seats, sentence_for
from klimtouw.people.doors import changes, shows
from klimtouw.people.kept_forms import give_back
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest
from klimtouw.relations.models import Relation
from klimtouw.talks import actions, queries
from klimtouw.talks.choices import LineKind, TalkState
from klimtouw.talks.forms import LineForm
from klimtouw.talks.models import PreparationLine, Talk
from klimtouw.talks.views.shared import kept, kindly, reads_as, show, taken_away


@shows(Action.SEE_TALKS, find=queries.talk)
def talk(request: PersonRequest, talk: Talk) -> HttpResponse:
    """Show one talk: when and where, the card before it, what both keep of it afterwards."""
    page = queries.talk_page(talk, request.person, request.at)
    gate.note_looks(page.of_others, request.person, request.at, hats=reads_as(talk.relation, request))
    return show(
        request, "talk", talk, page=page, kinds=LineKind, **_possible(talk, Eyes(request.person, request.at))
    )


ACTS = {
    "may_plan": Action.PLAN_TALK,
    "may_prepare": Action.PREPARE_TALK,
    "may_mark": Action.MARK_TALK_HELD,
    "may_take": Action.WRITE_TAKEAWAY,
    "may_give": Action.ADD_COACH_SENTENCE,
    "may_impress": Action.WRITE_IMPRESSION,
    "may_promise": Action.MAKE_PROMISE,
}
WAYS = {"may_click": Action.ANSWER_CLICK, "may_follow": Action.FOLLOW, "may_preview": Action.PREVIEW}


def _possible(talk: Talk, eyes: Eyes) -> dict[str, Any]:
    """Return what one can do on the page of a talk; in an example nobody acts (V25), but there is room for the same words."""
    who, at = eyes.reader, eyes.at
    can = {name: may(who, action, talk, at) for name, action in ACTS.items()}
    can["may_promise"] = can["may_promise"] and talk.state in (TalkState.PLANNED, TalkState.HELD)
    room = {"room_for_promises": can["may_promise"], "room_for_impressions": can["may_impress"]}
    can = {name: allowed and not eyes.is_example for name, allowed in can.items()}
    can |= {name: may(who, action, talk.relation, at) for name, action in WAYS.items()} | room
    can["may_click"] = can["may_click"] and not eyes.is_example
    standing = {"has_begun": talk.has_begun(at), "is_mine_to_choose": talk.waits_for(who), "at": at}
    return {**can, **standing, "preview": eyes if eyes.is_example else None}


@shows(Action.PREVIEW, find=queries.talk)
def preview(request: PersonRequest, talk: Talk) -> HttpResponse:
    """Show a talk and its card as the coach sees them now, without what the coach keeps to themself (C9)."""
    coach = talk.relation.coach
    eyes = Eyes(coach, request.at, asker=request.person, relation_id=talk.relation_id)
    if not may(coach, Action.SEE_TALKS, talk, request.at):
        nothing = {"reader": coach, "preview": eyes, "own_page": talk.get_absolute_url()}
        return show(request, "preview_nothing", talk, **nothing)
    page = queries.talk_page(talk, coach, request.at, is_example=True).only(eyes.read_by_both)
    gate.note_looks(page.everything, request.person, request.at)
    return show(request, "talk", talk, page=page, kinds=LineKind, reader=coach, **_possible(talk, eyes))


@changes(Action.PREPARE_TALK, find=queries.talk)
def prepare(request: PersonRequest, talk: Talk) -> HttpResponse:
    """Write a line for the preparation card: for both, or for oneself."""
    if not talk.is_ahead:
        return give_back(request, talk)
    kind = {"line_kind": request.GET.get("about", LineKind.TALK_ABOUT)}
    readers = _until_on_card(talk.relation, talk.relation.other(request.person))
    form = LineForm(request.POST or None, readers=readers, initial=kind)
    if request.method == "POST" and form.is_valid() and _written(request, talk, form):
        return redirect(talk)
    return _line_page(request, form, talk, None)


def _until_on_card(relation: Relation, other: Person) -> str:
    """Say, before the act, who can read a line: the button decides, as far as the policy lets the other one read."""
    if SeatHat(relation.side_of(other)) not in reading_seats():
        return only_you()
    once_there = _("Put it on the card, and %(name)s can read it too.") % {"name": other.name}
    return f"{only_you()} {once_there}"


def _written(request: PersonRequest, talk: Talk, form: LineForm) -> bool:
    """Put the line on the card when the button says so, else keep it for its writer (V12)."""
    on_card = "share" in request.POST
    done = _("On the card.") if on_card else _("Kept for you alone.")
    words = {"id": form.cleaned_data["id"], "on_card": on_card, **form.fields_of_thing}
    return kindly(request, done, actions.write_line, talk=talk, **words)


def _line_page(
    request: PersonRequest, form: LineForm, talk: Talk, line: PreparationLine | None
) -> HttpResponse:
    can_share = queries.has_open_bond(talk.relation, request.at)
    return show(request, "line", talk, form=form, line=line, can_share=can_share)


@changes(Action.WRITE, find=queries.line)
def line(request: PersonRequest, line: PreparationLine) -> HttpResponse:
    """Change a line of one's own, put it on the card, take it off, or throw it away."""
    demand(
        request.person, Action.SEE_TALKS, line.of_talk, request.at
    )  # what the coach gave stands, once it is over (V24)
    if "remove" in request.POST:
        return taken_away(request, line)
    form = LineForm(request.POST or None, thing=line, readers=sentence_for(line, request.at))
    if request.method == "POST" and form.is_valid() and kept(request, form, actions.reword_line, line=line):
        return redirect(line.of_talk)
    return _line_page(request, form, line.of_talk, line)
