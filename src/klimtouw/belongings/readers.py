"""Who can read a thing, now, and the sentence that says so under every field (C9)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from klimtouw.access.decide import LINE_OF
from klimtouw.access.table import Action
from klimtouw.belongings import gate
from klimtouw.belongings.choices import SeatHat
from klimtouw.belongings.models import Seat, Thing
from klimtouw.people.models import Person


@dataclass(frozen=True)
class Reader:
    """Somebody who can read a thing now, in which hat and until when."""

    person: Person
    hat: SeatHat
    until: datetime | None

    def __str__(self) -> str:
        hat = {SeatHat.COACH: _("coach"), SeatHat.COACHEE: _("coachee")}[self.hat]
        if self.until is None:
            return _("%(name)s (%(hat)s)") % {"name": self.person.name, "hat": hat}
        last_day = date_format(localtime(self.until - timedelta(microseconds=1)), "j F Y")
        return _("%(name)s (%(hat)s, until %(day)s)") % {
            "name": self.person.name,
            "hat": hat,
            "day": last_day,
        }


def readers_of(things: Iterable[Thing], at: datetime) -> dict[UUID, list[Reader]]:
    """Return, per thing, everybody but its owner who can read it now; one query for all."""
    things = list(things)
    shared = {thing.pk for thing in things} | {thing.whole_id for thing in things if thing.whole_id}
    seats = (
        Seat.objects.filter(
            gate.seat_is_open(at), gate.share_is_live(at, "bond__shares__"), bond__shares__thing__in=shared
        )
        .annotate(thing_id=F("bond__shares__thing"), share_until=F("bond__shares__until"))
        .select_related("person")
    )
    readers: defaultdict[UUID, list[Reader]] = defaultdict(list)
    for seat in sorted(seats, key=lambda seat: (seat.person.display_name, seat.pk)):
        if SeatHat(seat.hat).once_shared in LINE_OF[Action.READ].hats:
            ends = [end for end in (seat.share_until, seat.closes_at) if end]
            readers[seat.thing_id].append(Reader(seat.person, SeatHat(seat.hat), min(ends, default=None)))
    return {
        thing.pk: [
            reader
            for reader in readers[thing.pk] + (readers[thing.whole_id] if thing.whole_id else [])
            if reader.person.pk != thing.owner_id and not thing.removed_at
        ]
        for thing in things
    }


def only_you() -> str:
    """Say that nobody else can read this."""
    return _("Only you can read this.")


def who_can_read(readers: Sequence[Reader]) -> str:
    """Say in one plain sentence, to the owner, who can read this now."""
    if not readers:
        return only_you()
    return _("You and %(readers)s can read this.") % {
        "readers": get_text_list([str(r) for r in readers], _("and"))
    }


def you_and(other: Person) -> str:
    """Say, before the act, that sending this lets one other person read it."""
    return _("You and %(name)s can read this.") % {"name": other.name}


def sentence_for(thing: Thing, at: datetime) -> str:
    """Say who can read one thing now."""
    return who_can_read(readers_of([thing], at)[thing.pk])
