"""The one place that reads the clock; everything else is told the moment."""

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
