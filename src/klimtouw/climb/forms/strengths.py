"""The form of a strength or work point."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import Words
from klimtouw.climb.choices.strengths import FoundIn, StrengthSort
from klimtouw.climb.forms.writing import SOMETHING, WritingForm


class StrengthForm(WritingForm):
    """A strength or work point, and where one knows it from."""

    text = Words(label=_("In my own words"), rows=2, required=True, error_messages=SOMETHING)
    found_in = forms.TypedChoiceField(
        label=_("Where do I know this from?"), choices=FoundIn, coerce=FoundIn, empty_value=FoundIn.NOWHERE,
        required=False,
    )  # fmt: skip


class NewStrengthForm(StrengthForm):
    """The same, with what it is: the page it stands on knows."""

    sort = forms.TypedChoiceField(choices=StrengthSort, coerce=StrengthSort, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, sort: StrengthSort = StrengthSort.STRENGTH, **options: Any
    ) -> None:
        super().__init__(data, initial={"sort": sort}, **options)


class OrderForm(forms.Form):
    """Where something goes in the order of its owner."""

    to = forms.ChoiceField(choices=[("earlier", ""), ("later", "")])


class TurnForm(forms.Form):
    """What it becomes."""

    to = forms.TypedChoiceField(choices=StrengthSort, coerce=StrengthSort)
