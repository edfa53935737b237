"""Pages about messages: how one wants to hear, answering from a mail, and ending mails about something."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from klimtouw.access.table import Action
from klimtouw.notices import actions, by_mail, stopping
from klimtouw.notices.forms import WishesForm
from klimtouw.notices.kinds import relations_of
from klimtouw.notices.queries import muted_by, wishes_of
from klimtouw.people.doors import changes, open_to_everyone, yourself
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest


@changes(Action.CHANGE_OWN_SETTINGS, find=yourself)
def wishes(request: PersonRequest, person: Person) -> HttpResponse:
    """Show and change how often, when and about what somebody hears."""
    form = WishesForm(
        request.POST or None,
        instance=wishes_of(person),
        muted=muted_by(person),
        relations=relations_of(person, request.at),
    )
    if request.method == "POST" and form.is_valid():
        who: dict[str, Any] = {"person": person, "by": request.person, "at": request.at}
        actions.change_wishes(**who, **form.hours)
        actions.choose_what_to_hear(**who, topics=form.topics, relations=form.relations)
        messages.success(request, _("Saved. This is how you hear from now on."))
        return redirect("notices:wishes")
    return render(request, "notices/wishes.html", {"form": form})


@open_to_everyone
def answer(request: PersonRequest, token: str) -> HttpResponse:
    """Show what a link in a mail asks, with one button; only the button acts, for a scanner opens every link."""
    try:
        asked = by_mail.asked_by(token, request.user, request.at)
        with translation.override(asked.person.language), by_mail.behind_the_lock(asked, request.user):
            return _asked(request, asked)
    except by_mail.Closed as closed:
        return render(request, "notices/link_closed.html", {"why": closed.why}, status=410)


def _asked(request: PersonRequest, asked: by_mail.Asked) -> HttpResponse:
    thing = asked.thing()
    form = asked.form(thing, request.POST if request.method == "POST" else None)
    question = asked.question(thing)
    if request.method == "POST" and form.is_valid():
        done = asked.do(thing, form.cleaned_data)
        return render(request, "notices/answered.html", {"done": done, "question": question})
    return render(request, "notices/answer.html", {"form": form, "question": question})


@csrf_exempt
@open_to_everyone
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End mails about some topics. A mailbox may send this by itself when somebody asks it to (RFC 8058): the link is the proof."""
    try:
        ended = stopping.ended_by(token, request.user)
    except by_mail.Closed as closed:
        return render(request, "notices/link_closed.html", {"why": closed.why}, status=410)
    with translation.override(ended.person.language):
        if request.method == "POST":
            stopping.end(ended, request.at)  # type: ignore[attr-defined]  # set for every request
        return render(request, "notices/stop.html", {"ended": ended, "is_done": request.method == "POST"})
