"""Fields for words on one line, and for an hour."""

from typing import Any

from django import forms

from klimtouw.belongings.forms import Words


class TimeInput(forms.TimeInput):
    """Ask for an hour; the value is always written as the browser needs it."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class OneLine(Words):
    """Words on one line: an end of line becomes a space."""

    def __init__(self, *, rows: int = 1, **options: Any) -> None:
        super().__init__(rows=rows, **options)

    def to_python(self, value: Any) -> Any:
        """Put everything on one line."""
        return " ".join(super().to_python(value).split())
