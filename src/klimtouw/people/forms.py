"""Forms about a person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from klimtouw.foundation.text import on_one_line
from klimtouw.people.models import Person


class SettingsForm(forms.ModelForm[Person]):
    """How somebody is called, in which language they read and how the pages look."""

    display_name = forms.CharField(label=_("What may we call you?"), max_length=80)
    has_mirror = forms.BooleanField(
        label=_("Show me a language mirror while I write"),
        required=False,
        help_text=_(
            "It shows another wording for phrases such as “I can’t”. You take it over or leave it. It happens on your own "
            "device only: nothing is stored, nothing is sent, and nobody else sees it."
        ),
    )

    class Meta:
        model = Person
        fields = (
            "display_name",
            "pronouns",
            "language",
            "reading_size",
            "reading_spacing",
            "theme",
            "has_mirror",
        )
        widgets = dict.fromkeys(
            ("pronouns", "language", "reading_size", "reading_spacing", "theme"), forms.RadioSelect
        )

    def clean_display_name(self) -> str:
        """Return the name on one line: it goes into the subject of letters."""
        return on_one_line(self.cleaned_data["display_name"])
