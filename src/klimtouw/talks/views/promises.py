"""Promise something, and say that it is done (R10)."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from klimtouw.access.decide import demand
from klimtouw.access.table import Action, Hat
from klimtouw.belongings.readers import sentence_for, you_and
from klimtouw.people.doors import changes
from klimtouw.people.kept_forms import give_back
from klimtouw.people.requests import PersonRequest
from klimtouw.relations.choices import Side
from klimtouw.talks import queries
from klimtouw.talks.actions.promises import make_promise, reword_promise, tick_promise
from klimtouw.talks.choices import TalkState
from klimtouw.talks.forms.promises import PromiseForm
from klimtouw.talks.models import Promise, Talk
from klimtouw.talks.queries.promises import promise_at
from klimtouw.talks.views.shared import kept, kindly, show, taken_away

READS_AS = {Side.COACH: Hat.COACH_ONCE_SHARED, Side.COACHEE: Hat.COACHEE_ONCE_SHARED}


@changes(Action.MAKE_PROMISE, find=queries.talk)
def promise(request: PersonRequest, talk: Talk) -> HttpResponse:
    """Promise the other something."""
    if talk.state not in (TalkState.PLANNED, TalkState.HELD):
        return give_back(request, talk)
    other = talk.relation.other(request.person)
    readers = you_and(other, as_a=READS_AS[talk.relation.side_of(other)])
    form = PromiseForm(request.POST or None, readers=readers)
    if request.method == "POST" and form.is_valid():
        words = {"id": form.cleaned_data["id"], **form.fields_of_thing}
        if kindly(request, _("You promised it."), make_promise, talk=talk, **words):
            return redirect(talk)
    return show(request, "promise", talk, form=form, promise=None)


@changes(Action.WRITE, find=promise_at)
def promise_words(request: PersonRequest, promise: Promise) -> HttpResponse:
    """Say a promise of one's own in other words, or take it back."""
    talk = _page_of(promise, request)
    if "remove" in request.POST:
        return taken_away(request, promise)
    form = PromiseForm(request.POST or None, thing=promise, readers=sentence_for(promise, request.at))
    if request.method == "POST" and form.is_valid() and kept(request, form, reword_promise, promise=promise):
        return redirect(talk)
    return show(request, "promise", talk, form=form, promise=promise)


@changes(Action.WRITE, find=promise_at)
def promise_done(request: PersonRequest, promise: Promise) -> HttpResponse:
    """Say that a promise of one's own is done, or not yet after all."""
    talk = _page_of(promise, request)
    if request.method == "POST":
        tick_promise(promise=promise, by=request.person, at=request.at, is_kept="done" in request.POST)
    return redirect(talk)


def _page_of(promise: Promise, request: PersonRequest) -> Talk:
    """Return the talk on whose page the promise stands; once it is over, that page is closed for the coach (V24)."""
    talk: Talk = promise.shown_on  # type: ignore[attr-defined]  # added by its finder
    demand(request.person, Action.SEE_TALKS, talk, request.at)
    return talk
