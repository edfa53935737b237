"""The form for hours of the week in which somebody is free."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from klimtouw.foundation.clock import months_after
from klimtouw.talks.forms.fields import TimeInput
from klimtouw.talks.hours import Block
from klimtouw.ui.widgets import DayInput

USUAL_MONTHS = 4
FURTHEST = timedelta(days=366)


class FreeHoursForm(forms.Form):
    """One part of a day, on as many days as it is free, until a day (T1)."""

    days = forms.TypedMultipleChoiceField(
        label=_("On which days?"),
        coerce=int,
        choices=[(number + 1, name) for number, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one day.")},
    )
    begins = forms.TimeField(
        label=_("From"), widget=TimeInput(), error_messages={"required": _("Choose an hour.")}
    )
    ends = forms.TimeField(
        label=_("Until"), widget=TimeInput(), error_messages={"required": _("Choose an hour.")}
    )
    ends_on = forms.DateField(
        label=_("Until which day does this hold?"),
        widget=DayInput(),
        help_text=_("The end of this semester, for instance. Two weeks before, you hear it here."),
        error_messages={"required": _("Choose a day.")},
    )

    def __init__(self, data: Any = None, *, today: date, ends_on: date | None) -> None:
        last = ends_on if ends_on and ends_on >= today else months_after(today, USUAL_MONTHS)
        super().__init__(data, initial={"ends_on": last})
        self.today = today

    def clean_ends_on(self) -> date:
        """Refuse a day that is over; nothing holds longer than a year."""
        ends_on: date = self.cleaned_data["ends_on"]
        if ends_on < self.today:
            raise ValidationError(_("This day is over. Choose today or a later day."))
        return min(ends_on, self.today + FURTHEST)

    def clean(self) -> dict[str, Any]:
        """The hour it ends comes after the hour it begins."""
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("Choose an hour after the first one."))
        return cleaned

    @property
    def blocks(self) -> list[Block]:
        """Return one block for each day that was ticked."""
        begins, ends = self.cleaned_data["begins"], self.cleaned_data["ends"]
        return [Block(day, begins, ends) for day in self.cleaned_data["days"]]
