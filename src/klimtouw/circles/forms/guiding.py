"""The form with which a member offers to guide."""

from django import forms
from django.utils.translation import gettext_lazy as _


class GuideForm(forms.Form):
    """Which hats this person would wear."""

    has_double_hat = forms.BooleanField(
        label=_("I also assess somebody in this circle"),
        help_text=_("Then everybody reads it before they sign."),
        required=False,
    )
