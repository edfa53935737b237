"""The form on which somebody says whether a proposed circle feels right."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class FeelsRightForm(forms.Form):
    """Yes, or rather not; there is no place for a reason (V8)."""

    answer = forms.ChoiceField(
        label=_("Does this feel right?"),
        choices=(("yes", _("Yes")), ("no", _("Rather not"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )

    has_double_hat = forms.BooleanField(
        required=False,
        label=_("I also assess somebody in this circle"),
        help_text=_("Everybody sees this before they sign, and on the page of the circle."),
    )

    def __init__(self, data: Any, *, would_guide: bool, **options: Any) -> None:
        super().__init__(data, **options)
        if not would_guide:
            del self.fields["has_double_hat"]

    @property
    def has_two_hats(self) -> bool:
        """Return whether somebody who would guide it also assesses there; of anybody else it is not asked (R8)."""
        return bool(self.cleaned_data.get("has_double_hat"))

    @property
    def feels_right(self) -> bool:
        """Return what was chosen."""
        return bool(self.cleaned_data["answer"] == "yes")
