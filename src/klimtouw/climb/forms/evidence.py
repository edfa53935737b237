"""The forms with which evidence is hung on something (C8)."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import Words
from klimtouw.climb.evidence_files import MOST_BYTES, NotTaken, Taken, taken_in, too_large
from klimtouw.climb.forms.writing import WritingForm

LONGEST_LINK = 2000
NO_LINK = _("This is not a web address we know. It begins with https:// or http://.")
IS_WEB_ADDRESS = URLValidator(schemes=["https", "http"])


class EvidenceForm(WritingForm):
    """A photo or file, or a link; and a few words about it if one likes."""

    file = forms.FileField(
        label=_("A photo or a file"),
        required=False,
        help_text=_("At most 10 MB. The place and the camera are taken out of a photo."),
        error_messages={"empty": _("This file is empty. Choose another one.")},
        widget=forms.FileInput,
    )
    url = Words(label=_("Or a link"), rows=1, max_length=LONGEST_LINK)
    caption = Words(label=_("What does it show?"), rows=2)

    def __init__(self, data: Any = None, files: Any = None, *, readers: str = "", **options: Any) -> None:
        super().__init__(data, files=files, readers=readers, **options)
        self.taken: Taken | None = None
        self.fields["file"].readers = readers  # type: ignore[attr-defined]  # printed under the field

    def clean_file(self) -> Any:
        """Take the photo or file in; a sentence at the field says what is wrong with it."""
        file = self.cleaned_data["file"]
        if file is None:
            return None
        if file.size > MOST_BYTES:
            raise ValidationError(str(too_large()))
        try:
            self.taken = taken_in(file.name, file.read())
        except NotTaken as fault:
            raise ValidationError(str(fault)) from fault
        return None  # what is kept stands in `taken`

    def clean_url(self) -> str:
        """Take a web address alone, that names a place and nobody's password."""
        url = str(self.cleaned_data["url"])
        if not url:
            return ""
        try:
            IS_WEB_ADDRESS(url)
            parts = urlsplit(url)
            if not parts.hostname or parts.username or parts.password:
                raise ValidationError(str(NO_LINK))
        except (ValidationError, ValueError) as fault:
            raise ValidationError(str(NO_LINK)) from fault
        return url

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and bool(self.taken) == bool(cleaned.get("url")):
            both = _("Choose one: a photo or file, or a link. Add the other one after this.")
            self.add_error(
                "file", both if self.taken else _("Choose a photo or a file, or put a link below.")
            )
        return cleaned

    @property
    def chosen(self) -> dict[str, Any]:
        """Return what was filled in."""
        return {
            "caption": self.cleaned_data["caption"],
            "url": self.cleaned_data["url"],
            "file": self.taken,
        }

    @property
    def new(self) -> dict[str, Any]:
        """Return it with the id the form came with, so that sending twice is harmless."""
        return {**self.chosen, "id": self.cleaned_data["id"]}


class CaptionForm(WritingForm):
    """What a piece of evidence shows, in other words."""

    caption = Words(label=_("What does it show?"), rows=3)
