"""What somebody says when they make an account here: how they are called, and that they may agree to this (P6)."""

from typing import Any, cast

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from klimtouw.people.models import Person
from klimtouw.people.requests import PersonRequest
from klimtouw.people.signup import WelcomeForm
from klimtouw.programmes.queries import consent_age_here


class JoiningForm(WelcomeForm):
    """The welcome form with one tick. No birth date is asked: what is kept is the moment of the tick, and nothing else."""

    is_old_enough = forms.BooleanField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        tick, age = self.fields["is_old_enough"], {"age": consent_age_here()}
        tick.label = _("I am %(age)s or older, or my parent or guardian agrees") % age
        tick.help_text = _("We do not ask how old you are, and keep no date of birth.")
        tick.error_messages["required"] = (
            _("Tick this when it is so. If you are younger than %(age)s, ask your parent or guardian first.")
            % age
        )

    def signup(self, request: HttpRequest, person: Person) -> None:
        """Give the new person their name, and note when they ticked."""
        super().signup(request, person)
        person.agreed_at = cast(PersonRequest, request).at
        person.save(update_fields=["agreed_at"])
