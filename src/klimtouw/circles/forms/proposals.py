"""The form on which somebody says whether a proposed circle feels right."""

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

    @property
    def feels_right(self) -> bool:
        """Return what was chosen."""
        return bool(self.cleaned_data["answer"] == "yes")
