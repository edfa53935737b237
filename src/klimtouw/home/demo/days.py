"""The days around the one on which the demo is filled, so that it always looks alive."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
ENDS_OF_SEMESTERS = ((1, 31), (6, 30))
LEAST_AHEAD = timedelta(days=45)
"""A contract in the demo has at least this long to go."""


@dataclass(frozen=True)
class Days:
    """The calendar of the demo: counted back and ahead from one day, on the clock of one place."""

    today: date
    zone: ZoneInfo

    def weeks_ago(self, weeks: int, weekday: int, hour: str) -> datetime:
        """Return a moment on a day of an earlier week; `-1` is next week."""
        monday = self.today - timedelta(days=self.today.weekday(), weeks=weeks)
        return self._at(monday + timedelta(days=weekday), hour)

    def workdays_ago(self, number: int, hour: str) -> datetime:
        """Return a moment on one of the last days from Monday to Friday; `1` is the last one before today."""
        day = self.today
        while number:
            day -= timedelta(days=1)
            number -= day.weekday() < SATURDAY
        return self._at(day, hour)

    @property
    def end_of_semester(self) -> date:
        """The last day of the semester, or of the next one when this one is nearly over."""
        years = (self.today.year, self.today.year + 1)
        ends = [date(year, month, day) for year in years for month, day in ENDS_OF_SEMESTERS]
        return next(end for end in ends if end >= self.today + LEAST_AHEAD)

    def _at(self, day: date, hour: str) -> datetime:
        return datetime.combine(day, time.fromisoformat(hour), tzinfo=self.zone)
