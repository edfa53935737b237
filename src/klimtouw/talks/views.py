"""Pages about talks: plan one, prepare it, and keep what it brought."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from klimtouw.access.decide import may
from klimtouw.access.table import Action, Hat
from klimtouw.belongings import gate
from klimtouw.belongings.actions import ChangedMeanwhile, reword
from klimtouw.belongings.forms import ThingForm
from klimtouw.belongings.readers import only_you, sentence_for, you_and
from klimtouw.people.doors import changes, shows
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest
from klimtouw.relations.choices import Side
from klimtouw.relations.models import Relation
from klimtouw.talks import actions, queries
from klimtouw.talks.calendar_file import KIND, calendar_of
from klimtouw.talks.choices import LineKind, TalkState
from klimtouw.talks.forms import (
    FIRST_TALK_MINUTES,
    USUAL_MINUTES,
    ChoiceOfMoment,
    LineForm,
    MomentsForm,
    SeenForm,
    SentenceForm,
    TakeawayForm,
    moments_of,
)
from klimtouw.talks.models import AboutTalk, PreparationLine, Talk


@shows(Action.SEE_TALKS, find=queries.relation_talks)
def of_relation(request: PersonRequest, talks: queries.RelationTalks) -> HttpResponse:
    """Show the talks of a relation: the next one, what waits for a choice, and the earlier ones."""
    relation = talks.relation
    page = queries.talks_page(relation, request.person, request.at)
    gate.note_looks(page.takeaways, request.person, request.at, hats=_reads_as(relation, request))
    context = {"page": page, "relation": relation, "other": relation.other(request.person)}
    may_plan = may(request.person, Action.PLAN_TALK, talks, request.at)
    return render(request, "talks/of_relation.html", {**context, "may_plan": may_plan})


def _reads_as(relation: Relation, request: PersonRequest) -> frozenset[Hat]:
    """Return the hat through which somebody reads what the other one put on the bond of their relation."""
    is_coach = relation.side_of(request.person) == Side.COACH
    return frozenset({Hat.COACH_ONCE_SHARED if is_coach else Hat.COACHEE_ONCE_SHARED})


@shows(Action.SEE_TALKS, find=queries.talk)
def talk(request: PersonRequest, talk: Talk) -> HttpResponse:
    """Show one talk: when and where, the card before it, what both keep of it afterwards."""
    page = queries.talk_page(talk, request.person, request.at)
    gate.note_looks(page.of_others, request.person, request.at, hats=_reads_as(talk.relation, request))
    context = {"page": page, "talk": talk, "relation": talk.relation, "other": page.other, "kinds": LineKind}
    return render(request, "talks/talk.html", {**context, **_possible(request, talk)})


def _possible(request: PersonRequest, talk: Talk) -> dict[str, Any]:
    """Return what this person can do on the page of a talk."""
    ask = {"plan": Action.PLAN_TALK, "prepare": Action.PREPARE_TALK, "mark": Action.MARK_TALK_HELD}
    ask |= {"take": Action.WRITE_TAKEAWAY, "give": Action.ADD_COACH_SENTENCE}
    can = {f"may_{name}": may(request.person, action, talk, request.at) for name, action in ask.items()}
    of_relation = {"may_click": Action.ANSWER_CLICK, "may_follow": Action.FOLLOW}
    can |= {
        name: may(request.person, action, talk.relation, request.at) for name, action in of_relation.items()
    }
    is_mine = talk.waits_for(request.person)
    return {**can, "has_begun": talk.has_begun(request.at), "is_mine_to_choose": is_mine, "at": request.at}


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
    form = MomentsForm(request.POST or None, at=request.at, readers=you_and(other), initial=start)
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("id", "minutes", "place")}
        new = actions.propose_talk(
            relation=relation, by=request.person, at=request.at, moments=form.moments, **chosen
        )
        messages.success(
            request, _("Your proposal is on its way. %(name)s chooses a moment.") % {"name": other.name}
        )
        return redirect(new)
    return render(
        request, "talks/propose.html", {"form": form, "relation": relation, "other": other, "talk": None}
    )


@changes(Action.PLAN_TALK, find=queries.talk)
def move(request: PersonRequest, talk: Talk) -> HttpResponse:
    """Propose other moments: as an answer to a proposal, or to move a planned talk."""
    if talk.state not in (TalkState.PROPOSED, TalkState.PLANNED):
        return redirect(talk)
    other = talk.relation.other(request.person)
    start = moments_of(talk)
    form = MomentsForm(request.POST or None, at=request.at, readers=you_and(other), initial=start)
    if request.method == "POST" and form.is_valid() and _moved(request, talk, form):
        messages.success(
            request, _("Your proposal is on its way. %(name)s chooses a moment.") % {"name": other.name}
        )
        return redirect(talk)
    return render(
        request, "talks/propose.html", {"form": form, "relation": talk.relation, "other": other, "talk": talk}
    )


def _moved(request: PersonRequest, talk: Talk, form: MomentsForm) -> bool:
    """Put the new moments in place; a talk that changed meanwhile stays, and the form says so."""
    chosen = {name: form.cleaned_data[name] for name in ("minutes", "place")}
    seen = form.cleaned_data["seen"] or 0
    try:
        actions.propose_other_moments(
            talk=talk, by=request.person, at=request.at, seen=seen, moments=form.moments, **chosen
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
        _kindly(request, done, actions.choose_moment, talk=talk, moment_id=moment)
    return redirect(talk)


def _kindly(request: PersonRequest, done: str, act: Callable[..., object], **values: Any) -> bool:
    """Do it and say what was done; when somebody was first, say so kindly instead."""
    try:
        act(by=request.person, at=request.at, **values)
    except actions.Overtaken as overtaken:
        messages.warning(request, str(overtaken.words))
        return False
    messages.success(request, done)
    return True


@changes(Action.PLAN_TALK, find=queries.talk)
def cancel(request: PersonRequest, talk: Talk) -> HttpResponse:
    """Cancel a talk or withdraw a proposal, without a reason."""
    form = SeenForm(request.POST or None, initial={"seen": talk.revision})
    if talk.state not in (TalkState.PROPOSED, TalkState.PLANNED):
        return redirect(talk)
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        done = _("Cancelled. You can always propose a new talk.")
        if _kindly(request, done, actions.cancel_talk, talk=talk, seen=seen):
            return redirect("talks:of_relation", talk.relation_id)
        return redirect(talk)
    other = talk.relation.other(request.person)
    return render(request, "talks/cancel.html", {"talk": talk, "other": other, "form": form})


@changes(Action.MARK_TALK_HELD, find=queries.talk)
def held(request: PersonRequest, talk: Talk) -> HttpResponse:
    """Say that a talk was there; the coachee then goes on to what they take with them."""
    if request.method == "POST":
        was_there = _kindly(request, _("Good that you talked."), actions.mark_talk_held, talk=talk)
        if was_there and may(request.person, Action.WRITE_TAKEAWAY, talk, request.at):
            return redirect("talks:takeaway", talk.pk)
    return redirect(talk)


@changes(Action.PREPARE_TALK, find=queries.talk)
def prepare(request: PersonRequest, talk: Talk) -> HttpResponse:
    """Write a line for the preparation card: for both, or for oneself."""
    if talk.state not in (TalkState.PROPOSED, TalkState.PLANNED):
        return redirect(talk)
    other = talk.relation.other(request.person)
    kind = request.GET.get("about", LineKind.TALK_ABOUT)
    form = LineForm(request.POST or None, readers=_until_on_card(other), initial={"line_kind": kind})
    if request.method == "POST" and form.is_valid():
        on_card = "share" in request.POST
        words = {"id": form.cleaned_data["id"], "on_card": on_card, **form.fields_of_thing}
        done = _("On the card.") if on_card else _("Kept for you alone.")
        if _kindly(request, done, actions.write_line, talk=talk, **words):
            return redirect(talk)
    return _line_page(request, form, talk, None)


def _until_on_card(other: Person) -> str:
    """Say, before the act, who can read a line: the button decides."""
    return _("Only you can read this. Put it on the card, and %(name)s can read it too.") % {
        "name": other.name
    }


def _line_page(
    request: PersonRequest, form: LineForm, talk: Talk, line: PreparationLine | None
) -> HttpResponse:
    can_share = queries.bond_open_in(talk.relation, request.at) is not None
    context = {"form": form, "talk": talk, "line": line, "can_share": can_share}
    return render(request, "talks/line.html", {**context, "other": talk.relation.other(request.person)})


@changes(Action.WRITE, find=queries.line)
def line(request: PersonRequest, line: PreparationLine) -> HttpResponse:
    """Change a line of one's own, put it on the card, take it off, or throw it away."""
    readers = sentence_for(line, request.at)
    form = LineForm(request.POST or None, thing=line, readers=readers)
    if "remove" in request.POST:
        actions.take_away(line, by=request.person, at=request.at)
        return _back_to_talk(request, line, _("Taken away."))
    if request.method == "POST" and form.is_valid() and _reworded(request, line, form):
        return _back_to_talk(request, line, _("Kept."))
    return _line_page(request, form, line.talk, line)


def _back_to_talk(request: PersonRequest, thing: AboutTalk, done: str) -> HttpResponse:
    messages.success(request, done)
    return redirect(thing.get_absolute_url())


def _reworded(request: PersonRequest, line: PreparationLine, form: LineForm) -> bool:
    """Keep the new words, and share or stop sharing as the button says."""
    try:
        new = reword(line, by=request.person, at=request.at, seen=form.seen_version, **form.fields_of_thing)
    except ChangedMeanwhile as conflict:
        form.put_beside(conflict)
        return False
    _share_as_asked(request, new)
    return True


def _share_as_asked(request: PersonRequest, thing: AboutTalk) -> None:
    """Sharing is an act of its own: only the button that says so shares, only the button that says so stops (V12)."""
    try:
        if "share" in request.POST:
            actions.share_with_other(thing, by=request.person, at=request.at)
        if "unshare" in request.POST:
            actions.keep_to_oneself(thing, by=request.person, at=request.at)
    except actions.NothingToShareOnto as nothing:
        messages.warning(request, str(nothing.words))


@changes(Action.WRITE_TAKEAWAY, find=queries.talk)
def takeaway(request: PersonRequest, talk: Talk) -> HttpResponse:
    """Write what one takes from a talk, and the next step; private until shared."""
    if not talk.has_begun(request.at):
        return redirect(talk)
    mine = queries.takeaway_of(talk, request.person, request.at)
    form = TakeawayForm(
        request.POST or None, thing=mine, readers=sentence_for(mine, request.at) if mine else only_you()
    )
    if request.method == "POST" and form.is_valid() and _kept(request, actions.write_takeaway, talk, form):
        return redirect(talk)
    can_share = queries.bond_open_in(talk.relation, request.at) is not None
    context = {"form": form, "talk": talk, "mine": mine, "can_share": can_share}
    return render(request, "talks/takeaway.html", {**context, "other": talk.relation.other(request.person)})


def _kept(request: PersonRequest, write: Callable[..., AboutTalk], talk: Talk, form: ThingForm) -> bool:
    """Keep the words, and share as the button says; two tabs that differ are put side by side."""
    words = {"id": form.cleaned_data["id"], "seen": form.seen_version, **form.fields_of_thing}
    try:
        thing = write(talk=talk, by=request.person, at=request.at, **words)
    except ChangedMeanwhile as conflict:
        form.put_beside(conflict)
        return False
    except actions.Overtaken as overtaken:
        messages.warning(request, str(overtaken.words))
        return False
    _share_as_asked(request, thing)
    messages.success(request, _("Kept."))
    return True


@changes(Action.ADD_COACH_SENTENCE, find=queries.talk)
def sentence(request: PersonRequest, talk: Talk) -> HttpResponse:
    """Give the coachee one sentence after a talk, or take it back."""
    if not talk.has_begun(request.at):
        return redirect(talk)
    given = queries.sentence_of(talk, request.person, request.at)
    if given and "take_back" in request.POST:
        actions.take_away(given, by=request.person, at=request.at)
        return _back_to_talk(request, given, _("Taken back."))
    other = talk.relation.other(request.person)
    form = SentenceForm(request.POST or None, roles=queries.roles(), thing=given, readers=you_and(other))
    if request.method == "POST" and form.is_valid() and _kept(request, actions.give_sentence, talk, form):
        return redirect(talk)
    return render(
        request, "talks/sentence.html", {"form": form, "talk": talk, "given": given, "other": other}
    )
