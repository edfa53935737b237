"""What the forms of the climb share."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import ThingForm
from klimtouw.belongings.models import Thing
from klimtouw.climb.models import Dream, Goal

SOMETHING = {"required": _("Write a few words. They may be rough.")}


class Link(forms.TypedChoiceField):
    """A choice among some of one's own things, or none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, coerce=UUID, empty_value=None, **options)
        self.own: dict[UUID, Thing] = {}

    def offer(self, things: Sequence[Dream] | Sequence[Goal], none: Any) -> None:
        """Offer these, and first of all: none."""
        self.own = {thing.pk: thing for thing in things}
        self.choices = [("", none), *((str(thing.pk), thing.title) for thing in things)]

    def clean(self, value: Any) -> Thing | None:
        """Return the chosen thing; one that was not offered is refused."""
        chosen = super().clean(value)
        return None if chosen is None else self.own[chosen]


class WritingForm(ThingForm):
    """What the forms of the climb share: what was filled in, ready for the action that keeps it."""

    @property
    def chosen(self) -> dict[str, Any]:
        """Return what was filled in, by the names the actions use."""
        return self.fields_of_thing

    @property
    def new(self) -> dict[str, Any]:
        """Return it for a new thing: with the id the form came with, so that sending twice is harmless."""
        return {**self.chosen, "id": self.cleaned_data["id"], "seen": self.seen_version}

    @property
    def reworded(self) -> dict[str, Any]:
        """Return it for a thing there is: with the version its writer saw."""
        return {**self.chosen, "seen": self.seen_version}
