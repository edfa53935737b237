"""The letters about a meeting: each carries a file that a calendar needs, to everybody in the circle (E3, T1)."""

from datetime import datetime
from enum import StrEnum

from django.utils import translation
from django.utils.translation import gettext as _

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.circles.models import Meeting
from klimtouw.circles.queries.meetings import meetings_in_calendar
from klimtouw.notices.letters import Enclosure, send_letter
from klimtouw.people.models import Person
from klimtouw.talks.appointments import KIND, Appointment, also_in_calendars, file_for


class MeetingLetter(StrEnum):
    """What a letter says; the name of its template. Who left hears that it is out of their calendar, and nothing else."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    LEFT = "left"


def send_meeting_letter(letter: MeetingLetter, *, meeting: Meeting, to: Person, at: datetime) -> None:
    """Send one letter. What is planned goes to who sits in the circle now; what takes it out, to whose calendar has it."""
    is_planned = letter is MeetingLetter.PLANNED
    if not to.is_active or (is_planned and not may(to, Action.SEE_CIRCLE, meeting, at)):
        return
    # Who left, and everybody after the end, reads no word of the circle any more: not even where it was (V24).
    place = meeting.place if is_planned else ""
    send_letter(
        to=to.email,
        language=to.language,
        template=f"circles/mail/meeting_{letter}.txt",
        key=f"meeting.{meeting.pk}.{meeting.revision}.{letter}.{to.pk}",
        words={"meeting": meeting, "place": place},
        enclosure=_calendar(meeting, to, at, is_cancelled=not is_planned),
    )


def _calendar(meeting: Meeting, to: Person, at: datetime, *, is_cancelled: bool) -> Enclosure:
    with translation.override(to.language):
        file = calendar_of_meeting(meeting, to, at, is_cancelled=is_cancelled)
        method = "CANCEL" if is_cancelled else "REQUEST"
        return Enclosure(name=_("meeting.ics"), content=file, mime_type=f"{KIND}; method={method}")


def calendar_of_meeting(
    meeting: Meeting, reader: Person, at: datetime, *, is_cancelled: bool = False
) -> bytes:
    """Return the calendar file of a meeting for one reader: that there is one, when and where."""
    one = _appointment(meeting, _("Meeting of your circle"), "" if is_cancelled else meeting.place)
    return file_for(one, reader, at, sender="circles", is_cancelled=is_cancelled)


def _appointment(meeting: Meeting, title: str, place: str = "") -> Appointment:
    if meeting.starts_at is None:
        raise ValueError("a meeting without a moment has no place in a calendar")
    return Appointment(
        id=meeting.pk,
        revision=meeting.revision,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        title=title,
        path=meeting.get_absolute_url(),
        place=place,
    )


@also_in_calendars
def meetings_of(person: Person, at: datetime, shows_names: bool) -> list[Appointment]:
    """Put the meetings of one's circles in the calendar at one's secret address; no title names a circle."""
    title = _("Meeting of your circle") if shows_names else _("Meeting")
    return [_appointment(meeting, title) for meeting in meetings_in_calendar(person, at)]
