"""Forms of a coach's own growth, and what a page asks in its address."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import ThingForm, Words
from klimtouw.growth.choices import Phase
from klimtouw.programmes.models import CoachRole
from klimtouw.talks.forms.afterwards import Roles
from klimtouw.talks.forms.fields import OneLine

JOTTING_LENGTH = 600
HELPED_LENGTH = 300


class CardWish(forms.Form):
    """For which role, at which moment, and which card in the row; whatever is odd asks for nothing in particular."""

    role = forms.SlugField(required=False)
    phase = forms.ChoiceField(required=False, choices=[("", ""), *Phase.choices])
    number = forms.IntegerField(required=False, min_value=0, max_value=999)

    @property
    def asked(self) -> dict[str, Any]:
        """Return what could be understood."""
        self.full_clean()
        found = self.cleaned_data
        return {
            "role": found.get("role") or "",
            "phase": found.get("phase") or "",
            "number": found.get("number") or 0,
        }


class JottingForm(ThingForm):
    """A short note about one's own acting (T9)."""

    text = Words(
        label=_("About what I did, or left"),
        rows=4,
        max_length=JOTTING_LENGTH,
        required=True,
        help_text=_("For instance: I asked three questions in a row. Next time I will wait."),
        error_messages={"required": _("Write a word or two, or go back.")},
    )


class WhatHelpedForm(ThingForm):
    """Which coach roles helped in a talk (T6)."""

    roles = Roles(
        label=_("What helped me in this talk?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    text = OneLine(label=_("In my own words"), rows=2, max_length=HELPED_LENGTH)

    def __init__(self, data: Any = None, *, roles: Iterable[CoachRole], **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["roles"].choices = [(role.key, f"{role.name}: {role.help}") for role in roles]  # type: ignore[attr-defined]  # a field with choices

    def clean(self) -> dict[str, Any]:
        """One of the two is enough."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("roles") and not cleaned.get("text"):
            self.add_error("roles", _("Tap one, or write a word. Or come back later."))
        return cleaned


class PracticeNoteForm(ThingForm):
    """What one takes from a practice talk (T8)."""

    text = Words(
        label=_("What do I take with me from this?"),
        rows=3,
        max_length=JOTTING_LENGTH,
        required=True,
        help_text=_("A sentence is enough. The way you went is not kept."),
        error_messages={"required": _("Write a word or two, or go back.")},
    )


class WipeWish(forms.Form):
    """Which note to wipe."""

    wipe = forms.UUIDField()
