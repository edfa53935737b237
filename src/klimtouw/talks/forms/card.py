"""The form for a line on the preparation card."""

from django import forms
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import ThingForm, Words
from klimtouw.talks.choices import LineKind

LINE_LENGTH = 500


class LineForm(ThingForm):
    """One line for the preparation card (T2)."""

    line_kind = forms.ChoiceField(
        label=_("What is it about?"), choices=LineKind.choices, widget=forms.RadioSelect
    )
    text = Words(
        label=_("In my own words"),
        rows=3,
        max_length=LINE_LENGTH,
        required=True,
        help_text=_("One line is enough."),
        error_messages={"required": _("Write a word or two, or go back.")},
    )
