"""The letters about a talk: to the reader, in their language, never about their own act (E3).

What a calendar has to know goes at once, in a letter of its own; a proposal waits for the reader's next message.
"""

from datetime import datetime
from enum import StrEnum

from django.utils import translation
from django.utils.translation import gettext as _

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.notices.actions import take_back, tell
from klimtouw.notices.letters import Enclosure, send_letter
from klimtouw.people.models import Person
from klimtouw.talks.appointments import KIND
from klimtouw.talks.calendar_file import calendar_of
from klimtouw.talks.models import Talk
from klimtouw.talks.told import TALK_PROPOSED, TALK_WITHDRAWN, links_to_choose


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
    ENDED = "ended"


def send_or_tell(letter: Letter, *, talk: Talk, to: Person, at: datetime, was_at: datetime | None) -> None:
    """Send what a calendar has to know; have the rest told with the reader's next message."""
    if letter is Letter.PROPOSED:
        first = talk.moments.order_by("starts_at").first()
        before = first.starts_at if first else None
        tell(TALK_PROPOSED, to, about=talk.pk, relation=talk.relation_id, before=before, at=at)
    elif letter is not Letter.WITHDRAWN:
        send(letter, talk=talk, to=to, at=at, was_at=was_at)
    elif not take_back(TALK_PROPOSED, to, about=talk.pk):  # who never heard of it has nothing to hear now
        tell(TALK_WITHDRAWN, to, about=talk.pk, relation=talk.relation_id, at=at)


def send(letter: Letter, *, talk: Talk, to: Person, at: datetime, was_at: datetime | None = None) -> None:
    """Send one letter about a talk, unless its reader may no longer see it; `was_at` is the moment it had before.

    What takes a talk out of a calendar goes to both, also to a coach who sees no talks any more: it was there, and it says
    nothing new (V22, V24).
    """
    if letter is not Letter.ENDED and not may(to, Action.SEE_TALKS, talk, at):
        if letter is Letter.PLANNED or was_at is None:
            return
        letter = Letter.ENDED
    if not to.is_active:
        return
    words = {"talk": talk, "other": talk.relation.other(to), "was_at": was_at}
    with translation.override(to.language):
        links = links_to_choose(talk, to, at) if letter is Letter.MOVED else ()
    send_letter(
        to=to.email,
        language=to.language,
        template=f"talks/mail/{letter}.txt",
        key=f"talk.{talk.pk}.{talk.revision}.{letter}.{to.pk}",
        words={**words, "links": links},
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
