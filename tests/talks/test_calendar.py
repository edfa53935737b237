"""The calendar file, read by somebody else's eyes: our own reading of lines, and dateutil for the time zone."""

import re
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from dateutil.tz import tzical
from django.urls import reverse
from django.utils import translation

from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from klimtouw.talks.actions import cancel_talk
from klimtouw.talks.calendar_file import calendar_of
from klimtouw.talks.choices import TalkState
from klimtouw.talks.models import Talk
from tests.talks.conftest import SignIn, make_planned


def lines_in(file: bytes) -> list[str]:
    """Return the unfolded lines, having checked how they are folded (RFC 5545, 3.1)."""
    assert file.endswith(b"\r\n")
    physical = file[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in physical)
    assert b"\r" not in b"".join(physical) and b"\n" not in b"".join(physical)
    return re.sub(rb"\r\n[ \t]", b"", file[:-2]).decode().split("\r\n")


def event_in(file: bytes) -> dict[str, str]:
    """Return the properties of the only event; parameters stay with the name."""
    lines = lines_in(file)
    start, end = lines.index("BEGIN:VEVENT"), lines.index("END:VEVENT")
    return dict(re.split(r":", line, maxsplit=1) for line in lines[start + 1 : end])  # type: ignore[misc]


def moment_in(file: bytes, name: str) -> datetime:
    """Return a moment of the event as dateutil understands it from the file's own time zone alone."""
    zones = tzical(StringIO("\n".join(lines_in(file)) + "\n"))
    assert zones.keys() == ["Europe/Brussels"]
    value = event_in(file)[f"{name};TZID=Europe/Brussels"]
    return datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=zones.get())


def talk_at(relation: Relation, starts_at: datetime) -> Talk:
    """Return a planned talk of half an hour, whenever it is."""
    return Talk(relation=relation, state=TalkState.PLANNED, starts_at=starts_at, minutes=30)


def test_a_planned_talk_asks_for_a_place_in_the_calendar(planned: Talk, noor: Person, at: datetime) -> None:
    with translation.override("nl"):
        file = calendar_of(planned, noor, at)
    lines, event = lines_in(file), event_in(file)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert {"VERSION:2.0", "METHOD:REQUEST", "CALSCALE:GREGORIAN"} <= set(lines)
    assert event["UID"].startswith(f"{planned.pk}@")
    assert event["SEQUENCE"] == "1"
    assert event["SUMMARY"] == "Gesprek met Bram"
    assert event["LOCATION"] == "Bij de vijver"
    assert event["STATUS"] == "CONFIRMED"
    assert event["DTSTAMP"] == f"{at:%Y%m%dT%H%M%SZ}"
    assert planned.starts_at
    assert moment_in(file, "DTSTART") == planned.starts_at
    assert moment_in(file, "DTEND") - moment_in(file, "DTSTART") == timedelta(minutes=30)


def test_the_file_holds_the_readers_address_and_nobody_elses(
    planned: Talk, noor: Person, bram: Person, at: datetime
) -> None:
    file = "\n".join(lines_in(calendar_of(planned, noor, at)))
    assert f"mailto:{noor.email}" in file
    assert bram.email not in file


@pytest.mark.parametrize(
    "starts_at",
    [
        datetime(2027, 3, 28, 0, 45, tzinfo=UTC),
        datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
        datetime(2027, 3, 28, 12, 0, tzinfo=UTC),
        datetime(2027, 7, 1, 12, 0, tzinfo=UTC),
        datetime(2027, 10, 31, 12, 0, tzinfo=UTC),
        datetime(2027, 12, 31, 22, 45, tzinfo=UTC),
        datetime(2028, 3, 26, 1, 30, tzinfo=UTC),
    ],
)
def test_the_hour_is_right_around_every_jump_of_the_clock(
    running_relation: Relation, noor: Person, starts_at: datetime
) -> None:
    file = calendar_of(talk_at(running_relation, starts_at), noor, starts_at)
    assert moment_in(file, "DTSTART").astimezone(UTC) == starts_at
    assert moment_in(file, "DTEND").astimezone(UTC) == starts_at + timedelta(minutes=30)


def test_the_time_zone_says_itself_when_the_clock_jumps(running_relation: Relation, noor: Person) -> None:
    """The start of summer time is 02:00 on the old clock, its end 03:00: where a library once was an hour late."""
    talk = talk_at(running_relation, datetime(2027, 5, 5, 12, tzinfo=UTC))
    text = "\n".join(lines_in(calendar_of(talk, noor, datetime(2027, 5, 1, tzinfo=UTC))))
    assert "DTSTART:20270328T020000" in text
    assert "DTSTART:20271031T030000" in text


def test_a_cancelled_talk_leaves_the_calendar_under_the_same_name(
    planned: Talk, noor: Person, at: datetime
) -> None:
    before = event_in(calendar_of(planned, noor, at))
    cancel_talk(talk=planned, by=noor, at=at, seen=planned.revision)
    planned.refresh_from_db()
    file = calendar_of(planned, noor, at)
    after = event_in(file)
    assert "METHOD:CANCEL" in lines_in(file)
    assert after["STATUS"] == "CANCELLED"
    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])


def test_a_very_long_place_and_odd_signs_stay_within_the_lines(
    running_relation: Relation, noor: Person, at: datetime
) -> None:
    place = "Tuin; vijver, «hoek» 🌳 بستان\\achter " * 3
    talk = make_planned(running_relation, at.replace(microsecond=0) + timedelta(days=2), place=place.strip())
    location = event_in(calendar_of(talk, noor, at))["LOCATION"]
    assert re.sub(r"\\([;,\\])", r"\1", location) == place.strip()


def test_both_take_the_file_from_the_page(planned: Talk, noor: Person, bram: Person, sign_in: SignIn) -> None:
    for person, summary in ((noor, "Gesprek met Bram"), (bram, "Gesprek met Noor")):
        answer = sign_in(person).get(reverse("talks:calendar", args=[planned.pk]))
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer["Content-Disposition"] == 'attachment; filename="gesprek.ics"'
        assert event_in(answer.content)["SUMMARY"] == summary


def test_the_file_speaks_the_readers_language(planned: Talk, noor: Person, sign_in: SignIn) -> None:
    noor.language = "en"
    noor.save(update_fields=["language"])
    answer = sign_in(noor).get(reverse("talks:calendar", args=[planned.pk]))
    assert event_in(answer.content)["SUMMARY"] == "Talk with Bram"


def test_a_proposal_has_no_file_yet(proposed: Talk, noor: Person, sign_in: SignIn) -> None:
    answer = sign_in(noor).get(reverse("talks:calendar", args=[proposed.pk]))
    assert answer.url == proposed.get_absolute_url()
