"""Signing in by a code in a mail, and the places where the sign-in library alone would be too trusting or too talkative."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account.forms import RequestLoginCodeForm
from allauth.account.forms import SignupForm as LibrarySignUpForm
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from klimtouw.people.actions import forget_unproven_password
from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest

JUST_NOW = 5 * 60  # seconds; as long as the sign-in library remembers a password that was asked again
View = Callable[..., HttpResponse]


class CodeForm(RequestLoginCodeForm):  # type: ignore[misc]  # allauth ships no types
    """Ask for a code. The code will prove the address, so a password from before that proof goes first."""

    def clean(self) -> dict[str, Any]:
        """Take the sign-in library's last hook before the code itself makes the address a proven one."""
        cleaned: dict[str, Any] = super().clean()
        person = getattr(self, "_user", None)
        if isinstance(person, Person):
            forget_unproven_password(person)
        return cleaned


class SignUpForm(LibrarySignUpForm):  # type: ignore[misc]  # allauth ships no types
    """Make an account. An address that has one already gets the same answer, after the same work."""

    def try_save(self, request: HttpRequest) -> tuple[Person | None, HttpResponse | None]:
        """Spend on a known address the time that storing a password takes: it is nearly all of this request."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        saved: tuple[Person | None, HttpResponse | None] = super().try_save(request)
        return saved


def only_just_signed_in(view: View) -> View:
    """Let somebody without a password give their account another key only shortly after a code proved who they are.

    Who has a password is asked for it by the sign-in library; without one it asks nothing, and an open tab would do.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **url_values: Any) -> HttpResponse:
        person = request.user
        asks = request.method == "POST" and isinstance(person, Person) and not person.has_usable_password()
        if asks and not _proved_just_now(cast(PersonRequest, request)):
            return _sign_in_again(request)
        return view(request, *args, **url_values)

    return guarded


def with_a_password(view: View) -> View:
    """Ask a password again only of somebody who has one; others are told how to show that it is them."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **url_values: Any) -> HttpResponse:
        if isinstance(request.user, Person) and not request.user.has_usable_password():
            return _sign_in_again(request)
        return view(request, *args, **url_values)

    return guarded


def _sign_in_again(request: HttpRequest) -> HttpResponse:
    return render(request, "people/sign_in_again.html", status=403)


def _proved_just_now(request: PersonRequest) -> bool:
    proofs = request.session.get("account_authentication_methods", [])
    return any(request.at.timestamp() - proof["at"] < JUST_NOW for proof in proofs)
