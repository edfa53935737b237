"""Forms to plan a talk: moments, how long, where."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from klimtouw.foundation.ids import new_id
from klimtouw.talks.forms.again import Offered, in_words
from klimtouw.talks.forms.fields import OneLine, TimeInput
from klimtouw.talks.models import Talk
from klimtouw.talks.moments import (
    MOST_MOMENTS,
    NoMoment,
    SameMomentTwice,
    TooManyMoments,
    WrongMoment,
    check_moment,
    moment_on_clock,
)
from klimtouw.ui.widgets import DayInput

LENGTHS = (15, 20, 30, 45, 60, 90, 120)
USUAL_MINUTES = 30
FIRST_TALK_MINUTES = 60
PLACE_LENGTH = 120


class MomentsForm(forms.Form):
    """Up to three moments, how long, and where (T1)."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    offered = Offered(label=_("Which moments suit you?"), required=False, widget=forms.CheckboxSelectMultiple)
    minutes = forms.TypedChoiceField(
        label=_("How long?"),
        coerce=int,
        choices=[(length, format_lazy(_("{minutes} minutes"), minutes=length)) for length in LENGTHS],
    )
    place = OneLine(
        label=_("Where?"),
        max_length=PLACE_LENGTH,
        help_text=_("Preferably outside the classroom: walking works too."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        at: datetime,
        until: datetime | None = None,
        readers: str = "",
        offers: Sequence[datetime] = (),
        **options: Any,
    ) -> None:
        options["initial"] = {"id": new_id(), "minutes": USUAL_MINUTES, **options.get("initial", {})}
        super().__init__(data, **options)
        self.at, self.until = at, until
        self.moments: list[datetime] = []
        self.fields["offered"].choices = in_words(offers)  # type: ignore[attr-defined]  # a field with choices
        self.has_offers = bool(offers)
        if not self.has_offers:
            del self.fields["offered"]
        self.fields["place"].readers = readers  # type: ignore[attr-defined]  # printed under the field
        for number in range(1, MOST_MOMENTS + 1):
            self._ask_for_moment(number)

    def _ask_for_moment(self, number: int) -> None:
        is_first = number == 1 and not self.has_offers
        self.fields[f"day_{number}"] = forms.DateField(
            label=_("Day"),
            required=is_first,
            widget=DayInput(),
            error_messages={"required": _("Choose a day.")},
        )
        self.fields[f"time_{number}"] = forms.TimeField(
            label=_("Hour"),
            required=is_first,
            widget=TimeInput(),
            error_messages={"required": _("Choose an hour.")},
        )

    @property
    def rows(self) -> list[tuple[int, BoundField, BoundField]]:
        """The fields of the moments, two by two."""
        return [
            (number, self[f"day_{number}"], self[f"time_{number}"]) for number in range(1, MOST_MOMENTS + 1)
        ]

    @property
    def has_more_than_one(self) -> bool:
        """Whether the second or third moment was filled in, or has something to repair."""
        return any(
            day.value() or hour.value() or day.errors or hour.errors
            for number, day, hour in self.rows
            if number > 1
        )

    def clean(self) -> dict[str, Any]:
        """Make moments of days and hours; say at the field what cannot be."""
        cleaned = super().clean() or {}
        self._take_offered(cleaned.get("offered", []))
        for number in range(1, MOST_MOMENTS + 1):
            self._take_moment(number, cleaned)
        if not self.moments and not self.errors:
            self.add_error("offered", str(NoMoment.words))
        if len(self.moments) > MOST_MOMENTS:
            self.add_error("offered", str(TooManyMoments.words))
        return cleaned

    def _take_offered(self, offered: list[datetime]) -> None:
        for moment in offered:
            try:
                self.moments.append(self._new_moment(moment))
            except WrongMoment as wrong:
                self.add_error("offered", str(wrong.words))

    def _take_moment(self, number: int, cleaned: dict[str, Any]) -> None:
        day, hour = cleaned.get(f"day_{number}"), cleaned.get(f"time_{number}")
        if day is None or hour is None:
            self._ask_for_the_other_half(number, day, hour)
            return
        try:
            self.moments.append(self._new_moment(moment_on_clock(day, hour, ZoneInfo(settings.TIME_ZONE))))
        except WrongMoment as wrong:
            self.add_error(f"time_{number}", str(wrong.words))

    def _ask_for_the_other_half(self, number: int, day: date | None, hour: time | None) -> None:
        if day is None and hour and f"day_{number}" not in self.errors:
            self.add_error(f"day_{number}", _("Choose a day to go with this hour."))
        if hour is None and day and f"time_{number}" not in self.errors:
            self.add_error(f"time_{number}", _("Choose an hour to go with this day."))

    def _new_moment(self, moment: datetime) -> datetime:
        check_moment(moment, self.at, self.until)
        if moment in self.moments:
            raise SameMomentTwice
        return moment

    def show_as_it_stands(self, talk: Talk) -> None:
        """The talk changed meanwhile: keep what was typed, and make sending again a choice."""
        self.data = {**self.data.dict(), "seen": str(talk.revision)}  # type: ignore[attr-defined]  # what a browser sent
        self.add_error(
            None,
            _(
                "Something about this talk changed in the meantime. See above how it stands now. Send again if these moments still fit."
            ),
        )


def moments_of(talk: Talk) -> dict[str, Any]:
    """Return what a form for other moments starts with: how long, where, and the revision its writer sees."""
    return {"minutes": talk.minutes, "place": talk.place, "seen": talk.revision}


class ChoiceOfMoment(forms.Form):
    """The one tap that chooses a moment."""

    moment = forms.IntegerField(min_value=1)


class SeenForm(forms.Form):
    """A pure button, with the revision its page showed."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
