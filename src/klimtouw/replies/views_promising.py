"""The page on which a coach says by which day a reply comes (C10)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.belongings.models import Thing
from klimtouw.people.doors import changes
from klimtouw.people.requests import PersonRequest
from klimtouw.replies import queries
from klimtouw.replies.actions_promising import promise_reply
from klimtouw.replies.forms_promising import DayForm
from klimtouw.replies.models import ReplyRequest
from klimtouw.replies.queries_asking import asked_of_this_coach
from klimtouw.replies.views import page_of


@changes(Action.REPLY, find=queries.thing_to_reply_to)
def promise(request: PersonRequest, beside: Thing) -> HttpResponse:
    """Say by which day one answers; where nothing is asked (any more) there is nothing to promise."""
    asked = asked_of_this_coach(beside, request.person, request.at)
    if asked is None:
        return redirect(page_of(beside))
    wished = asked.promised_to_come(request.at) or asked.day_to_come(request.at)
    form = DayForm(request.POST or None, today=localdate(request.at), wished=wished)
    if request.method == "POST" and form.is_valid():
        return _promised(request, asked, beside, form)
    context = {"form": form, "asked": asked, "back": page_of(beside)}
    return render(request, "replies/promise.html", context)


def _promised(request: PersonRequest, asked: ReplyRequest, beside: Thing, form: DayForm) -> HttpResponse:
    day = form.cleaned_data["day"]
    promise_reply(asked, beside=beside, by=request.person, at=request.at, day=day)
    words = {"name": beside.owner.name, "day": date_format(day, "l j F")}
    messages.success(request, _("%(name)s hears that you answer by %(day)s.") % words)
    return redirect(page_of(beside))
