"""The form with which somebody finds something back in their own trail."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.dateformat import format as written
from django.utils.translation import gettext_lazy as _

from klimtouw.climb.choices import EntryForm
from klimtouw.climb.models import Goal
from klimtouw.climb.queries.search import Wanted
from klimtouw.foundation.text import on_one_line

LONGEST = 200
MONTH = "%Y-%m"


class FindForm(forms.Form):
    """Own words, and what to leave out. Whatever is odd in an address counts as not asked, so nothing here is ever refused."""

    sought = forms.CharField(
        label=_("In your own words"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": LONGEST}),
    )
    goal = forms.ChoiceField(label=_("Goal"), required=False)
    form = forms.ChoiceField(label=_("Form"), required=False)
    month = forms.ChoiceField(label=_("Month"), required=False)
    evidence = forms.BooleanField(label=_("Only with a photo, file or link"), required=False)

    def __init__(self, data: Mapping[str, Any], *, goals: Sequence[Goal], months: Sequence[date]) -> None:
        offered: dict[str, list[tuple[Any, Any]]] = {
            "goal": [("", _("every goal")), *((str(goal.pk), goal.title) for goal in goals)],
            "form": [("", _("every form")), *EntryForm.choices],
            "month": [
                ("", _("every month")),
                *((day.strftime(MONTH), written(day, "F Y")) for day in months),
            ],
        }
        typed = {name: data.get(name, "") for name in self.base_fields}
        typed["sought"] = on_one_line(typed["sought"])[:LONGEST]
        typed |= {name: _if_offered(typed[name], choices) for name, choices in offered.items()}
        super().__init__(typed, auto_id="find_%s")  # beside the form to write in
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # each is a ChoiceField
        self.is_valid()

    @property
    def wanted(self) -> Wanted:
        """Return what was asked for."""
        given = self.cleaned_data
        year, month = given["month"].split("-") if given["month"] else ("", "")
        return Wanted(
            sought=given["sought"],
            goal=UUID(given["goal"]) if given["goal"] else None,
            form=given["form"],
            month=date(int(year), int(month), 1) if year else None,
            with_evidence=given["evidence"],
        )

    @property
    def keys(self) -> dict[str, str]:
        """Return what may stand in an address: keys, and never a word that was typed."""
        given = self.cleaned_data
        keys = {name: given[name] for name in ("goal", "form", "month") if given[name]}
        return keys | ({"evidence": "yes"} if given["evidence"] else {})


class SelectionForm(forms.Form):
    """Which entries were ticked, and whether they come as a page or as a file; anything odd counts as not sent."""

    ticked = forms.TypedMultipleChoiceField(required=False, coerce=UUID)
    to = forms.CharField(required=False)

    def __init__(self, data: QueryDict) -> None:
        ticked = [key for key in data.getlist("ticked") if _is_key(key)]
        super().__init__({"ticked": ticked, "to": data.get("to", "")})
        self.fields["ticked"].choices = [(key, "") for key in ticked]  # type: ignore[attr-defined]  # as above
        self.is_valid()

    @property
    def keys(self) -> list[UUID]:
        """Return the entries that were ticked."""
        keys: list[UUID] = self.cleaned_data["ticked"]
        return keys

    @property
    def is_for_a_file(self) -> bool:
        """Whether a file is asked for."""
        return self.cleaned_data.get("to") == "file"


def _if_offered(value: str, choices: Sequence[tuple[Any, Any]]) -> str:
    return value if any(value == key for key, _label in choices) else ""


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
