"""The form of the contract."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import Words
from klimtouw.foundation.ids import new_id
from klimtouw.relations.choices import Rhythm
from klimtouw.relations.forms.clauses import ClausesForm
from klimtouw.relations.models import Contract
from klimtouw.relations.terms import (
    FEWEST_TALKS,
    LABELS,
    MOST_TALKS,
    Bounds,
    Terms,
    differences,
    faults_of_days,
)
from klimtouw.ui.widgets import DayInput


class ContractForm(ClausesForm):
    """One version of the contract."""

    starts_on = forms.DateField(label=LABELS["starts_on"], widget=DayInput)
    ends_on = forms.DateField(
        label=LABELS["ends_on"],
        widget=DayInput,
        help_text=_("For instance the end of the semester. A year at most; you can renew it together."),
        error_messages={"required": _("A contract always has a last day. Choose one.")},
    )
    talks = forms.IntegerField(
        label=LABELS["talks"],
        min_value=FEWEST_TALKS,
        max_value=MOST_TALKS,
        help_text=_("Five is a fine start. It is a plan, not a debt."),
    )
    rhythm = forms.ChoiceField(label=LABELS["rhythm"], choices=Rhythm.choices, widget=forms.RadioSelect)
    availability = Words(
        label=LABELS["availability"],
        rows=2,
        help_text=_("When, and how: a message, a mail, a knock on the door?"),
    )
    coachee_may_expect = Words(label=LABELS["coachee_may_expect"], rows=3)
    coach_may_expect = Words(label=LABELS["coach_may_expect"], rows=3)

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        bounds: Bounds,
        start: Mapping[str, Any],
        clauses: tuple[str, ...],
        readers: str,
    ) -> None:
        super().__init__(data, initial={"id": new_id(), **start})
        self.bounds = bounds
        self.add_clauses(data, clauses)
        for name in ("availability", "coachee_may_expect", "coach_may_expect"):
            self.fields[name].readers = readers  # type: ignore[attr-defined]  # printed under the field

    @property
    def terms(self) -> Terms:
        """Return what was filled in; a clause left empty is left out."""
        kept = {name: value for name, value in self.cleaned_data.items() if name in LABELS}
        return Terms(**kept, clauses=self.texts)

    def clean(self) -> dict[str, Any]:
        """Judge the two days by the rule of the contract, with the message at the field."""
        cleaned = super().clean() or {}
        if cleaned.get("starts_on") and cleaned.get("ends_on"):
            for name, fault in faults_of_days(cleaned["starts_on"], cleaned["ends_on"], self.bounds).items():
                self.add_error(name, fault)
        return cleaned

    def put_beside(self, newest: Contract, terms: Terms) -> None:
        """Show what the other saved meanwhile against what was typed; sending again is then a choice."""
        self.show_beside(newest, differences(terms, self.terms))
