"""The form for how somebody has their talks in their own calendar and mail."""

from django import forms
from django.utils.translation import gettext_lazy as _


class HabitsForm(forms.Form):
    """Two choices, both off until somebody turns them on."""

    shows_names = forms.BooleanField(
        label=_("Put the first name of the other in my calendar"),
        help_text=_("Otherwise it only says “Talk”."),
        required=False,
    )
    has_card_by_mail = forms.BooleanField(
        label=_("Mail me the card ten minutes before a talk"),
        help_text=_(
            "As a coachee you find in it what you may read at that moment. As a coach you find your own lines; you open the rest together."
        ),
        required=False,
    )
