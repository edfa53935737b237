"""The click question (R4)."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klimtouw.relations.choices import Click
from klimtouw.relations.queries.relations import OwnActs
from klimtouw.ui.widgets import DayInput

LONGEST_THINKING = timedelta(days=60)


class ClickForm(forms.Form):
    """Yes, time to think until a day, or no. Nobody asks why (V8)."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three. You can still change it.")},
    )
    think_until = forms.DateField(
        label=_("Thinking until which day?"),
        required=False,
        widget=DayInput(),
        help_text=_("Only if you want time to think. At most 60 days from now."),
    )

    def __init__(self, data: Any = None, *, own: OwnActs, name: str, today: date) -> None:
        super().__init__(data, initial={"answer": own.click, "think_until": own.thinks_until})
        self.today = today
        self.fields["answer"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (Click.YES, _("Yes, I would like to go on with %(name)s") % {"name": name}),
            (Click.TIME, _("I would like some time to think")),
            (Click.NO, _("No, rather not")),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for a day with time to think, and only then; it must be soon and not over."""
        cleaned: dict[str, Any] = self.cleaned_data
        day: date | None = cleaned.get("think_until")
        if cleaned.get("answer") != Click.TIME:
            self.errors.pop("think_until", None)
            return {**cleaned, "think_until": None}
        if day is None and "think_until" not in self.errors:
            self.add_error("think_until", _("Choose until which day you would like to think."))
        elif day and not self.today < day <= self.today + LONGEST_THINKING:
            self.add_error("think_until", _("Choose a day after today, at most 60 days from now."))
        return cleaned
