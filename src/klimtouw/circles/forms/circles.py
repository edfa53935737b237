"""The forms of a circle: its name, and its agreements."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import Words
from klimtouw.circles.terms import CircleTerms, differences, fault_of_last_day
from klimtouw.foundation.ids import new_id
from klimtouw.relations.forms.clauses import ClausesForm
from klimtouw.ui.widgets import DayInput


class CircleForm(forms.Form):
    """How a circle is called, and which hats its facilitator wears; `id` makes sending twice harmless."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = Words(
        rows=1,
        max_length=80,
        required=True,
        label=_("What is the circle called?"),
        error_messages={"required": _("Give the circle a name, so that everybody recognises it.")},
    )
    has_double_hat = forms.BooleanField(
        required=False,
        label=_("I also assess somebody in this circle"),
        help_text=_("Everybody sees this before they sign, and on the page of the circle."),
    )

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"id": new_id(), **(initial or {})})
        # Printed under the field.
        self.fields["name"].readers = _("Everybody in the circle and whoever you invite can read this.")  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """Refuse a name of spaces alone."""
        name: str = self.cleaned_data["name"].strip()
        if not name:
            raise ValidationError(_("Give the circle a name, so that everybody recognises it."))
        return name


class AgreementForm(ClausesForm):
    """One version of the agreements of a circle."""

    ends_on = forms.DateField(
        label=_("Last day"),
        widget=DayInput,
        help_text=_("For instance the end of the semester. A year at most; you can renew it together."),
        error_messages={"required": _("Agreements always have a last day. Choose one.")},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        start: Mapping[str, Any],
        clauses: tuple[str, ...],
        today: date,
    ) -> None:
        super().__init__(data, initial={"id": new_id(), **start})
        self.today = today
        self.add_clauses(data, clauses)

    def clean_ends_on(self) -> date:
        """Judge the last day by the rule of the agreements."""
        ends_on: date = self.cleaned_data["ends_on"]
        if fault := fault_of_last_day(ends_on, self.today):
            raise ValidationError(fault)
        return ends_on

    def put_beside(self, newest: Any, terms: CircleTerms) -> None:
        """Show what somebody saved meanwhile against what was typed."""
        typed = CircleTerms(ends_on=self.cleaned_data["ends_on"], clauses=self.texts, names=terms.names)
        self.show_beside(newest, differences(terms, typed))
