"""Forms of a room: open it, put something on the table, choose at the end."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import Words
from klimtouw.foundation.ids import new_id
from klimtouw.intervision.choices import LONGEST, MethodKey, Role
from klimtouw.intervision.methods import METHODS, Input
from klimtouw.intervision.queries import OnTable

EVERYBODY_HERE = _(
    "Everybody in this room reads this, until the end. The presenter may keep it, without your name."
)
OF_PRESENTER = _("Everybody in this room reads this, until the end. You may keep it yourself.")
AFTER_THIS_PHASE = _(
    "You alone read this now. When this phase is over, everybody in this room reads it, until the end."
)
ONLY_YOU = _("Only you can read what you keep.")


class OpenForm(forms.Form):
    """Which method, and what one does oneself."""

    method = forms.ChoiceField(
        label=_("Which way of working?"),
        widget=forms.RadioSelect,
        choices=[(key.value, way.title) for key, way in METHODS.items()],
        initial=MethodKey.INCIDENT,
    )
    role = forms.ChoiceField(
        label=_("What do you do yourself?"),
        widget=forms.RadioSelect,
        choices=[
            (Role.PRESENTER.value, _("I bring something in")),
            (Role.GUIDE.value, _("I guide")),
            (Role.MEMBER.value, _("I think along")),
        ],
        initial=Role.MEMBER,
    )


class TableForm(forms.Form):
    """One contribution; `id` makes sending twice harmless. Label and hint are those of the phase."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = Words(rows=3, required=True, max_length=LONGEST)
    may_be_named = forms.BooleanField(
        label=_("My name may stand beside it, if the presenter keeps it"), required=False
    )

    def __init__(self, data: Any = None, *, one: Input, is_silent: bool, is_presenter: bool) -> None:
        super().__init__(data, initial={"id": new_id()}, auto_id=f"id_{one.kind}_%s")
        text = self.fields["text"]
        text.label, text.help_text = one.label, one.hint  # type: ignore[assignment]  # lazy texts
        readers = OF_PRESENTER if is_presenter else AFTER_THIS_PHASE if is_silent else EVERYBODY_HERE
        text.readers = readers  # type: ignore[attr-defined]  # printed under the field
        if is_presenter:
            del self.fields["may_be_named"]

    @property
    def given(self) -> dict[str, Any]:
        """Return what was filled in."""
        return {
            name: value for name, value in self.cleaned_data.items() if name in ("id", "text", "may_be_named")
        }


class KeptLines(forms.MultipleChoiceField):
    """Ticks beside what lies on the table; what was taken back meanwhile is no longer there to keep, and no fault of who ticked it."""

    def to_python(self, value: Any) -> list[str]:
        """Return what was ticked and is still there."""
        there = {key for key, _text in self.choices}  # type: ignore[misc,union-attr]  # pairs, made below
        return [key for key in super().to_python(value) if key in there]


class KeepForm(forms.Form):
    """What the presenter keeps: ticks beside contributions, and own words. Nothing ticked is fine too."""

    kept = KeptLines(label=_("What do you keep?"), widget=forms.CheckboxSelectMultiple, required=False)
    own_words = Words(label=_("In my own words"), rows=5, help_text=_("What do you take along from this?"))

    def __init__(self, data: Any = None, *, lines: Sequence[OnTable]) -> None:
        super().__init__(data)
        kept = self.fields["kept"]
        kept.choices = [(str(line.row.pk), line.row.text) for line in lines]  # type: ignore[attr-defined]  # a MultipleChoiceField
        self.fields["own_words"].readers = ONLY_YOU  # type: ignore[attr-defined]  # printed under the field

    @property
    def chosen(self) -> dict[str, Any]:
        """Return what was chosen."""
        return {
            "kept": [UUID(key) for key in self.cleaned_data["kept"]],
            "own_words": self.cleaned_data["own_words"],
        }
