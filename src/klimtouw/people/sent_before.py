"""Without scripts, going back and sending again what was just sent is sending it once (C14).

A browser without scripts fetches the page anew, because no page is stored (nothing may stay behind after signing out). It
then puts the typed words in a form with a new id. So the form that was sent last is remembered for some minutes in the
session, as a digest: never the words. Where scripts run, going back brings an empty form, and nothing need be remembered.
"""

import json
from datetime import datetime, timedelta

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.crypto import salted_hmac

from klimtouw.people.kept_forms import NEVER_KEPT
from klimtouw.people.requests import PersonRequest

SESSION_KEY = "sent_before"
REMEMBERED_FOR = timedelta(minutes=10)
ID = "id"


def take_as_sent_before(request: PersonRequest) -> None:
    """Give a form that repeats the last one sent, word for word and from the same page, the id that one had."""
    before = request.session.get(SESSION_KEY)
    if not before or not _may_repeat(request) or before["mark"] != _mark(request):
        return
    if request.at - datetime.fromisoformat(before["at"]) <= REMEMBERED_FOR:
        form = request.POST.copy()
        form[ID] = before["id"]
        request.POST = form  # type: ignore[assignment]  # Django lets it be replaced; its types do not


def remember_what_was_sent(request: PersonRequest, response: HttpResponse) -> None:
    """Remember the form that was just kept, in the place of the one before; any other act in between forgets it."""
    if request.method != "POST" or response.status_code != HttpResponseRedirect.status_code:
        return
    if _may_repeat(request):
        sent = {"mark": _mark(request), "id": request.POST[ID], "at": request.at.isoformat()}
        request.session[SESSION_KEY] = sent
    else:
        request.session.pop(SESSION_KEY, None)


def _may_repeat(request: PersonRequest) -> bool:
    return bool(request.POST.get(ID)) and not request.FILES and "HX-Request" not in request.headers


def _mark(request: PersonRequest) -> str:
    fields = sorted((name, values) for name, values in request.POST.lists() if name not in {*NEVER_KEPT, ID})
    sent = json.dumps([str(request.person.pk), request.get_full_path(), fields])
    return salted_hmac("klimtouw.sent_before", sent, algorithm="sha256").hexdigest()
