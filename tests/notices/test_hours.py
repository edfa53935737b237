"""A message comes at the hour somebody chose, on their own clock, and never in their quiet hours (E3)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klimtouw.notices.choices import Rhythm
from klimtouw.notices.hours import Hours, is_quiet_hour

BRUSSELS = ZoneInfo("Europe/Brussels")


def hours(**chosen: object) -> Hours:
    """Daily at five in the afternoon, quiet from eight to eight, in Brussels; or as chosen."""
    usual = {
        "zone": BRUSSELS,
        "rhythm": Rhythm.DAY,
        "weekday": 4,
        "hour": 17,
        "quiet_from": 20,
        "quiet_until": 8,
    }
    return Hours(**{**usual, **chosen})  # type: ignore[arg-type]


def here(*clock: int, zone: ZoneInfo = BRUSSELS, fold: int = 0) -> datetime:
    """Return a moment by the clock on the wall."""
    return datetime(*clock, tzinfo=zone, fold=fold).astimezone(UTC)  # type: ignore[arg-type, misc]


def test_e3_what_is_told_waits_for_the_usual_hour() -> None:
    assert hours().next_after(here(2026, 11, 18, 9)) == here(2026, 11, 18, 17)
    assert hours().next_after(here(2026, 11, 18, 17)) == here(2026, 11, 19, 17)
    assert hours().next_after(here(2026, 12, 31, 23)) == here(2027, 1, 1, 17)


def test_e3_once_a_week_means_that_day() -> None:
    weekly = hours(rhythm=Rhythm.WEEK)
    assert weekly.next_after(here(2026, 11, 18, 9)) == here(2026, 11, 20, 17)  # a Friday
    assert weekly.next_after(here(2026, 11, 20, 17)) == here(2026, 11, 27, 17)


@pytest.mark.parametrize(
    ("hour", "day", "comes"),
    [
        (2, (2026, 3, 29), (2026, 3, 29, 3)),  # the clock skips this hour: the next one
        (3, (2026, 3, 29), (2026, 3, 29, 3)),
        (2, (2026, 10, 25), (2026, 10, 25, 2)),  # it comes twice: the first
    ],
)
def test_e3_a_night_on_which_the_clock_changes_has_one_message(
    hour: int, day: tuple[int, int, int], comes: tuple[int, int, int, int]
) -> None:
    chosen = hours(hour=hour, quiet_from=9, quiet_until=10)
    first = chosen.next_after(here(*day))
    assert first == here(*comes)
    assert chosen.next_after(first) >= first + timedelta(hours=22)


def test_e3_the_hours_are_those_of_the_persons_own_clock() -> None:
    paramaribo = ZoneInfo("America/Paramaribo")
    far = hours(zone=paramaribo)
    assert far.next_after(here(2026, 11, 18, 9)) == here(2026, 11, 18, 17, zone=paramaribo)
    assert far.is_quiet(here(2026, 11, 18, 9))  # five in the morning there


@pytest.mark.parametrize(
    ("moment", "quiet_ends"),
    [
        ((2026, 11, 18, 21), (2026, 11, 19, 8)),
        ((2026, 11, 19, 7), (2026, 11, 19, 8)),
        ((2026, 10, 24, 22), (2026, 10, 25, 8)),  # the night is an hour longer
        ((2026, 3, 28, 22), (2026, 3, 29, 8)),  # an hour shorter
        ((2026, 11, 18, 12), (2026, 11, 18, 12)),
    ],
)
def test_e3_quiet_hours_end_at_their_hour_also_when_the_clock_changes(
    moment: tuple[int, ...], quiet_ends: tuple[int, ...]
) -> None:
    assert hours().when_not_quiet(here(*moment)) == here(*quiet_ends)


def test_e3_what_must_be_read_before_a_moment_comes_earlier_but_not_at_night() -> None:
    evening, tomorrow_noon = here(2026, 11, 18, 21), here(2026, 11, 19, 12)
    assert hours().due(evening, tomorrow_noon) == here(2026, 11, 19, 8)
    assert hours().due(here(2026, 11, 18, 10), here(2026, 11, 18, 15)) == here(2026, 11, 18, 10, 15)
    assert hours().due(evening, evening + timedelta(days=3)) == here(2026, 11, 19, 17)
    assert hours().due(evening, None) == here(2026, 11, 19, 17)


def test_the_same_hour_twice_means_no_quiet_hours() -> None:
    assert not any(is_quiet_hour(hour, 8, 8) for hour in range(24))
    assert [hour for hour in range(24) if is_quiet_hour(hour, 22, 3)] == [0, 1, 2, 22, 23]


@given(
    moment=st.integers(0, 2 * 365 * 24 * 60).map(
        lambda minutes: here(2026, 1, 1) + timedelta(minutes=minutes)
    ),
    zone=st.sampled_from(
        ["Europe/Brussels", "America/Paramaribo", "Pacific/Apia", "Australia/Lord_Howe", "Asia/Kolkata"]
    ),
    hour=st.integers(0, 23),
    quiet=st.tuples(st.integers(0, 23), st.integers(0, 23)),
    rhythm=st.sampled_from(list(Rhythm)),
)
def test_e3_every_moment_has_a_next_message_and_quiet_hours_always_end(
    moment: datetime, zone: str, hour: int, quiet: tuple[int, int], rhythm: Rhythm
) -> None:
    chosen = hours(zone=ZoneInfo(zone), hour=hour, quiet_from=quiet[0], quiet_until=quiet[1], rhythm=rhythm)
    days = 7 if rhythm == Rhythm.WEEK else 1
    assert moment < chosen.next_after(moment) <= moment + timedelta(days=days + 1)
    awake = chosen.when_not_quiet(moment)
    assert moment <= awake <= moment + timedelta(hours=25)
    assert not chosen.is_quiet(awake)
