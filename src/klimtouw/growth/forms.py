"""What a page asks in its address."""

from typing import Any

from django import forms

from klimtouw.growth.choices import Phase


class CardWish(forms.Form):
    """For which role, at which moment, and which card in the row; whatever is odd asks for nothing in particular."""

    role = forms.SlugField(required=False)
    phase = forms.ChoiceField(required=False, choices=[("", ""), *Phase.choices])
    number = forms.IntegerField(required=False, min_value=0, max_value=999)

    @property
    def asked(self) -> dict[str, Any]:
        """Return what could be understood."""
        self.full_clean()
        found = self.cleaned_data
        return {
            "role": found.get("role") or "",
            "phase": found.get("phase") or "",
            "number": found.get("number") or 0,
        }
