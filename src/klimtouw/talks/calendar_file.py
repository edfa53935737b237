"""A talk as a calendar file (RFC 5545 and 5546), without a word about what it is for."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vCalAddress, vText

from klimtouw.people.models import Person
from klimtouw.talks.choices import TalkState
from klimtouw.talks.models import Talk

KIND = "text/calendar"
ASKED_AGAIN = timedelta(hours=4)
"""How often a calendar is asked to come back."""


def calendar_of(
    talk: Talk, reader: Person, at: datetime, *, cancelled_moment: datetime | None = None
) -> bytes:
    """Return the calendar file of a talk for one reader, in the language that is active now.

    REQUEST puts it in a calendar or moves it there; CANCEL takes it out: for a cancelled talk, or for the moment it had
    before it was moved. Klimtouw itself is the organiser and the reader the only guest, so nobody's address travels.
    """
    is_cancelled = cancelled_moment is not None or talk.state == TalkState.CANCELLED
    starts_at = cancelled_moment or talk.starts_at
    if starts_at is None:
        raise ValueError("a talk without a moment has no place in a calendar")
    calendar = _calendar("CANCEL" if is_cancelled else "REQUEST", starts_at)
    calendar.add_component(_invitation(talk, reader, at, starts_at=starts_at, is_cancelled=is_cancelled))
    file: bytes = calendar.to_ical()
    return file


def feed_of(talks: Iterable[Talk], reader: Person, at: datetime, *, shows_names: bool) -> bytes:
    """Return somebody's talks for a calendar that asks for them now and then, in the language that is active now.

    Whoever lends a phone or shares a calendar shows its titles: they say nothing but that there is a talk, unless its owner
    chose otherwise, and then a first name. Where and with whom stands in Klimtouw.
    """
    calendar = _calendar("PUBLISH", at)
    calendar.add("name", _("Talks"))
    calendar.add("x-wr-calname", _("Talks"))
    calendar.add("refresh-interval", ASKED_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", ASKED_AGAIN)
    for talk in talks:
        starts_at = talk.starts_at or talk.proposed_at
        event = _event(talk, at, starts_at=starts_at, is_cancelled=False)
        event.add("summary", _title(talk, reader) if shows_names else _("Talk"))
        calendar.add_component(event)
    file: bytes = calendar.to_ical()
    return file


def _title(talk: Talk, reader: Person) -> str:
    first_name = talk.relation.other(reader).name.split()[0]
    return _("Talk with %(name)s") % {"name": first_name}


def _calendar(method: str, around: datetime) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Klimtouw//Talks//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_zone_of(settings.TIME_ZONE, around.year))
    return calendar


def _invitation(
    talk: Talk, reader: Person, at: datetime, *, starts_at: datetime, is_cancelled: bool
) -> Event:
    event = _event(talk, at, starts_at=starts_at, is_cancelled=is_cancelled)
    event.add("summary", _("Talk with %(name)s") % {"name": talk.relation.other(reader).name})
    if talk.place:
        event.add("location", talk.place)
    event.add("organizer", _address(f"talks@{_host()}", CN="Klimtouw"))
    event.add("attendee", _address(reader.email, CN=reader.name, PARTSTAT="ACCEPTED", RSVP="FALSE"))
    return event


def _event(talk: Talk, at: datetime, *, starts_at: datetime, is_cancelled: bool) -> Event:
    zone = ZoneInfo(settings.TIME_ZONE)
    event = Event()
    event.add("uid", f"{talk.pk}@{_host()}")
    event.add("sequence", talk.revision)
    event.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", starts_at.astimezone(zone))
    event.add("dtend", (starts_at + timedelta(minutes=talk.minutes)).astimezone(zone))
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("url", f"{settings.SITE_ADDRESS}{talk.get_absolute_url()}")
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
