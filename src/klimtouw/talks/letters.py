"""The letters about a talk: to the reader, in their language, never about their own act (E3)."""

from datetime import datetime
from enum import StrEnum

from django.utils import translation
from django.utils.translation import gettext as _

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.notices.letters import Enclosure, send_letter
from klimtouw.people.models import Person
from klimtouw.talks.calendar_file import KIND, calendar_of
from klimtouw.talks.models import Talk


class Letter(StrEnum):
    """What a letter says; the name of its template.

    A calendar letter goes to both, also to the one who acted: it carries no news but a file that their calendar needs.
    """

    PROPOSED = "proposed"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"
    PLANNED = "planned"
    CANCELLED = "cancelled"
    FREED = "freed"


def send(letter: Letter, *, talk: Talk, to: Person, at: datetime, was_at: datetime | None = None) -> None:
    """Send one letter about a talk, unless its reader may no longer see it; `was_at` is the moment it had before."""
    if not to.is_active or not may(to, Action.SEE_TALKS, talk, at):
        return
    moments = [moment.starts_at for moment in talk.moments.order_by("starts_at")]
    words = {"talk": talk, "other": talk.relation.other(to), "moments": moments, "was_at": was_at}
    send_letter(
        to=to.email,
        language=to.language,
        template=f"talks/mail/{letter}.txt",
        key=f"talk.{talk.pk}.{talk.revision}.{letter}.{to.pk}",
        words=words,
        enclosure=_calendar(letter, talk, to, at, was_at),
    )


def _calendar(
    letter: Letter, talk: Talk, to: Person, at: datetime, was_at: datetime | None
) -> Enclosure | None:
    """Enclose the calendar file when a calendar has something to change."""
    if letter is not Letter.PLANNED and was_at is None:
        return None
    with translation.override(to.language):
        method = "REQUEST" if letter is Letter.PLANNED else "CANCEL"
        file = calendar_of(talk, to, at, cancelled_moment=None if letter is Letter.PLANNED else was_at)
        return Enclosure(name=_("talk.ics"), content=file, mime_type=f"{KIND}; method={method}")
