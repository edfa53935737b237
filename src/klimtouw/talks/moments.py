"""The hour a person means: a day and a time on their own clock, made into one moment."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST_MOMENTS = 3
FURTHEST = timedelta(days=366)


class WrongMoment(Exception):
    """A moment cannot be proposed; `words` says why and what can be done."""

    words: Promise | str = ""


class HourDoesNotExist(WrongMoment):
    """The clock skips this hour in the night summer time starts."""

    words = _("That night the clock goes forward, and this hour does not exist. Choose another hour.")


class HourComesTwice(WrongMoment):
    """The clock shows this hour twice in the night summer time ends."""

    words = _("That night the clock goes back, and this hour comes twice. Choose another hour.")


class MomentGoneBy(WrongMoment):
    """The moment lies in the past."""

    words = _("This moment has gone by. Choose a later one.")


class MomentTooFar(WrongMoment):
    """The moment lies more than a year ahead."""

    words = _("This is more than a year away. Choose a moment within twelve months.")


class SameMomentTwice(WrongMoment):
    """The same moment was filled in twice."""

    words = _("You already filled in this moment. Choose another one, or leave this empty.")


class MomentAfterTheEnd(WrongMoment):
    """The moment lies after the last day of what the two agreed."""

    words = _("Your agreements end before this day. Choose an earlier day, or renew them first.")


class NoMoment(WrongMoment):
    """No moment was filled in."""

    words = _("Propose at least one moment.")


class TooManyMoments(WrongMoment):
    """More than three moments were sent."""

    words = _("Propose three moments at most.")


def moment_on_clock(day: date, hour: time, zone: ZoneInfo) -> datetime:
    """Return the moment a clock in this zone shows this day and hour; raise when it never does, or does twice."""
    if day == date.min:  # the first day there is has no moment in other zones
        raise MomentGoneBy
    first, second = (datetime.combine(day, hour, tzinfo=zone).replace(fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        exists = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == first.replace(tzinfo=None)
        raise HourComesTwice if exists else HourDoesNotExist
    return first.astimezone(UTC)


def check_moment(moment: datetime, at: datetime, until: datetime | None = None) -> None:
    """Raise when a moment has gone by, lies more than a year ahead, or after the end of what was agreed."""
    if moment <= at:
        raise MomentGoneBy
    if moment > at + FURTHEST:
        raise MomentTooFar
    if until is not None and moment >= until:
        raise MomentAfterTheEnd


def check_moments(moments: Sequence[datetime], at: datetime, until: datetime | None = None) -> None:
    """Raise unless these are one to three different moments of the coming year, before the end of what was agreed."""
    if not moments:
        raise NoMoment
    if len(moments) > MOST_MOMENTS:
        raise TooManyMoments
    if len(set(moments)) < len(moments):
        raise SameMomentTwice
    for moment in moments:
        check_moment(moment, at, until)


def same_hour_later(moment: datetime, days: int, zone: ZoneInfo) -> datetime | None:
    """Return the moment the clock shows the same hour some days later; none in a night where that hour is odd."""
    local = moment.astimezone(zone)
    try:
        return moment_on_clock(local.date() + timedelta(days=days), local.time(), zone)
    except WrongMoment:
        return None
