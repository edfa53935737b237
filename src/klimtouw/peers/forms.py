"""Forms of the ladder."""

from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import Words
from klimtouw.foundation.clock import end_of, months_after
from klimtouw.foundation.ids import new_id
from klimtouw.peers.choices import LONGEST_VALIDITY_YEARS, MONTHS_OFFERED
from klimtouw.people.models import Person
from klimtouw.programmes.models import Membership, Programme
from klimtouw.ui.widgets import DayInput

WORDS_LENGTH = 1_500


class StaffForm(forms.Form):
    """Whom of the programme one asks."""

    staff = forms.TypedChoiceField(
        label=_("Whom would you like to ask?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose somebody, or go back."),
            "invalid_choice": _("Choose somebody of the list."),
        },
    )

    def __init__(self, data: Any = None, *, around: list[Membership]) -> None:
        super().__init__(data)
        self.around = {row.pk: row for row in around}
        several = len({row.programme_id for row in around}) > 1
        self.fields["staff"].choices = [  # type: ignore[attr-defined]  # a choice field has choices
            (row.pk, f"{row.person.name} ({row.programme.name})" if several else row.person.name)
            for row in around
        ]

    @property
    def chosen(self) -> tuple[Person, Programme]:
        """Who was chosen, and of which programme."""
        row = self.around[self.cleaned_data["staff"]]
        return row.person, row.programme


class RungForm(forms.Form):
    """A few words with a rung, for the peer coach alone."""

    text = Words(
        label=_("Your words for the peer coach"),
        rows=5,
        max_length=WORDS_LENGTH,
        help_text=_("What did you see go well? What would you like to give along?"),
    )

    def __init__(self, data: Any = None, *, name: str) -> None:
        super().__init__(data)
        # Printed under the field.
        self.fields["text"].readers = (  # type: ignore[attr-defined]
            _("Only %(name)s can read this. You cannot read it again afterwards either.") % {"name": name}
        )


class AttestationForm(forms.Form):
    """Until when the attestation holds; `id` makes sending twice harmless."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    until = forms.DateField(
        label=_("The last day"),
        widget=DayInput(),
        error_messages={"required": _("Fill in a day."), "invalid": _("Fill in a day.")},
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"id": new_id(), "until": months_after(today, MONTHS_OFFERED)})
        self.today = today

    def clean_until(self) -> date:
        """Refuse a day that is over, and one further off than anybody can answer for."""
        day: date = self.cleaned_data["until"]
        if day < self.today:
            raise ValidationError(_("This day is over. Choose a later one."))
        if day > months_after(self.today, 12 * LONGEST_VALIDITY_YEARS):
            raise ValidationError(_("At most three years. After that you look at it together again."))
        return day

    @property
    def fields_given(self) -> tuple[UUID | None, datetime]:
        """The id of the form, and the first moment after the last day."""
        return self.cleaned_data["id"], end_of(self.cleaned_data["until"], ZoneInfo(settings.TIME_ZONE))
