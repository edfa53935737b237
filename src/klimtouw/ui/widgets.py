"""Form controls that the browser's own date picker understands."""

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """Ask for a day; the value is always written as the browser needs it, whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """Ask for a day and a time on one line."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")
