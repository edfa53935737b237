"""Pages on which a coachee asks for a reply, asks again, or withdraws; and the choice at the end of writing (C9, C10)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.belongings.models import Thing
from klimtouw.belongings.queries import circles_to_share_with, is_shared_on
from klimtouw.people.doors import changes
from klimtouw.people.requests import PersonRequest
from klimtouw.replies import actions_asking as actions
from klimtouw.replies import queries_asking as queries
from klimtouw.replies.forms_asking import AskForm, AskingForm, ForWhom
from klimtouw.replies.models import ReplyRequest


def for_whom(request: PersonRequest) -> ForWhom:
    """Return the choice that stands under a form of words, with one choice per coach and per circle; two queries, and a third for who is in a circle."""
    relations = queries.coaches_to_ask(request.person, request.at)
    circles = circles_to_share_with(request.person, request.at)
    return ForWhom(request.POST or None, relations=relations, circles=circles, today=localdate(request.at))


def say_who_was_asked(request: PersonRequest, whom: ForWhom, kept: Thing) -> None:
    """Say what the choice did, once the words are kept; a form that came in again did nothing, and nothing is said."""
    if whom.nobody_to_ask:
        messages.info(request, _("You cannot ask this coach now. Your text is kept."))
    elif whom.circle:
        if is_shared_on(whom.circle.bond, kept, request.at):
            messages.success(request, _("Shared. Your circle can read this now."))
    elif whom.relation:
        for asked in queries.requests_on(kept, request.person, request.at):
            if asked.relation_id == whom.relation.pk:
                _say_asked(request, asked.relation.coach.name, asked.day_to_come(request.at))


def _say_asked(request: PersonRequest, name: str, by_day: Any) -> None:
    if by_day:
        words = {"name": name, "day": date_format(by_day, "l j F")}
        messages.success(request, _("%(name)s hears that you would like a reply by %(day)s.") % words)
    else:
        messages.success(request, _("%(name)s hears that you would like a reply.") % {"name": name})


@changes(Action.ASK_FOR_REPLY, find=queries.thing_to_ask_about)
def ask(request: PersonRequest, thing: Thing) -> HttpResponse:
    """Ask a coach to answer beside something of one's own."""
    relations = queries.to_ask_about(thing, request.person, request.at)
    form = AskForm(request.POST or None, relations=relations, today=localdate(request.at))
    if request.method == "POST" and form.is_valid():
        asked = actions.ask(thing, by=request.person, at=request.at, **form.asks)
        _say_asked(request, asked.relation.coach.name, asked.by_day)
        return redirect(_page_of(thing))
    context = {"form": form, "thing": thing, "relations": relations, "back": _page_of(thing)}
    return render(request, "replies/ask.html", context)


@changes(Action.ASK_FOR_REPLY, find=queries.request_of)
def ask_again(request: PersonRequest, asked: ReplyRequest) -> HttpResponse:
    """Ask once more what nobody answered yet."""
    form, back = AskingForm(request.POST or None, today=localdate(request.at)), _page_of(asked.thing)
    # The form may be sent empty: no day is named then.
    if request.method == "POST" and (form.is_valid() or not request.POST):
        return _ask_again(request, asked, form)
    context = {"form": form, "asked": asked, "back": back, "may": asked.may_be_asked_again(request.at)}
    return render(request, "replies/ask_again.html", context)


def _ask_again(request: PersonRequest, asked: ReplyRequest, form: AskingForm) -> HttpResponse:
    day = form.cleaned_data["answer_by"] if form.is_bound else None
    try:
        actions.ask_again(asked, by=request.person, at=request.at, by_day=day)
    except actions.TooSoon:
        messages.info(request, _("You asked this already. You can ask again a week later."))
    else:
        _say_asked(request, asked.relation.coach.name, day)
    return redirect(_page_of(asked.thing))


@changes(Action.ASK_FOR_REPLY, find=queries.request_of)
def withdraw(request: PersonRequest, asked: ReplyRequest) -> HttpResponse:
    """Take a request back; no reason is asked."""
    back = _page_of(asked.thing)
    if request.method != "POST":
        return render(request, "replies/withdraw.html", {"asked": asked, "back": back})
    actions.withdraw(asked, by=request.person, at=request.at)
    messages.success(
        request,
        _("Withdrawn. %(name)s can still read this text, until you stop sharing it.")
        % {"name": asked.relation.coach.name},
    )
    return redirect(back)


def _page_of(thing: Any) -> str:
    return str(thing.get_absolute_url())
