"""Signing in by a code in a mail, and the places where the sign-in library alone would be too trusting or too talkative."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account.forms import RequestLoginCodeForm
from allauth.account.forms import SignupForm as LibrarySignUpForm
from django.contrib.auth.hashers import make_password
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

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
        if asks and not has_just_proved(cast(PersonRequest, request)):
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


def prove_again(request: PersonRequest, *, why: str) -> HttpResponse:
    """Ask somebody to show once more who they are, and come back to this page: by password, or else by a new code."""
    if request.person.has_usable_password():
        return redirect_to_login(request.path, reverse("account_reauthenticate"), "next")
    return render(request, "people/sign_in_again.html", {"why": why, "back": request.path}, status=403)


def _sign_in_again(request: HttpRequest) -> HttpResponse:
    return render(request, "people/sign_in_again.html", status=403)


def has_just_proved(request: PersonRequest) -> bool:
    """Return whether this person showed who they are in the last five minutes, by a password or a code."""
    proofs = request.session.get("account_authentication_methods", [])
    return any(request.at.timestamp() - proof["at"] < JUST_NOW for proof in proofs)
