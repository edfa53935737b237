"""Forms of the administrator: a file that comes in, and a yes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klimtouw.programmes.frameworks.choices import IN_WORDS, Fault, FileKind
from klimtouw.programmes.frameworks.opening import MEGABYTE, MOST_MEGABYTES, kind_of
from klimtouw.programmes.frameworks.shapes import CannotBeRead
from klimtouw.programmes.models import Framework


class ArrivalForm(forms.Form):
    """A file with framework goals, and for a CSV into which framework it comes."""

    file = forms.FileField(
        label=gettext_lazy("The file"),
        help_text=gettext_lazy("CSV, CASE (JSON), or one of these in a ZIP; at most 40 MB."),
        error_messages={
            "required": gettext_lazy("Choose a file first."),
            "empty": gettext_lazy("This file is empty."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.json,.zip,text/csv,application/json,application/zip"}),
    )
    into = forms.ChoiceField(label=gettext_lazy("Into which framework?"), required=False)
    title = forms.CharField(
        label=gettext_lazy("What is the new framework called?"),
        help_text=gettext_lazy("For a CSV. A CASE file brings its own name."),
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, frameworks: Sequence[Framework], **options: Any) -> None:
        super().__init__(*args, **options)
        self.frameworks = {str(one.pk): one for one in frameworks}
        into: Any = self.fields["into"]
        into.choices = [("", _("a new one")), *((key, one.title) for key, one in self.frameworks.items())]

    def clean_file(self) -> Any:
        """Look how large the file is and what it is; what stands in it is read by a job."""
        file = self.cleaned_data["file"]
        content = file.read(MOST_MEGABYTES * MEGABYTE + 1)
        try:
            if len(content) > MOST_MEGABYTES * MEGABYTE:
                raise forms.ValidationError(IN_WORDS[Fault.TOO_LARGE] % {"what": MOST_MEGABYTES})
            self.cleaned_data["content"], self.cleaned_data["kind"] = content, kind_of(content)
        except CannotBeRead as stop:
            said = IN_WORDS[stop.problem.fault] % vars(stop.problem)
            raise forms.ValidationError(said) from stop
        return file

    def clean(self) -> dict[str, Any]:
        """Ask for a name where the file brings none."""
        cleaned = super().clean() or self.cleaned_data
        needs_a_name = cleaned.get("kind") == FileKind.CSV and not cleaned.get("into")
        if needs_a_name and not cleaned.get("title", "").strip():
            self.add_error("title", _("Give the framework a name, so that people recognise it."))
        return cleaned

    @property
    def chosen(self) -> dict[str, Any]:
        """Return what was filled in, by the names of the action."""
        fields = self.cleaned_data
        return {
            "file": fields["content"],
            "file_name": fields["file"].name,
            "file_kind": fields["kind"],
            "title": "" if fields["into"] else fields["title"],
            "framework": self.frameworks.get(fields["into"]),
        }


class SwitchForm(forms.Form):
    """Whether a version is offered."""

    to = forms.ChoiceField(choices=[("on", "on"), ("off", "off")])


class LookForm(forms.Form):
    """Where in a tree somebody looks; anything odd in an address is the beginning."""

    under = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)
    page = forms.IntegerField(required=False, min_value=1, max_value=100_000)
    words = forms.CharField(required=False, max_length=100)

    @property
    def place(self) -> tuple[int | None, int, str]:
        """Return under which goal, which page, and the words to look for."""
        self.is_valid()
        fields = self.cleaned_data
        return fields.get("under"), fields.get("page") or 1, fields.get("words") or ""
