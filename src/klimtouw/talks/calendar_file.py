"""A talk as a calendar file, without a word about what it is for."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from klimtouw.people.models import Person
from klimtouw.talks.appointments import Appointment, file_for, file_of_all, further_in_calendar
from klimtouw.talks.choices import TalkState
from klimtouw.talks.models import Talk


def calendar_of(
    talk: Talk, reader: Person, at: datetime, *, cancelled_moment: datetime | None = None
) -> bytes:
    """Return the calendar file of a talk for one reader, in the language that is active now.

    It takes the talk out of a calendar when it was cancelled, or for the moment it had before it was moved.
    """
    is_cancelled = cancelled_moment is not None or talk.state == TalkState.CANCELLED
    starts_at = cancelled_moment or talk.starts_at
    if starts_at is None:
        raise ValueError("a talk without a moment has no place in a calendar")
    title = _("Talk with %(name)s") % {"name": talk.relation.other(reader).name}
    place = "" if is_cancelled else talk.place  # what takes an hour out of a calendar says nothing of where
    one = _appointment(talk, starts_at, title, place)
    return file_for(one, reader, at, sender="talks", is_cancelled=is_cancelled)


def feed_of(talks: Iterable[Talk], reader: Person, at: datetime, *, shows_names: bool) -> bytes:
    """Return what somebody planned for a calendar that asks for it now and then, in the language that is active now.

    Whoever lends a phone or shares a calendar shows its titles: they say nothing but that there is a talk, unless its owner
    chose otherwise, and then a first name.
    """
    planned = [
        _appointment(
            talk, talk.starts_at or talk.proposed_at, _title(talk, reader) if shows_names else _("Talk")
        )
        for talk in talks
    ]
    planned += further_in_calendar(reader, at, shows_names=shows_names)
    return file_of_all(planned, at, name=_("Talks"))


def _title(talk: Talk, reader: Person) -> str:
    first_name = talk.relation.other(reader).name.split()[0]
    return _("Talk with %(name)s") % {"name": first_name}


def _appointment(talk: Talk, starts_at: datetime, title: str, place: str = "") -> Appointment:
    return Appointment(
        id=talk.pk,
        revision=talk.revision,
        starts_at=starts_at,
        minutes=talk.minutes,
        title=title,
        path=talk.get_absolute_url(),
        place=place,
    )
