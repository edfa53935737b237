"""The form with which a member chooses an animal for themself."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from klimtouw.axenroos.choices import Animal
from klimtouw.axenroos.drawings import picture_of
from klimtouw.axenroos.texts.library import AnimalText, library
from klimtouw.belongings.forms import ThingForm, Words

WORDS_LENGTH = 600


def _choice(text: AnimalText) -> tuple[str, SafeString]:
    label = format_html(
        '<span class="who">{}<span><b>{}</b><br><span class="soft">{}</span></span></span>',
        picture_of(text.animal),
        str(text.name),
        str(text.brief),
    )
    return text.animal.value, label


class PickForm(ThingForm):
    """Which of the ten, and own words if one likes. There is no field for whom: it is for whoever sends it (V15)."""

    animal = forms.ChoiceField(
        label=_("Which animal?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one animal, or go back. You do not have to choose.")},
    )
    text = Words(
        label=_("In my own words"),
        rows=3,
        max_length=WORDS_LENGTH,
        help_text=_("What made me think of this animal?"),
    )

    def __init__(self, data: Any = None, *, readers: Any = "", **options: Any) -> None:
        super().__init__(data, readers=readers, **options)
        self.fields["animal"].choices = [_choice(text) for text in library().animals]  # type: ignore[attr-defined]  # a field with choices
        self.fields["animal"].readers = readers  # type: ignore[attr-defined]  # printed under the field

    def standing(self, now: Any) -> dict[str, str]:
        """Return the own words as they stand."""
        return {"text": str(now.text)}

    @property
    def words(self) -> dict[str, str]:
        """Return what was filled in: the animal is sealed as words are."""
        return {"animal": str(Animal(self.cleaned_data["animal"])), "text": str(self.cleaned_data["text"])}
