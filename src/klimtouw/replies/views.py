"""Pages on which a coach gives something, and a coachee says what becomes of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from klimtouw.access.decide import may
from klimtouw.access.table import Action, Hat
from klimtouw.belongings.gate import note_looks
from klimtouw.belongings.models import Thing
from klimtouw.belongings.readers import you_and
from klimtouw.people.doors import changes, shows
from klimtouw.people.requests import PersonRequest
from klimtouw.replies import actions, queries
from klimtouw.replies.choices import Outcome
from klimtouw.replies.forms import ReplyForm, SuggestionForm
from klimtouw.replies.models import Reply, Suggestion


@changes(Action.REPLY, find=queries.thing_to_reply_to)
def reply(request: PersonRequest, beside: Thing) -> HttpResponse:
    """Lay a question, support, a vote of confidence or "I have read this" beside something shared."""
    form = ReplyForm(request.POST or None, roles=queries.coach_roles(), readers=_you_and_owner(beside))
    if request.method == "POST" and form.is_valid():
        actions.give_reply(beside, by=request.person, at=request.at, **form.what_is_given)
        return _given(request, beside)
    return _give_page(request, "replies/reply.html", beside, form)


@changes(Action.SUGGEST, find=queries.thing_to_suggest_beside)
def suggest(request: PersonRequest, beside: Thing) -> HttpResponse:
    """Lay another way beside a goal, route or stage."""
    form = SuggestionForm(request.POST or None, roles=queries.coach_roles(), readers=_you_and_owner(beside))
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_suggestion(beside, by=request.person, at=request.at, **form.what_is_given)
            return _given(request, beside)
        except actions.OfferedBefore:
            form.offered_before()
    return _give_page(request, "replies/suggest.html", beside, form)


def _you_and_owner(beside: Thing) -> str:
    return you_and(beside.owner, as_a=Hat.COACHEE_ONCE_SHARED)


def _give_page(
    request: PersonRequest, template: str, beside: Thing, form: ReplyForm | SuggestionForm
) -> HttpResponse:
    title = queries.title_of(beside, request.person)
    return render(
        request, template, {"beside": beside, "title": title, "form": form, "back": page_of(beside)}
    )


def _given(request: PersonRequest, beside: Thing) -> HttpResponse:
    messages.success(request, _("Given. %(name)s can read this now.") % {"name": beside.owner.name})
    return redirect(page_of(beside))


def page_of(thing: Thing) -> str:
    """Return the address of the page of a thing, or of the first page for what has none."""
    return str(thing.get_absolute_url()) if hasattr(thing, "get_absolute_url") else reverse("home")


@shows(Action.READ, find=queries.given)
def given(request: PersonRequest, left: Reply | Suggestion) -> HttpResponse:
    """Show one reply or suggestion, and where it stands."""
    beside = queries.where_it_stands(left, request.person, request.at)
    # Its writer hears what became of it for as long as they may follow, and no longer (V24).
    is_told = beside is not None or left.owner_id != request.person.pk
    note_looks([beside] if beside else [], request.person, request.at)
    context = {
        "left": left,
        "beside": beside,
        "title": queries.title_of(beside, request.person) if beside else "",
        "back": page_of(beside) if beside else "",
        "is_suggestion": isinstance(left, Suggestion),
        "is_told": is_told,
        "is_read": is_told and left.pk in queries.opened_by_others([left.pk], request.person),
        "may_answer": may(request.person, Action.ANSWER_SUGGESTION, left, request.at),
    }
    return render(request, "replies/given.html", context)


@changes(Action.ANSWER_SUGGESTION, find=queries.suggestion)
def park(request: PersonRequest, suggestion: Suggestion) -> HttpResponse:
    """Keep a suggestion for later."""
    return _answer(request, suggestion, Outcome.PARKED, _("Keep this suggestion for later?"), _("Park it"))


@changes(Action.ANSWER_SUGGESTION, find=queries.suggestion)
def leave(request: PersonRequest, suggestion: Suggestion) -> HttpResponse:
    """Leave a suggestion for not now; no reason is asked."""
    return _answer(
        request, suggestion, Outcome.NOT_NOW, _("Leave this suggestion for not now?"), _("Not now")
    )


@changes(Action.ANSWER_SUGGESTION, find=queries.suggestion)
def reopen(request: PersonRequest, suggestion: Suggestion) -> HttpResponse:
    """Look at a suggestion once more; only the coachee can do this (V3)."""
    return _answer(
        request, suggestion, Outcome.OPEN, _("Look at this suggestion once more?"), _("Look at it again")
    )


def _answer(
    request: PersonRequest, suggestion: Suggestion, outcome: Outcome, title: str, button: str
) -> HttpResponse:
    beside = queries.where_it_stands(suggestion, request.person, request.at)
    back = page_of(beside) if beside else suggestion.get_absolute_url()
    if request.method != "POST":
        context = {"suggestion": suggestion, "title": title, "button": button, "back": back}
        return render(request, "replies/answer.html", context)
    actions.answer_suggestion(suggestion, by=request.person, at=request.at, outcome=outcome)
    return redirect(back)
