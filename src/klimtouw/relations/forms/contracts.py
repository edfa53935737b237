"""The form of the contract."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import Words
from klimtouw.foundation.ids import new_id
from klimtouw.relations.choices import Rhythm
from klimtouw.relations.models import Contract
from klimtouw.relations.terms import (
    FEWEST_TALKS,
    LABELS,
    LONGEST_CLAUSE,
    MOST_CLAUSES,
    MOST_TALKS,
    Bounds,
    Difference,
    Terms,
    differences,
    faults_of_days,
)
from klimtouw.ui.widgets import DayInput

SPARE_CLAUSES = 3
CLAUSE = re.compile(r"^clause_(\d{1,2})$")


class ContractForm(forms.Form):
    """One version of the contract. `id` makes sending twice harmless; `seen` is the newest version its writer saw."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)
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
        self.beside: list[Difference] = []
        self.own_clauses = len(clauses)
        for number in range(_number_of_clauses(data) or min(len(clauses) + SPARE_CLAUSES, MOST_CLAUSES)):
            self.fields[f"clause_{number}"] = Words(
                label=_("Clause %(number)s") % {"number": number + 1},
                rows=4 if number < len(clauses) else 2,
                max_length=LONGEST_CLAUSE,
                initial=clauses[number] if number < len(clauses) else "",
            )
        for name in ("availability", "coachee_may_expect", "coach_may_expect"):
            self.fields[name].readers = readers  # type: ignore[attr-defined]  # printed under the field

    @property
    def clauses(self) -> list[forms.BoundField]:
        """Return the fields of the clauses that stood there."""
        return self._clause_fields()[: self.own_clauses]

    @property
    def spare_clauses(self) -> list[forms.BoundField]:
        """Return the empty fields for clauses of one's own."""
        return self._clause_fields()[self.own_clauses :]

    @property
    def has_own_clauses(self) -> bool:
        """Return whether something was typed in a spare field, so that the page shows it."""
        return any(field.value() for field in self.spare_clauses)

    @property
    def terms(self) -> Terms:
        """Return what was filled in; a clause left empty is left out."""
        kept = {name: value for name, value in self.cleaned_data.items() if name in LABELS}
        clauses = [self.cleaned_data[field.name] for field in self._clause_fields()]
        return Terms(**kept, clauses=tuple(clause for clause in clauses if clause))

    def clean(self) -> dict[str, Any]:
        """Judge the two days by the rule of the contract, with the message at the field."""
        cleaned = super().clean() or {}
        if cleaned.get("starts_on") and cleaned.get("ends_on"):
            for name, fault in faults_of_days(cleaned["starts_on"], cleaned["ends_on"], self.bounds).items():
                self.add_error(name, fault)
        return cleaned

    def put_beside(self, newest: Contract, terms: Terms) -> None:
        """Show what the other saved meanwhile against what was typed; sending again is then a choice."""
        self.beside = differences(terms, self.terms)
        self.data = {**self.data.dict(), "seen": str(newest.pk)} if hasattr(self.data, "dict") else self.data
        message = _("%(name)s saved another version meanwhile. Save again, and yours takes its place.")
        self.add_error(None, message % {"name": newest.drafted_by.name})

    def _clause_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if CLAUSE.match(name)]


def _number_of_clauses(data: Mapping[str, Any] | None) -> int:
    """Return how many clauses were sent; the page may have shown more than a fresh one would."""
    sent = [int(found[1]) for name in data or {} if (found := CLAUSE.match(name))]
    return min(max(sent, default=-1) + 1, MOST_CLAUSES)
