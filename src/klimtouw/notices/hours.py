"""When a message may come: on the person's own clock, also in the nights it is changed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from klimtouw.notices.choices import Rhythm

A_DAY = timedelta(days=1)
A_WHILE = timedelta(minutes=15)
"""A message that cannot wait for the usual hour still gathers what comes in the same quarter of an hour."""
TIME_TO_ANSWER = timedelta(hours=12)
"""What has to be read before a moment is told at least so long before it, if that can be."""


@dataclass(frozen=True)
class Hours:
    """The hours of one person: when the messages come, and when it is quiet."""

    zone: ZoneInfo
    rhythm: str
    weekday: int
    hour: int
    quiet_from: int
    quiet_until: int

    def next_after(self, moment: datetime) -> datetime:
        """Return the first usual hour after a moment."""
        day = moment.astimezone(self.zone).date()
        while True:
            usual = self._at(day, self.hour)
            if usual > moment and self._is_usual_day(day):
                return usual
            day += A_DAY

    def _is_usual_day(self, day: date) -> bool:
        return self.rhythm == Rhythm.DAY or day.weekday() == self.weekday

    def _at(self, day: date, hour: int) -> datetime:
        """Return an hour of a day: the first of the two in the night it comes twice, the next one when the clock skips it."""
        return datetime.combine(day, time(hour), tzinfo=self.zone).astimezone(UTC)

    def is_quiet(self, moment: datetime) -> bool:
        """Return whether the clock of this person stands in the quiet hours."""
        return is_quiet_hour(moment.astimezone(self.zone).hour, self.quiet_from, self.quiet_until)

    def when_not_quiet(self, moment: datetime) -> datetime:
        """Return the moment itself, or the end of the quiet hours it falls in."""
        if not self.is_quiet(moment):
            return moment
        day = moment.astimezone(self.zone).date()
        ends = self._at(day, self.quiet_until)
        return ends if ends > moment else self._at(day + A_DAY, self.quiet_until)

    def due(self, at: datetime, before: datetime | None) -> datetime:
        """Return when something told now is due: at the usual hour, or earlier when it has to be read before a moment."""
        usual = self.next_after(at)
        if before is None or usual <= before - TIME_TO_ANSWER:
            return usual
        soon = self.when_not_quiet(at + A_WHILE)
        return min(usual, soon)

    def alone(self, on: datetime, before: datetime | None) -> datetime:
        """Return when a mail of its own comes: at its moment, or after the quiet hours unless it is about a moment within them."""
        return on if before and self.is_quiet(before) else self.when_not_quiet(on)


def is_quiet_hour(hour: int, quiet_from: int, quiet_until: int) -> bool:
    """Return whether an hour lies in the quiet hours, which may go past midnight; the same hour twice means never."""
    if quiet_from <= quiet_until:
        return quiet_from <= hour < quiet_until
    return hour >= quiet_from or hour < quiet_until
