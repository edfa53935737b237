"""A request that knows who asks and when."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from klimtouw.foundation.clock import now
from klimtouw.people import keyring
from klimtouw.people.devices import device_of
from klimtouw.people.headers import ON_SIGNING_OUT
from klimtouw.people.kept_forms import texts_typed
from klimtouw.people.models import Person
from klimtouw.people.sessions import SessionStore

log = logging.getLogger(__name__)


class PersonRequest(HttpRequest):
    """What a view receives behind a door: somebody is signed in, and the moment is fixed."""

    person: Person
    at: datetime


class PersonMiddleware:
    """Give every request its person and its one moment, and speak the person's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        keyring.forget()
        try:
            return self._answer(request)
        finally:
            keyring.forget()

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer kindly on a page whose words cannot be opened any more: an old copy of the database came back without their key."""
        if not isinstance(exception, keyring.KeyDestroyed):
            return None
        log.warning(
            "words without a key, at %s", request.resolver_match.route if request.resolver_match else ""
        )
        texts = texts_typed(request) if request.method == "POST" else []
        return render(request, "people/words_are_gone.html", {"texts": texts}, status=410)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        request.at = at = now()  # type: ignore[attr-defined]  # declared in PersonRequest
        request.person = request.user  # type: ignore[attr-defined]  # declared in PersonRequest
        if not request.user.is_authenticated:
            return self.get_response(request)
        request.user.device = device_of(request.headers.get("User-Agent", ""))
        if cast(SessionStore, request.session).is_due(at):
            request.session.modified = True  # writes down this visit, at most once an hour
        language = request.user.language  # now: after signing out there is no person any more
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers["Content-Language"] = language
        if _is_signed_out(request):
            response.headers["Clear-Site-Data"] = ON_SIGNING_OUT
        return response


def _is_signed_out(request: HttpRequest) -> bool:
    return not request.user.is_authenticated
