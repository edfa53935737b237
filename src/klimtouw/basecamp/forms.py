"""The form with which a coordinator proposes a circle: names, a last day, and nothing else."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person
from klimtouw.programmes.choices import FEWEST_MEMBERS, MOST_MEMBERS
from klimtouw.programmes.proposals.actions import LONGEST_TO_ANSWER, SHORTEST_TO_ANSWER
from klimtouw.ui.widgets import DayInput

TO_ANSWER = timedelta(days=10)


class ProposalForm(forms.Form):
    """Who would facilitate, who would be members, and until when they can answer."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    facilitator = forms.ChoiceField(
        label=_("Who would facilitate the circle?"), error_messages={"required": _("Choose one name.")}
    )
    members = forms.MultipleChoiceField(
        label=_("Who would be members?"),
        help_text=_("Choose three to twelve names."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose three to twelve names.")},
    )
    answer_by = forms.DateField(
        label=_("Until which day can they answer?"),
        widget=DayInput,
        help_text=_("Whoever did not answer by then does not join. Nobody is told why."),
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day.")},
    )

    def __init__(self, data: Any, *, people: list[Person], today: date) -> None:
        super().__init__(data, initial={"id": new_id(), "answer_by": today + TO_ANSWER})
        self.today = today
        names = [(str(person.pk), person.name) for person in people]
        self.fields["facilitator"].choices = [("", _("Choose a name")), *names]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["members"].choices = names  # type: ignore[attr-defined]  # a ChoiceField

    def clean_members(self) -> set[UUID]:
        """A circle has three to twelve members."""
        chosen = {UUID(one) for one in self.cleaned_data["members"]}
        if not FEWEST_MEMBERS <= len(chosen) <= MOST_MEMBERS:
            raise ValidationError(_("A circle has three to twelve members. Choose other names."))
        return chosen

    def clean_answer_by(self) -> date:
        """A last day lies ahead, and not too far."""
        day: date = self.cleaned_data["answer_by"]
        if not self.today + SHORTEST_TO_ANSWER <= day <= self.today + LONGEST_TO_ANSWER:
            raise ValidationError(_("Choose a day from tomorrow on, within two months."))
        return day

    def clean(self) -> dict[str, Any]:
        """Whoever facilitates is no member besides."""
        filled: dict[str, Any] = super().clean() or self.cleaned_data
        facilitator = filled.get("facilitator")
        if facilitator and UUID(facilitator) in filled.get("members", ()):
            self.add_error("members", _("Who facilitates is no member besides. Take one of the two away."))
        return filled
