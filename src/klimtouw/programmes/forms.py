"""The form of the rules of an institution."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klimtouw.programmes.actions import Rules
from klimtouw.programmes.choices import FEWEST_MONTHS, MOST_MONTHS, OLDEST_CONSENT, YOUNGEST_CONSENT
from klimtouw.programmes.models import Institution

MONTHS_FAULT = _("Type a whole number of months, from 1 to 60.")
AGE_FAULT = _("Type an age from 13 to 18.")


class RulesForm(forms.Form):
    """For how long ended relations stay, and from which age somebody agrees alone."""

    kept_months = forms.IntegerField(
        label=_("How many months do ended coaching relations stay?"),
        help_text=_("From 1 to 60. Both get a letter a month before theirs goes."),
        min_value=FEWEST_MONTHS,
        max_value=MOST_MONTHS,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), MONTHS_FAULT),
    )
    consent_age = forms.IntegerField(
        label=_("From which age does somebody agree alone?"),
        help_text=_("From 13 to 18. In Belgium the law says 13, in the Netherlands 16."),
        min_value=YOUNGEST_CONSENT,
        max_value=OLDEST_CONSENT,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), AGE_FAULT),
    )

    def __init__(self, *args: Any, institution: Institution, **options: Any) -> None:
        now = {"kept_months": institution.relations_kept_months, "consent_age": institution.consent_age}
        super().__init__(*args, **{"initial": now, **options})

    @property
    def rules(self) -> Rules:
        """Return what was filled in."""
        return Rules(**self.cleaned_data)
