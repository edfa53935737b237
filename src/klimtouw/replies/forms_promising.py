"""By which day a coach answers (C10)."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klimtouw.replies.actions_promising import LONGEST_WAIT
from klimtouw.ui.widgets import DayInput


class DayForm(forms.Form):
    """By which day."""

    day = forms.DateField(
        label=gettext_lazy("By which day do you answer?"),
        widget=DayInput(),
        error_messages={"required": gettext_lazy("Choose a day.")},
    )

    def __init__(self, data: Any = None, *, today: date, wished: date | None) -> None:
        super().__init__(data, initial={"day": wished})
        self.today = today

    def clean_day(self) -> date:
        """The day lies ahead, and not too far."""
        day: date = self.cleaned_data["day"]
        if not self.today <= day <= self.today + LONGEST_WAIT:
            raise forms.ValidationError(_("Choose today or a later day, at most 60 days from now."))
        return day
