"""The form part that proposes the next talk in the same act (T3)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klimtouw.foundation.ids import new_id


class Offered(forms.MultipleChoiceField):
    """Moments one may tick. What was offered a minute ago is as good as what is offered now: the action looks again."""

    def valid_value(self, value: Any) -> bool:
        """Take every moment that is written as one."""
        return _as_moment(value) is not None

    def clean(self, value: Any) -> Any:
        """Make moments of what was ticked, the first one first."""
        return sorted({moment for each in super().clean(value) if (moment := _as_moment(each))})


def _as_moment(text: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def in_words(moments: Sequence[datetime]) -> list[tuple[str, str]]:
    """Return moments as a form offers them."""
    return [(moment.isoformat(), date_format(localtime(moment), gettext("l j F, H:i"))) for moment in moments]


class AgainForm(forms.Form):
    """When do we talk again? Nothing has to be ticked; the other one chooses among what is (T1)."""

    prefix = "again"
    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    moments = Offered(
        label=_("When do we talk again?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, offers: Sequence[datetime], hint: str = "") -> None:
        super().__init__(data, initial={"id": new_id()})
        self.fields["moments"].choices = in_words(offers)  # type: ignore[attr-defined]  # a field with choices
        self.fields["moments"].help_text = hint

    @property
    def ticked(self) -> list[datetime]:
        """Return the moments that were ticked; none when what was sent makes no sense."""
        return self.cleaned_data.get("moments", []) if self.is_bound and self.is_valid() else []
