"""Pressing once more on what is done already leads on, instead of to a page that is not there (C14)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

SESSION_KEY = "circle_closed_behind"
View = Callable[..., HttpResponse]


def kind_when_done(view: View) -> View:
    """Bring who just closed a door behind them to the overview of circles when they press once more.

    Only the one who did it, and only the last time: to anybody else the page is not there, as before.
    """

    @wraps(view)
    def again(request: HttpRequest, **url_values: Any) -> HttpResponse:
        what = str(next(iter(url_values.values())))
        try:
            response = view(request, **url_values)
        except Http404:
            if _as_it_is_now(request.session).get(SESSION_KEY) == what:
                return redirect("circles:overview")
            raise
        if request.method == "POST" and response.status_code == redirect("/").status_code:
            request.session[SESSION_KEY] = what
        return response

    return again


def _as_it_is_now(session: SessionBase) -> SessionBase:
    """Return the session as it stands: a second press may have come in before the first was done."""
    return type(session)(session.session_key)
