"""Forms for what both keep of a talk."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import ThingForm, Words
from klimtouw.programmes.models import CoachRole
from klimtouw.talks.forms.fields import OneLine

SENTENCE_LENGTH = 300


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


class RoleChoice(forms.ModelChoiceField[CoachRole]):
    """Choose a coach role by its name."""

    def label_from_instance(self, obj: Any) -> str:
        """Show the name of the role."""
        return str(obj.name)


class SentenceForm(ThingForm):
    """One sentence of the coach after a talk, in a chosen role (T3, T5)."""

    role = RoleChoice(
        label=_("In which role?"),
        queryset=None,
        widget=forms.RadioSelect,
        required=False,
        blank=True,
        empty_label=_("I leave this open"),
    )
    text = OneLine(
        label=_("One sentence"),
        rows=3,
        max_length=SENTENCE_LENGTH,
        required=True,
        error_messages={"required": _("Write one sentence, or go back.")},
    )

    def __init__(self, data: Any = None, *, roles: QuerySet[CoachRole], **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["role"].queryset = roles  # type: ignore[attr-defined]  # a ModelChoiceField
