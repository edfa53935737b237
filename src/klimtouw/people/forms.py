"""Forms about a person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from klimtouw.foundation.text import on_one_line
from klimtouw.people.models import Person


class SettingsForm(forms.ModelForm[Person]):
    """How somebody is called, in which language they read and how the pages look."""

    display_name = forms.CharField(label=_("What may we call you?"), max_length=80)

    class Meta:
        model = Person
        fields = ("display_name", "pronouns", "language", "reading_size", "reading_spacing", "theme")
        widgets = dict.fromkeys(
            ("pronouns", "language", "reading_size", "reading_spacing", "theme"), forms.RadioSelect
        )

    def clean_display_name(self) -> str:
        """Return the name on one line: it goes into the subject of letters."""
        return on_one_line(self.cleaned_data["display_name"])
