"""An hour in somebody's calendar, as a file (RFC 5545 and 5546), without a word about what it is for.

A talk is one, and so is a meeting of a circle: whatever is planned here says of itself what a calendar has to know.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vText

from klimtouw.people.models import Person

KIND = "text/calendar"
ASKED_AGAIN = timedelta(hours=4)
"""How often a calendar is asked to come back."""


@dataclass(frozen=True, kw_only=True)
class Appointment:
    """What a calendar has to know of one planned hour; `revision` grows with every change of it."""

    id: UUID
    revision: int
    starts_at: datetime
    minutes: int
    title: str
    path: str
    place: str = ""


InCalendar = Callable[[Person, datetime, bool], list[Appointment]]
"""Return what else stands in the calendar of a person now; with first names in the titles, or without a word about it."""
_further: list[InCalendar] = []


def also_in_calendars(gather: InCalendar) -> InCalendar:
    """Let a package put what it plans in the calendar that somebody asks for at their secret address."""
    _further.append(gather)
    return gather


def further_in_calendar(person: Person, at: datetime, *, shows_names: bool) -> list[Appointment]:
    """Return what other packages planned with this person."""
    return [one for gather in _further for one in gather(person, at, shows_names)]


def file_for(
    appointment: Appointment, reader: Person, at: datetime, *, sender: str, is_cancelled: bool
) -> bytes:
    """Return a calendar file for one reader.

    REQUEST puts it in a calendar or moves it there; CANCEL takes it out. Klimtouw itself is the organiser and the reader
    the only guest, so nobody's address travels.
    """
    calendar = _calendar("CANCEL" if is_cancelled else "REQUEST", appointment.starts_at)
    event = _event(appointment, at, is_cancelled=is_cancelled)
    if appointment.place:
        event.add("location", appointment.place)
    event.add("organizer", _address(f"{sender}@{_host()}", CN="Klimtouw"))
    event.add("attendee", _address(reader.email, CN=reader.name, PARTSTAT="ACCEPTED", RSVP="FALSE"))
    calendar.add_component(event)
    file: bytes = calendar.to_ical()
    return file


def file_of_all(appointments: Iterable[Appointment], at: datetime, *, name: str) -> bytes:
    """Return a whole calendar, for a calendar that asks for it now and then; where and with whom stands in Klimtouw."""
    calendar = _calendar("PUBLISH", at)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", ASKED_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", ASKED_AGAIN)
    for appointment in appointments:
        calendar.add_component(_event(appointment, at, is_cancelled=False))
    file: bytes = calendar.to_ical()
    return file


def _calendar(method: str, around: datetime) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Klimtouw//Talks//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_zone_of(settings.TIME_ZONE, around.year))
    return calendar


def _event(one: Appointment, at: datetime, *, is_cancelled: bool) -> Event:
    zone = ZoneInfo(settings.TIME_ZONE)
    event = Event()
    event.add("uid", f"{one.id}@{_host()}")
    event.add("sequence", one.revision)
    event.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", one.starts_at.astimezone(zone))
    event.add("dtend", (one.starts_at + timedelta(minutes=one.minutes)).astimezone(zone))
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("url", f"{settings.SITE_ADDRESS}{one.path}")
    event.add("summary", one.title)
    return event


def _host() -> str | None:
    return urlsplit(settings.SITE_ADDRESS).hostname


def _address(email: str, **words: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    for name, word in words.items():
        address.params[name] = vText(word)
    return address


@lru_cache(maxsize=64)
def _zone_of(name: str, year: int) -> Timezone:
    """Describe a time zone around one year. Made here: the library puts the start of summer time an hour late."""
    zone = ZoneInfo(name)
    described = Timezone()
    described.add("tzid", name)
    for moment in _changes(zone, year):
        before, after = (moment - timedelta(seconds=1)).astimezone(zone), moment.astimezone(zone)
        part = TimezoneDaylight() if after.dst() else TimezoneStandard()
        part.add("dtstart", moment.astimezone(UTC).replace(tzinfo=None) + (before.utcoffset() or timedelta()))
        part.add("tzoffsetfrom", before.utcoffset())
        part.add("tzoffsetto", after.utcoffset())
        part.add("tzname", after.tzname())
        described.add_component(part)
    return described


def _changes(zone: ZoneInfo, year: int) -> Iterator[datetime]:
    """Give the moments the clock changes from the year before until the year after, beginning with how it stood."""
    day, end = datetime(year - 1, 1, 1, tzinfo=UTC), datetime(year + 2, 1, 1, tzinfo=UTC)
    yield day
    while day < end:
        hours = [(day + timedelta(hours=hour)) for hour in range(25)]
        if hours[0].astimezone(zone).utcoffset() != hours[-1].astimezone(zone).utcoffset():
            yield from (
                after
                for before, after in pairwise(hours)
                if before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset()
            )
        day = hours[-1]
