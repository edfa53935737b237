"""Doors: every URL names the line of the policy that opens it.

`@shows` is a page that reads, `@changes` a page with a form that changes something, `@open_to_everyone` needs no
account. A door finds the thing, asks the policy, and only then lets the view run; whoever may not come in hears the same
as for a page that does not exist. Opening somebody else's words leaves a look before the words leave (P2).
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Protocol, TypeVar, cast, runtime_checkable

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.cache import never_cache

from klimtouw.access.decide import Denied, Guarded, opening_hats
from klimtouw.access.table import Action, Hat
from klimtouw.people import second_lock
from klimtouw.people.kept_forms import give_back_and_ask_to_sign_in, keep_form_and_ask_to_sign_in
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest
from klimtouw.people.sent_before import remember_what_was_sent, take_as_sent_before

log = logging.getLogger(__name__)

T = TypeVar("T", bound=Guarded)
Find = Callable[..., T]
"""`find(person, at, **url_values) -> thing`; raises a DoesNotExist when there is none for this person."""
View = Callable[..., HttpResponse]

READS = ("GET", "HEAD")
WRITES = (*READS, "POST")


@dataclass(frozen=True)
class Door:
    """What the guards read of a URL: its action (None: everybody), how it finds its thing, and its methods."""

    action: Action | None
    find: Callable[..., Any] | None
    methods: tuple[str, ...]
    gives_back: tuple[str, ...] | None = None
    """None: a form sent after signing out is kept until its writer is back. Else it is kept nowhere, and these fields are given back at once."""


@runtime_checkable
class LeavesALook(Protocol):
    """A thing that notes who opened it."""

    def note_look(self, by: Person, hats: frozenset[Hat], at: datetime) -> None: ...


def yourself(person: Person, at: datetime) -> Person:
    """Find the person who asks: the thing of pages that show only what is one's own."""
    return person


def shows(action: Action, *, find: Find[T]) -> Callable[[Callable[..., HttpResponse]], View]:
    """Open a page that reads; it answers GET alone and writes nothing but the look."""
    return _door(Door(action=action, find=find, methods=READS))


def changes(
    action: Action, *, find: Find[T], gives_back: tuple[str, ...] | None = None
) -> Callable[[Callable[..., HttpResponse]], View]:
    """Open a page that shows a form on GET and changes something on POST; see `Door` for `gives_back`."""
    return _door(Door(action=action, find=find, methods=WRITES, gives_back=gives_back))


def open_to_everyone(view: Callable[..., HttpResponse]) -> View:
    """Open a page that needs no account and shows nobody's words."""

    @wraps(view)
    @never_cache  # the first page is another one for whoever is signed in, and must not stay behind in the browser
    def guarded(request: HttpRequest, **url_values: Any) -> HttpResponse:
        if request.method not in WRITES:
            return HttpResponseNotAllowed(WRITES)
        if not request.user.is_authenticated:
            return view(request, **url_values)
        with second_lock.page_of(request.user.pk, cast(PersonRequest, request).at):
            return view(request, **url_values)

    guarded.door = Door(action=None, find=None, methods=WRITES)  # type: ignore[attr-defined]  # read by the guards
    return guarded


def _door(door: Door) -> Callable[[Callable[..., HttpResponse]], View]:
    def decorate(view: Callable[..., HttpResponse]) -> View:
        @wraps(view)
        @never_cache
        def guarded(request: HttpRequest, **url_values: Any) -> HttpResponse:
            if request.method not in door.methods:
                return HttpResponseNotAllowed(door.methods)
            if not request.user.is_authenticated:
                return _ask_to_sign_in(door, request)
            signed_in = cast(PersonRequest, request)
            take_as_sent_before(signed_in)
            response = _enter(door, view, signed_in, url_values)
            remember_what_was_sent(signed_in, response)
            return response

        guarded.door = door  # type: ignore[attr-defined]  # read by the guards
        return guarded

    return decorate


def _ask_to_sign_in(door: Door, request: HttpRequest) -> HttpResponse:
    if door.gives_back is None:
        return keep_form_and_ask_to_sign_in(request)
    return give_back_and_ask_to_sign_in(request, door.gives_back)


def _enter(door: Door, view: View, request: PersonRequest, url_values: dict[str, Any]) -> HttpResponse:
    assert door.find is not None and door.action is not None  # noqa: S101  # narrows the type; open doors never come here
    try:
        with second_lock.page_of(request.person.pk, request.at):
            return _let_in(door.find, door.action, view, request, url_values)
    except (ObjectDoesNotExist, Denied) as nothing_here:
        _note_refusal(door, request)
        raise Http404 from nothing_here


def _note_refusal(door: Door, request: PersonRequest) -> None:
    """Log who asked for what: that it is not there and that it is not theirs look the same, also here."""
    log.warning("not there, or not for this person: %s, %s", door.action, request.person.pk)


def _let_in(
    find: Callable[..., Any], action: Action, view: View, request: PersonRequest, url_values: dict[str, Any]
) -> HttpResponse:
    thing = find(request.person, request.at, **url_values)
    hats = opening_hats(request.person, action, thing, request.at)
    if not hats:
        raise Denied(action)
    if isinstance(thing, LeavesALook):
        thing.note_look(request.person, hats, request.at)
    return view(request, thing)
