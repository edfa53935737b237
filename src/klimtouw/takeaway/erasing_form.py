"""The one deliberate act before everything is erased."""

from django import forms
from django.utils.translation import gettext_lazy as _


class EraseForm(forms.Form):
    """A tick that nobody puts by accident."""

    is_sure = forms.BooleanField(
        label=_("Yes, erase everything of mine, for good"),
        error_messages={"required": _("Tick the box first. Then everything is erased.")},
    )
