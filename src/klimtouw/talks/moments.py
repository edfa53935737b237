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


def check_moment(moment: datetime, at: datetime) -> None:
    """Raise when a moment has gone by or lies more than a year ahead."""
    if moment <= at:
        raise MomentGoneBy
    if moment > at + FURTHEST:
        raise MomentTooFar


def check_moments(moments: Sequence[datetime], at: datetime) -> None:
    """Raise unless these are one to three different moments of the coming year."""
    if not moments:
        raise NoMoment
    if len(moments) > MOST_MOMENTS:
        raise TooManyMoments
    if len(set(moments)) < len(moments):
        raise SameMomentTwice
    for moment in moments:
        check_moment(moment, at)
