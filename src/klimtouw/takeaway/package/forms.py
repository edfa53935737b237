"""The form that takes a package in, and the one that says yes."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klimtouw.people.models import Person
from klimtouw.takeaway.package.names import MOST_BYTES
from klimtouw.takeaway.package.opening import NotAPackage, content_in
from klimtouw.takeaway.package.planning import plan_of


class PackageForm(forms.Form):
    """One ZIP file."""

    file = forms.FileField(
        label=_("Your package"),
        help_text=_("The ZIP file you downloaded from a Klimtouw."),
        error_messages={"required": _("Choose a file first."), "empty": _("This file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )

    def __init__(self, *args: Any, person: Person, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person, self.at = person, at

    def clean_file(self) -> Any:
        """Open the package, and see whether it is this person's; a sentence at the field says what is wrong."""
        file = self.cleaned_data["file"]
        try:
            content = content_in(file.read(MOST_BYTES + 1))
            plan_of(content, self.person, self.at)
        except NotAPackage as fault:
            raise forms.ValidationError(str(fault)) from fault
        self.cleaned_data["content"] = content
        return file


class ArrivalForm(forms.Form):
    """A yes, and whether name and reading settings come along."""

    with_settings = forms.BooleanField(label=_("Also my name, language and reading settings"), required=False)
