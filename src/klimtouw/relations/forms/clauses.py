"""The part of a form that holds clauses: those that stood there, and some empty ones for one's own."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import Words
from klimtouw.relations.terms import LONGEST_CLAUSE, MOST_CLAUSES, Difference

SPARE_CLAUSES = 3
CLAUSE = re.compile(r"^clause_(\d{1,2})$")


class ClausesForm(forms.Form):
    """A form for one version of agreements. `id` makes sending twice harmless; `seen` is the newest version its writer saw."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.UUIDField(widget=forms.HiddenInput, required=False)
    beside: list[Difference]

    def add_clauses(self, data: Mapping[str, Any] | None, clauses: tuple[str, ...]) -> None:
        """Add a field per clause, and some to spare."""
        self.beside = []
        self.own_clauses = len(clauses)
        for number in range(_number_of_clauses(data) or min(len(clauses) + SPARE_CLAUSES, MOST_CLAUSES)):
            self.fields[f"clause_{number}"] = Words(
                label=_("Clause %(number)s") % {"number": number + 1},
                rows=4 if number < len(clauses) else 2,
                max_length=LONGEST_CLAUSE,
                initial=clauses[number] if number < len(clauses) else "",
            )

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
    def texts(self) -> tuple[str, ...]:
        """Return the clauses that were filled in; one left empty is left out."""
        texts = [self.cleaned_data[field.name] for field in self._clause_fields()]
        return tuple(text for text in texts if text)

    def show_beside(self, newest: Any, beside: list[Difference]) -> None:
        """Show what somebody else saved meanwhile against what was typed; sending again is then a choice."""
        self.beside = beside
        self.data = {**self.data.dict(), "seen": str(newest.pk)} if hasattr(self.data, "dict") else self.data
        message = _("%(name)s saved another version meanwhile. Save again, and yours takes its place.")
        self.add_error(None, message % {"name": newest.drafted_by.name})

    def _clause_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if CLAUSE.match(name)]


def _number_of_clauses(data: Mapping[str, Any] | None) -> int:
    """Return how many clauses were sent; the page may have shown more than a fresh one would."""
    sent = [int(found[1]) for name in data or {} if (found := CLAUSE.match(name))]
    return min(max(sent, default=-1) + 1, MOST_CLAUSES)
