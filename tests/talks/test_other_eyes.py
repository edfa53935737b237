"""Our calendar files and mails as another program reads them: vobject, which shares no line with the library that writes them (T1)."""

import email
import email.policy
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import vobject
from django.core import mail
from django.utils.timezone import localdate
from pytest_django import Settings

from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from klimtouw.talks import actions
from klimtouw.talks.calendar_file import calendar_of
from klimtouw.talks.models import Talk
from klimtouw.talks.moments import MomentAfterTheEnd
from tests.talks.conftest import days, make_planned
from tests.talks.test_calendar import talk_at


def seen(file: bytes | str) -> Any:
    """Return the file as read and checked by the other program."""
    calendar = vobject.readOne(file.decode() if isinstance(file, bytes) else file)
    assert calendar.validate(raiseException=True)
    return calendar


def calendars_to(person: Person) -> list[tuple[str, Any]]:
    """Return the method in the heading and the calendar in each mail to somebody, the oldest first."""
    found = []
    for letter in mail.outbox:
        whole = email.message_from_bytes(
            letter.message().as_bytes(), _class=EmailMessage, policy=email.policy.default
        )
        parts = [part for part in whole.walk() if part.get_content_type() == "text/calendar"]
        if letter.to != [person.email] or not parts:
            continue
        inline, enclosed = parts
        assert inline.get_content_disposition() is None  # Gmail and Outlook look among the alternatives
        assert enclosed.get_filename() == "gesprek.ics"  # Apple Mail opens the file
        assert inline.get_content() == enclosed.get_content()
        assert inline.get_content_charset() == "utf-8"
        found.append((str(inline.get_param("method")), seen(inline.get_content())))
    return found


def test_planning_moving_planning_and_cancelling_tell_one_story_to_both_calendars(
    running_relation: Relation, noor: Person, bram: Person, at: datetime
) -> None:
    talk = make_planned(running_relation, days(2, at), place="Bij de vijver")
    later = {"moments": [days(4, at)], "minutes": 45}
    talk = actions.propose_other_moments(talk=talk, by=noor, at=at, seen=talk.revision, **later)
    talk = actions.choose_moment(talk=talk, by=bram, at=at, moment_id=talk.moments.get().pk)
    actions.cancel_talk(talk=talk, by=noor, at=at, seen=talk.revision)
    for person in (noor, bram):
        story = calendars_to(person)
        assert [method for method, _ in story] == ["REQUEST", "CANCEL", "REQUEST", "CANCEL"]
        assert [method for method, _ in story] == [calendar.method.value for _, calendar in story]
        events = [calendar.vevent for _, calendar in story]
        assert len({event.uid.value for event in events}) == 1
        assert [int(event.sequence.value) for event in events] == [1, 2, 3, 4]
        starts = [event.dtstart.value.astimezone(UTC) for event in events]
        assert starts == [days(2, at), days(2, at), days(4, at), days(4, at)]
        assert [event.dtend.value - event.dtstart.value for event in events[1:3]][1] == timedelta(minutes=45)
        assert {event.attendee.value for event in events} == {f"mailto:{person.email}"}


NIGHTS = [
    (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), "01:30"),  # half an hour before the clock goes forward
    (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "03:00"),  # the first moment of summer time
    (datetime(2027, 10, 30, 23, 30, tzinfo=UTC), "01:30"),
    (datetime(2027, 10, 31, 2, 0, tzinfo=UTC), "03:00"),  # the hour before it comes twice: see below
    (datetime(2028, 2, 29, 13, 0, tzinfo=UTC), "14:00"),
    (datetime(2027, 12, 31, 23, 30, tzinfo=UTC), "00:30"),
]


@pytest.mark.parametrize("zone", ["Europe/Brussels", "Europe/Amsterdam"])
@pytest.mark.parametrize(("starts_at", "clock"), NIGHTS, ids=str)
def test_the_other_program_finds_the_same_moment_in_both_zones(
    running_relation: Relation,
    noor: Person,
    settings: Settings,
    starts_at: datetime,
    clock: str,
    zone: str,
) -> None:
    settings.TIME_ZONE = zone
    file = calendar_of(talk_at(running_relation, starts_at), noor, starts_at)
    event = seen(file).vevent
    assert event.dtstart.value.astimezone(UTC) == starts_at
    assert f"{event.dtstart.value:%H:%M}" == clock
    assert f"TZID:{zone}" in file.decode()


def test_an_hour_the_clock_shows_twice_cannot_be_proposed_so_no_file_has_to_tell_which(
    running_relation: Relation, bram: Person
) -> None:
    """`HourComesTwice` refuses it in the form (test_moments): a calendar file cannot name the second of the two."""
    first, second = datetime(2027, 10, 31, 0, 30, tzinfo=UTC), datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    files = [calendar_of(talk_at(running_relation, moment), bram, moment) for moment in (first, second)]
    assert [b"DTSTART;TZID=Europe/Brussels:20271031T023000" in file for file in files] == [True, True]


def test_a_talk_on_the_last_day_of_the_agreements_and_on_29_february(
    running_relation: Relation, noor: Person, bram: Person
) -> None:
    at = datetime(2028, 2, 28, 9, 0, tzinfo=UTC)
    contract = running_relation.contracts.get()
    contract.starts_on, contract.ends_on = date(2028, 1, 1), date(2028, 2, 29)
    contract.save(update_fields=["starts_on", "ends_on"])
    late = datetime(
        2028, 2, 29, 22, 59, tzinfo=UTC
    )  # 23:59 in Brussels, already the first of March further east
    with pytest.raises(MomentAfterTheEnd):
        actions.propose_talk(
            relation=running_relation, by=bram, at=at, moments=[late + timedelta(minutes=1)], minutes=15
        )
    talk = actions.propose_talk(relation=running_relation, by=bram, at=at, moments=[late], minutes=15)
    talk = actions.choose_moment(talk=talk, by=noor, at=at, moment_id=talk.moments.get().pk)
    event = seen(calendar_of(talk, noor, at)).vevent
    assert f"{event.dtstart.value:%Y-%m-%d %H:%M}" == "2028-02-29 23:59"


def test_a_moment_that_fell_outside_meanwhile_cannot_be_chosen(
    running_relation: Relation, noor: Person, proposed: Talk, at: datetime
) -> None:
    contract = running_relation.contracts.get()
    contract.ends_on = localdate(at + timedelta(days=1))
    contract.save(update_fields=["ends_on"])
    with pytest.raises(actions.MomentIsAfterTheEnd):
        actions.choose_moment(
            talk=proposed,
            by=noor,
            at=at,
            moment_id=proposed.moments.order_by("starts_at").first().pk,  # type: ignore[union-attr]  # there are two
        )
    proposed.refresh_from_db()
    assert proposed.state == "proposed"
