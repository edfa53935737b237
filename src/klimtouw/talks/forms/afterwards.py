"""Forms for what both keep of a talk."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import ThingForm, Words
from klimtouw.programmes.models import CoachRole
from klimtouw.talks.forms.fields import OneLine

SENTENCE_LENGTH = 300
IMPRESSION_LENGTH = 500


class TakeawayForm(ThingForm):
    """What the coachee takes from a talk, in own words; less than a minute (T3)."""

    text = Words(label=_("What do I take with me?"), rows=4, help_text=_("A few words are enough."))
    next_step = Words(label=_("My next step"), rows=2, help_text=_("Small enough to start this week."))

    def clean(self) -> dict[str, Any]:
        """One of the two is enough."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("text") and not cleaned.get("next_step"):
            self.add_error("text", _("There is nothing to keep yet. One word is enough, or come back later."))
        return cleaned


class Roles(forms.MultipleChoiceField):
    """Choose coach roles by their names; what is kept is their keys, with a space between them."""

    def prepare_value(self, value: Any) -> Any:
        """Tick what was kept before."""
        return value.split() if isinstance(value, str) else value

    def clean(self, value: Any) -> Any:
        """Put the keys in the order of the roles."""
        chosen = super().clean(value)
        return " ".join(
            str(key) for key, _name in cast("list[tuple[str, str]]", self.choices) if key in chosen
        )


class SentenceForm(ThingForm):
    """One sentence of the coach after a talk, in as many roles as fit (T3, T5)."""

    roles = Roles(label=_("In which role, or roles?"), widget=forms.CheckboxSelectMultiple, required=False)
    text = OneLine(
        label=_("One sentence"),
        rows=3,
        max_length=SENTENCE_LENGTH,
        required=True,
        error_messages={"required": _("Write one sentence, or go back.")},
    )

    def __init__(self, data: Any = None, *, roles: Iterable[CoachRole], **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["roles"].choices = [(role.key, role.name) for role in roles]  # type: ignore[attr-defined]  # a field with choices


class ImpressionForm(ThingForm):
    """How a talk was for one of the two, in own words (T3)."""

    text = Words(
        label=_("How was this talk for me?"),
        rows=3,
        max_length=IMPRESSION_LENGTH,
        required=True,
        help_text=_("What did it do to you? Three words are enough."),
        error_messages={"required": _("Write a word or two, or go back.")},
    )
