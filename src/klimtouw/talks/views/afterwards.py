"""Pages for after a talk: it was there, what the coachee takes with them, the coach's one sentence (T3)."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from klimtouw.access.decide import may
from klimtouw.access.table import Action, Hat
from klimtouw.belongings.readers import only_you, sentence_for, you_and
from klimtouw.people.doors import changes
from klimtouw.people.kept_forms import give_back
from klimtouw.people.requests import PersonRequest
from klimtouw.talks import actions, queries
from klimtouw.talks.forms import ImpressionForm, SentenceForm, TakeawayForm
from klimtouw.talks.models import Talk
from klimtouw.talks.views.again import after_this, what_goes_with_it
from klimtouw.talks.views.shared import kept, kindly, show, taken_away


@changes(Action.MARK_TALK_HELD, find=queries.talk)
def held(request: PersonRequest, talk: Talk) -> HttpResponse:
    """Say that a talk was there; the coachee then goes on to what they take with them."""
    if request.method == "POST":
        was_there = kindly(request, _("Good that you talked."), actions.mark_talk_held, talk=talk)
        if was_there and may(request.person, Action.WRITE_TAKEAWAY, talk, request.at):
            return redirect("talks:takeaway", talk.pk)
    return redirect(talk)


@changes(Action.WRITE_TAKEAWAY, find=queries.talk)
def takeaway(request: PersonRequest, talk: Talk) -> HttpResponse:
    """Write what one takes from a talk, and the next step; private until shared."""
    if not talk.has_begun(request.at):
        return give_back(request, talk)
    mine = queries.takeaway_of(talk, request.person, request.at)
    readers = sentence_for(mine, request.at) if mine else only_you()
    form = TakeawayForm(request.POST or None, thing=mine, readers=readers)
    if request.method == "POST" and form.is_valid():
        new = {"talk": talk, "id": form.cleaned_data["id"]}
        if kept(request, form, actions.write_takeaway, **new):
            return after_this(request, talk)
    return show(request, "takeaway", talk, form=form, mine=mine, **what_goes_with_it(request, talk))


@changes(Action.ADD_COACH_SENTENCE, find=queries.talk)
def sentence(request: PersonRequest, talk: Talk) -> HttpResponse:
    """Give the coachee one sentence after a talk, or take it back."""
    if not talk.has_begun(request.at):
        return give_back(request, talk)
    given = queries.sentence_of(talk, request.person, request.at)
    if given and "take_back" in request.POST:
        return taken_away(request, given)
    readers = you_and(talk.relation.coachee, as_a=Hat.COACHEE_ONCE_SHARED)
    form = SentenceForm(request.POST or None, roles=queries.roles(), thing=given, readers=readers)
    if request.method == "POST" and form.is_valid():
        new = {"talk": talk, "id": form.cleaned_data["id"]}
        if kept(request, form, actions.give_sentence, **new):
            return after_this(request, talk)
    return show(request, "sentence", talk, form=form, given=given, **what_goes_with_it(request, talk))


@changes(Action.WRITE_IMPRESSION, find=queries.talk)
def impression(request: PersonRequest, talk: Talk) -> HttpResponse:
    """Write how a talk was for oneself; private until shared."""
    if not talk.has_begun(request.at):
        return give_back(request, talk)
    mine = queries.impression_by(request.person, talk, request.at)
    if mine and "remove" in request.POST:
        return taken_away(request, mine)
    readers = sentence_for(mine, request.at) if mine else only_you()
    form = ImpressionForm(request.POST or None, thing=mine, readers=readers)
    if request.method == "POST" and form.is_valid():
        new = {"talk": talk, "id": form.cleaned_data["id"]}
        if kept(request, form, actions.write_impression, **new):
            return redirect(talk)
    can_share = queries.has_open_bond(talk.relation, request.at)
    return show(request, "impression", talk, form=form, mine=mine, can_share=can_share)
