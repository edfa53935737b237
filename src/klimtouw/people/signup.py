"""What we ask when somebody makes an account: as little as possible."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from klimtouw.foundation.text import on_one_line
from klimtouw.people.choices import Language, Pronouns
from klimtouw.people.models import Person


class WelcomeForm(forms.Form):
    """How somebody wants to be called and spoken about."""

    display_name = forms.CharField(
        label=_("What may we call you?"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    pronouns = forms.ChoiceField(
        label=_("Which pronouns fit you?"), choices=Pronouns.choices, required=False, initial=Pronouns.NONE
    )
    field_order = ("display_name", "pronouns", "email", "password1")

    def clean_display_name(self) -> str:
        """Return the name on one line: it goes into the subject of letters."""
        return on_one_line(self.cleaned_data["display_name"])

    def signup(self, request: HttpRequest, person: Person) -> None:
        """Give the new person their name, pronouns and the language they read this page in."""
        language = (get_language() or Language.DUTCH)[:2]
        person.display_name = self.cleaned_data["display_name"]
        person.pronouns = self.cleaned_data["pronouns"]
        person.language = language if language in Language.values else Language.DUTCH
        person.save(update_fields=["display_name", "pronouns", "language"])
