"""Passwords that are easy to guess because they are about where we are."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from klimtouw.people.models import Person

AROUND_HERE = (
    "klimtouw", "welkom", "wachtwoord", "password", "welcome", "coachee", "coaching", "coach", "kompas", "compass",
    "school", "hogeschool", "leerling", "student", "leerkracht", "docent", "mentor", "berg", "klim", "touw",
)  # fmt: skip
LEFT_OVER = 4
"""How many letters must be left when the words above are taken out; digits and signs around them hide nothing."""


class NotAboutHere:
    """Refuse a password made of little more than words that stand on our own pages."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Raise a ValidationError when too little is left of a password."""
        rest = re.sub(r"[\W\d_]", "", password.lower())
        for word in AROUND_HERE:
            rest = rest.replace(word, "")
        if any(word in password.lower() for word in AROUND_HERE) and len(rest) < LEFT_OVER:
            raise ValidationError(_("This password is easy to guess here. Add a few words of your own."))

    def get_help_text(self) -> str:
        """Say it beforehand too, among the other rules."""
        return _("Your password is more than words from here, such as “coach” or “school”.")
