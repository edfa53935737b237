"""The letter that invites somebody."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import Words
from klimtouw.foundation.ids import new_id
from klimtouw.relations.choices import Side

LONGEST_LETTER = 1_500
MESSAGE_HINTS = {
    Side.COACH: _(
        "Light and short works best. For example: where you know each other from, and that no is fine too."
    ),
    Side.COACHEE: _(
        "Light and short works best. For example: why you thought of this person, and that no is fine too."
    ),
}


class LetterForm(forms.Form):
    """To whom, and a few own words; `id` makes sending twice harmless."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "inputmode": "email"}),
        help_text=_("Preferably the address this person uses at school."),
        error_messages={
            "required": _("Fill in an e-mail address."),
            "invalid": _("Check the address. It looks like name@school.example."),
        },
    )
    message = Words(rows=5, max_length=LONGEST_LETTER, label=_("Your message, in your own words"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"id": new_id()})
        for field in self.fields.values():
            if isinstance(field, Words):
                # Printed under the field.
                field.readers = _("You and the person you invite can read this.")  # type: ignore[attr-defined]


class InvitationForm(LetterForm):
    """The letter of a coach or a coachee."""

    how_known = Words(rows=1, max_length=300, label=_("How do you know each other?"))

    def __init__(self, data: Any = None, *, side: Side) -> None:
        super().__init__(data)
        self.fields["message"].help_text = MESSAGE_HINTS[side]
