"""The forms of a meeting: its moments, what suits, and the choice among them."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from klimtouw.circles.queries.meetings import Choice
from klimtouw.talks.forms.planning import MomentsForm

USUAL_MEETING = 90


class MeetingForm(MomentsForm):
    """Up to three moments, how long, and where."""

    def __init__(self, data: Any, **options: Any) -> None:
        super().__init__(data, initial={"minutes": USUAL_MEETING}, **options)
        self.fields["place"].help_text = _("A room, a bench in the park, or on screen.")


class SuitsForm(forms.Form):
    """Which of the moments suit; none is an answer too."""

    moments = forms.TypedMultipleChoiceField(
        label=_("Which moments suit you?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any, *, choices: list[Choice]) -> None:
        super().__init__(data, initial={"moments": [one.moment.pk for one in choices if one.is_mine]})
        ahead = [one for one in choices if one.is_ahead]
        self.fields["moments"].choices = [(one.moment.pk, _in_words(one)) for one in ahead]  # type: ignore[attr-defined]  # a field with choices


def _in_words(choice: Choice) -> str:
    starts_at = localtime(choice.moment.starts_at)
    return f"{date_format(starts_at, 'l j F')}, {date_format(starts_at, 'H:i')}"
