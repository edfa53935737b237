"""The one place that reads the clock; everything else is told the moment."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return this moment, in UTC."""
    return datetime.now(tz=UTC)


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the first moment of a day in a time zone."""
    return datetime.combine(day, time.min, tzinfo=zone)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the first moment after a day in a time zone; what ends "on" a day still holds all that day."""
    return start_of(day + timedelta(days=1), zone)


def months_after(day: date, months: int) -> date:
    """Return the same day some months later (or, below nought, earlier); the last of the month when that month is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
