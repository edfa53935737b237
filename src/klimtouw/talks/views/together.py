"""The page that is open during the talk: both look at it, the coachee holds the pen (T2, T3)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from klimtouw.access.decide import may
from klimtouw.access.table import Action, Hat
from klimtouw.belongings import gate
from klimtouw.belongings.readers import only_you, sentence_for, you_and
from klimtouw.people.doors import shows
from klimtouw.people.requests import PersonRequest
from klimtouw.relations.queries.contracts import ends_soon
from klimtouw.talks import queries
from klimtouw.talks.choices import LineKind, TalkState
from klimtouw.talks.forms import SentenceForm, TakeawayForm
from klimtouw.talks.models import Talk
from klimtouw.talks.starters import WITH_A_FIRST_TALK
from klimtouw.talks.views.again import what_goes_with_it
from klimtouw.talks.views.shared import reads_as, show


@shows(Action.SEE_TALKS, find=queries.talk)
def together(request: PersonRequest, talk: Talk) -> HttpResponse:
    """Show the card and room to write on one calm page; what is written is sent to the page of the takeaway or the sentence."""
    if talk.state not in (TalkState.PLANNED, TalkState.HELD):
        return redirect(talk)
    page = queries.talk_page(talk, request.person, request.at, in_talk=True)
    gate.note_looks(page.of_others, request.person, request.at, hats=reads_as(talk.relation, request))
    can = {
        "may_take": _may(request, Action.WRITE_TAKEAWAY, talk),
        "may_give": _may(request, Action.ADD_COACH_SENTENCE, talk),
    }
    can["may_promise"] = _may(request, Action.MAKE_PROMISE, talk)
    can["may_prepare"] = _may(request, Action.PREPARE_TALK, talk)
    has_begun = talk.has_begun(request.at)
    writing = _writing(request, talk, page) if has_begun else {}
    first = WITH_A_FIRST_TALK if queries.is_first_talk(talk.relation) else ()
    return show(
        request,
        "together",
        talk,
        page=page,
        kinds=LineKind,
        has_begun=has_begun,
        starters=first,
        is_closing=ends_soon(talk.relation, request.at),
        in_talk=True,
        **can,
        **writing,
    )


def _may(request: PersonRequest, action: Action, talk: Talk) -> bool:
    return may(request.person, action, talk, request.at)


def _writing(request: PersonRequest, talk: Talk, page: queries.TalkPage) -> dict[str, Any]:
    """Return the form of this side: the takeaway is the coachee's, the one sentence the coach's (V1)."""
    form: TakeawayForm | SentenceForm | None = None
    if _may(request, Action.WRITE_TAKEAWAY, talk):
        readers = sentence_for(page.takeaway, request.at) if page.takeaway else only_you()
        form = TakeawayForm(thing=page.takeaway, readers=readers)
    elif _may(request, Action.ADD_COACH_SENTENCE, talk):
        readers = you_and(talk.relation.coachee, as_a=Hat.COACHEE_ONCE_SHARED)
        form = SentenceForm(roles=queries.roles(), thing=page.sentence, readers=readers)
    return {"form": form, **what_goes_with_it(request, talk, page.near)}
