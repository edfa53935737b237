"""Send what is due: pack it, ask what each thing reads now, send one mail, and forget it.

A mail goes through three steps, each a transaction of its own. Packing gives a few rows one parcel. The parcel gives the
mail its name (Message-ID), which is the same however often it is tried. Only when the mail has left is the parcel put
away. So a worker that is killed half-way loses nothing, and a mail that left just before is known again by its name.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from klimtouw.notices.choices import Topic
from klimtouw.notices.kinds import KINDS, Line
from klimtouw.notices.letters import send_letter
from klimtouw.notices.models import Notice, Parcel
from klimtouw.notices.queries import muted_by
from klimtouw.notices.tokens import stop_token
from klimtouw.people import keyring
from klimtouw.people.models import Person
from klimtouw.people.second_lock import page_of

TRIED_AGAIN_AFTER = timedelta(minutes=15)
LONGEST_PAUSE = timedelta(hours=6)
MOST_TRIES = 16
"""About three days: an address that takes nothing for so long gets this one no more."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Told:
    """One thing that is still to be told: what it is about, and what it reads."""

    topic: Topic
    relation: UUID | None
    line: Line


def send_what_is_due(person: Person, at: datetime) -> int:
    """Send a person what is due now; return how many mails left."""
    return sum(_sent(parcel, person, at) for parcel in _packed(person, at))


def send_everything_that_waits(at: datetime) -> int:
    """Send every message that waits, whatever its hour; for the demo, where nobody waits until five."""
    Notice.objects.filter(parcel=None, is_alone=False).update(due_at=at)
    people = Person.objects.filter(pk__in=Notice.objects.values("person"))
    return sum(send_what_is_due(person, at) for person in people)


@transaction.atomic
def _packed(person: Person, at: datetime) -> list[Parcel]:
    """Take what is due into parcels; another worker that comes by finds nothing to take."""
    parcels = [_taken_again(parcel, at) for parcel in _left_behind(person, at)]
    waiting = list(Notice.objects.select_for_update(skip_locked=True).filter(person=person, parcel=None))
    alone = [[row] for row in waiting if row.is_alone and row.due_at <= at]
    together = [row for row in waiting if not row.is_alone]
    if any(row.due_at <= at for row in together):
        alone.append(together)
    return parcels + [_parcel_of(rows, person, at) for rows in alone]


def _left_behind(person: Person, at: datetime) -> list[Parcel]:
    return list(Parcel.objects.select_for_update(skip_locked=True).filter(person=person, again_at__lte=at))


def _parcel_of(rows: Sequence[Notice], person: Person, at: datetime) -> Parcel:
    parcel = Parcel.objects.create(person=person, again_at=at + TRIED_AGAIN_AFTER)
    Notice.objects.filter(pk__in=[row.pk for row in rows]).update(parcel=parcel)
    return parcel


def _taken_again(parcel: Parcel, at: datetime) -> Parcel:
    """Say when it is tried again if this does not succeed either: later every time."""
    pause = min(TRIED_AGAIN_AFTER * 2 ** min(parcel.tries, 8), LONGEST_PAUSE)
    parcel.tries, parcel.again_at = parcel.tries + 1, at + pause
    parcel.save(update_fields=["tries", "again_at"])
    return parcel


def _sent(parcel: Parcel, person: Person, at: datetime) -> bool:
    """Send one parcel, unless nothing in it is so any more, and put it away."""
    if parcel.tries > MOST_TRIES:
        log.error("a message for %s was tried %s times, and is put away", person.pk, MOST_TRIES)
        parcel.delete()
        return False
    with translation.override(person.language):
        told = _still_to_tell(parcel, person, at)
        if told:
            _mail(parcel, person, told)
    parcel.delete()
    return bool(told)


def _still_to_tell(parcel: Parcel, person: Person, at: datetime) -> list[Told]:
    """Ask of each thing whether it is still so, as this person would see it on a page; what is muted is left out."""
    if not person.is_active:
        return []
    keyring.forget()
    told = []
    muted = muted_by(person)
    with page_of(person.pk, at):
        for row in parcel.notices.order_by("pk"):
            kind = KINDS.get(row.kind)
            if kind is None or kind.topic in muted.topics or row.relation in muted.relations:
                continue
            if line := kind.say(person, at, row.about):
                told.append(Told(kind.topic, row.relation, line))
    return told


def _mail(parcel: Parcel, person: Person, told: Sequence[Told]) -> None:
    is_alone = parcel.notices.filter(is_alone=True).exists()
    topics = sorted({one.topic for one in told})
    stop = settings.SITE_ADDRESS + reverse("notices:stop", args=[stop_token(person, topics)])
    send_letter(
        to=person.email,
        language=person.language,
        template="notices/mail/alone.txt" if is_alone else "notices/mail/digest.txt",
        key=f"told.{parcel.pk}",
        words={"name": person.name, "groups": _by_relation(told), "line": told[0].line, "stop": stop},
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )


def _by_relation(told: Iterable[Told]) -> list[tuple[str, list[Line]]]:
    """Put what concerns one relation together, by name."""
    ordered = sorted(told, key=lambda one: (one.line.whom.casefold(), str(one.relation)))
    groups = groupby(ordered, key=lambda one: (one.line.whom, one.relation))
    return [(whom, [one.line for one in ones]) for (whom, _relation), ones in groups]
