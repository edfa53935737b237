"""Signing in by a code in a mail."""

from typing import Any

from allauth.account.forms import RequestLoginCodeForm

from klimtouw.people.actions import forget_unproven_password
from klimtouw.people.models import Person


class CodeForm(RequestLoginCodeForm):  # type: ignore[misc]  # allauth ships no types
    """Ask for a code. The code will prove the address, so a password from before that proof goes first."""

    def clean(self) -> dict[str, Any]:
        """Take the sign-in library's last hook before the code itself makes the address a proven one."""
        cleaned: dict[str, Any] = super().clean()
        person = getattr(self, "_user", None)
        if isinstance(person, Person):
            forget_unproven_password(person)
        return cleaned
