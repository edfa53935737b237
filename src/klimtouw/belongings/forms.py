"""Forms that hold a person's words."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.actions import ChangedMeanwhile
from klimtouw.belongings.both_texts import BothTexts, Choice, joined
from klimtouw.belongings.models import Thing
from klimtouw.belongings.queries import Companion
from klimtouw.foundation.ids import new_id
from klimtouw.foundation.text import tidy
from klimtouw.ui.widgets import DayInput

LONGEST = 20_000
FURTHEST = timedelta(days=366)


class Words(forms.CharField):
    """A field for words somebody writes: line ends made one, no control characters, at most 20,000 characters."""

    def __init__(
        self, *, rows: int = 4, required: bool = False, max_length: int = LONGEST, **options: Any
    ) -> None:
        widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
        super().__init__(required=required, max_length=max_length, widget=widget, strip=False, **options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave the length to the server: a browser would cut a longer pasted text off in silence."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}

    def to_python(self, value: Any) -> Any:
        """Tidy before the length is judged."""
        return tidy(super().to_python(value) or "")


class ThingForm(forms.Form):
    """A form for one thing. `id` makes sending twice harmless; `seen` is the version its writer saw."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, thing: Thing | None = None, readers: Any = "", **options: Any
    ) -> None:
        initial: dict[str, Any] = {"id": new_id()}
        if thing is not None:
            own = {name: getattr(thing, name) for name in self.base_fields if hasattr(thing, name)}
            initial = {**own, "id": thing.pk, "seen": thing.version}
        initial |= options.pop("initial", None) or {}
        super().__init__(data, initial=initial, **options)
        self.beside: list[BothTexts] = []
        for name, field in self.fields.items():
            if isinstance(field, Words) and name not in ("id", "seen"):
                field.readers = readers  # type: ignore[attr-defined]  # printed under the field

    @property
    def fields_of_thing(self) -> dict[str, Any]:
        """Return what was filled in, without the two hidden fields."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("id", "seen")}

    @property
    def words(self) -> dict[str, str]:
        """Return the words that were filled in, by the names of the thing."""
        return {
            name: value
            for name, value in self.fields_of_thing.items()
            if isinstance(self.fields[name], Words)
        }

    @property
    def choice(self) -> str:
        """Return what its writer chose when two texts stood side by side; empty when nobody asked."""
        return str(self.data.get(self.add_prefix("choose"), ""))

    @property
    def keeps_the_other(self) -> bool:
        """Whether its writer lets the other text stand."""
        return self.choice == Choice.OTHER

    @property
    def seen_version(self) -> int:
        """Return the version the writer saw; a form without one saw nothing yet, and who wants to join is not done."""
        return 0 if self.choice == Choice.JOIN else self.cleaned_data.get("seen") or 0

    def standing(self, now: Any) -> dict[str, str]:
        """Return the words of a thing as it stands, by the names of the fields."""
        return {name: str(getattr(now, name, "")) for name in self.words_fields}

    @property
    def words_fields(self) -> list[str]:
        """Return the names of the fields that hold words."""
        return [name for name, field in self.fields.items() if isinstance(field, Words)]

    def put_beside(self, conflict: ChangedMeanwhile) -> None:
        """Show the text as it stands next to the text as typed, to choose from; or both in one field, to make one text of.

        What is sent next has seen the text that stands there now.
        """
        now, wants_both = conflict.now, self.choice == Choice.JOIN
        both = [
            (name, text, str(self.cleaned_data[name]))
            for name, text in self.standing(now).items()
            if text != self.cleaned_data[name]
        ]
        self.data = self.data.copy() if hasattr(self.data, "copy") else dict(self.data)
        self.data[self.add_prefix("seen")], self.data[self.add_prefix("id")] = str(now.version), str(now.pk)
        if wants_both:
            for name, stands, typed in both:
                is_short = not isinstance(self.fields[name].widget, forms.Textarea)
                self.data[self.add_prefix(name)] = joined(stands, typed, on_one_line=is_short)
            self.add_error(None, _("Both texts stand below. Make one text of them, then keep it."))
            return
        self.beside = [BothTexts(str(self.fields[name].label), stands, typed) for name, stands, typed in both]
        self.add_error(
            None,
            _(
                "This text was changed in another tab or on another device. Both texts stand below: choose or join them."
            ),
        )

    @property
    def both_texts(self) -> SafeString:
        """Print both texts side by side with three buttons; nothing when nobody was in between."""
        if not self.beside:
            return SafeString("")
        context = {"beside": self.beside, "Choice": Choice}
        return render_to_string("belongings/parts/both_texts.html", context)


class ShareForm(forms.Form):
    """With whom, and until which day."""

    bond = forms.ChoiceField(label=_("With whom?"), widget=forms.RadioSelect)
    until = forms.DateField(
        label=_("Until which day?"),
        required=False,
        help_text=_("Leave this open to share as long as your contract runs. You can stop at any time."),
        widget=DayInput,
    )

    def __init__(self, data: Mapping[str, Any] | None, *, companions: list[Companion], today: date) -> None:
        super().__init__(data)
        self.today = today
        self.companions = {str(companion.bond.pk): companion for companion in companions}
        bond = self.fields["bond"]
        bond.choices = [(pk, c.name) for pk, c in self.companions.items()]  # type: ignore[attr-defined]  # a ChoiceField
        if len(companions) == 1:
            bond.initial = next(iter(self.companions))

    @property
    def companion(self) -> Companion:
        """Return the chosen companion."""
        return self.companions[self.cleaned_data["bond"]]

    def clean_until(self) -> date | None:
        """Refuse a last day that has gone by; no contract reaches further than a year, so no share does."""
        until: date | None = self.cleaned_data["until"]
        if until and until < self.today:
            raise ValidationError(_("This day is over. Choose today or a later day."))
        return min(until, self.today + FURTHEST) if until else None
