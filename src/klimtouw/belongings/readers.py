"""Who can read a thing, now, and the sentence that says so under every field (C9)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klimtouw.access.decide import LINE_OF
from klimtouw.access.page import HAT_WORDS, Language
from klimtouw.access.table import Action, Hat
from klimtouw.belongings import gate
from klimtouw.belongings.choices import SeatHat
from klimtouw.belongings.models import Seat, Thing
from klimtouw.belongings.names_of_bonds import names_of_bonds
from klimtouw.people.composed import composed
from klimtouw.people.models import Person


@dataclass(frozen=True)
class Reader:
    """Somebody who can read a thing now, in which hat and until when."""

    person: Person
    hat: SeatHat
    until: datetime | None
    circle: str = ""
    """How the circle is called in which they read it; empty for a coach or a coachee."""

    def __str__(self) -> str:
        return _with_hat(self.person.name, self.hat, self.until)


def _with_hat(names: str, hat: SeatHat, until: datetime | None) -> str:
    """Name one reader, or several who read in the same hat until the same day."""
    hat_in_words = {
        SeatHat.COACH: _("coach"),
        SeatHat.COACHEE: _("coachee"),
        SeatHat.FACILITATOR: _("facilitator of your circle"),
        SeatHat.MEMBER: _("in your circle"),
    }[hat]
    if until is None:
        return _("%(name)s (%(hat)s)") % {"name": names, "hat": hat_in_words}
    words = {"name": names, "hat": hat_in_words, "day": _last_day(until)}
    return _("%(name)s (%(hat)s, until %(day)s)") % words


def _last_day(until: datetime) -> str:
    return date_format(localtime(until - timedelta(microseconds=1)), "j F Y")


def readers_of(things: Iterable[Thing], at: datetime) -> dict[UUID, list[Reader]]:
    """Return, per thing, everybody but its owner who can read it now; one query for all."""
    things = list(things)
    people: dict[UUID, Person] = {}
    readers: defaultdict[UUID, list[Reader]] = defaultdict(list)
    seats = list(_seats_on_shares(gate.with_wholes(things), at))
    circles = names_of_bonds({seat[BOND] for seat in seats if seat[HAT] in IN_CIRCLES})
    for _key, thing, share_ends, seat_closes, hat, bond, *person in sorted(seats, key=_by_name):
        if hat in reading_seats():
            # A coach reads many things: one person, however many.
            reader = people.get(person[0]) or Person.from_db(None, PERSON, person)
            people[reader.pk] = reader
            until = min((end for end in (share_ends, seat_closes) if end), default=None)
            readers[thing].append(Reader(reader, SeatHat(hat), until, circles.get(bond, "")))
    return {
        thing.pk: [
            reader
            for reader in readers[thing.pk] + (readers[thing.whole_id] if thing.whole_id else [])
            if reader.person.pk != thing.owner_id and not thing.removed_at
        ]
        for thing in things
    }


PERSON = ("id", "email", "display_name", "language")
"""What a page prints of a reader, in the order of the columns."""
HAT, BOND = 4, 5
"""Where these two stand before them."""
IN_CIRCLES = (SeatHat.FACILITATOR, SeatHat.MEMBER)


@composed
def _seats_on_shares(things: Collection[UUID], at: datetime) -> QuerySet[Seat, tuple[Any, ...]]:
    is_open = gate.seat_is_open(at), gate.share_is_live(at, "bond__shares__")
    seats = Seat.objects.filter(*is_open, bond__shares__thing__in=things)
    return seats.values_list(
        "pk",
        "bond__shares__thing",
        "bond__shares__until",
        "closes_at",
        "hat",
        "bond",
        *(f"person__{name}" for name in PERSON),
    )


def _by_name(seat: tuple[Any, ...]) -> tuple[str, int]:
    return seat[-len(PERSON) + PERSON.index("display_name")], seat[0]


def reading_seats() -> list[SeatHat]:
    """Return the seats on a bond that the policy lets read what is shared onto it."""
    return [seat for seat in SeatHat if seat.once_shared in LINE_OF[Action.READ].hats]


def read_everything() -> list[str]:
    """Name the hats that the policy lets read every text, shared or not. There are none, and if ever: every field says so."""
    language: Language = "en" if get_language() == "en" else "nl"
    in_need_of_a_share = {Hat.OWNER, *(seat.once_shared for seat in SeatHat)}
    return [
        HAT_WORDS[hat][language]
        for hat in Hat
        if hat in LINE_OF[Action.READ].hats and hat not in in_need_of_a_share
    ]


def only_you() -> str:
    """Say that nobody else can read this."""
    return who_can_read([])


def who_can_read(readers: Sequence[Reader]) -> str:
    """Say in one plain sentence, to the owner, who can read this now; a circle is named once, with its people."""
    alike: defaultdict[tuple[SeatHat, datetime | None], list[str]] = defaultdict(list)
    circles: defaultdict[tuple[str, datetime | None], list[str]] = defaultdict(list)
    for reader in readers:
        if reader.circle:
            circles[reader.circle, reader.until].append(reader.person.name)
        else:
            alike[reader.hat, reader.until].append(reader.person.name)
    others = [_with_hat(", ".join(names), *key) for key, names in alike.items()]
    return _you_and([*others, *(_people_of(*circle, names) for circle, names in circles.items())])


def _people_of(circle: str, until: datetime | None, names: list[str]) -> str:
    words = {"circle": circle, "names": get_text_list(names, _("and"))}
    if until is None:
        return _("the people of %(circle)s (%(names)s)") % words
    return _("the people of %(circle)s (%(names)s, until %(day)s)") % {**words, "day": _last_day(until)}


def you_and(other: Person, *, as_a: Hat, by: Action = Action.READ) -> str:
    """Say, before the act, that sending this lets one other person read it, in the hat that opens it to them."""
    return _you_and([other.name] if as_a in LINE_OF[by].hats else [])


def you_and_all(others: Sequence[tuple[str, Hat]]) -> str:
    """Say the same of several people, each by name and in the hat that opens it to them."""
    return _you_and([name for name, hat in others if hat in LINE_OF[Action.READ].hats])


def _you_and(others: Sequence[str]) -> str:
    if not (everyone := [*others, *read_everything()]):
        return _("Only you can read this.")
    return _("You and %(readers)s can read this.") % {"readers": get_text_list(everyone, _("and"))}


def sentence_for(thing: Thing, at: datetime) -> str:
    """Say who can read one thing now."""
    return who_can_read(readers_of([thing], at)[thing.pk])


def stopped_with(coach: Person | None, thing: Thing, at: datetime) -> str:
    """Say, after stopping, what is true now: a coach (None: a circle) may still read it another way (C9, V12).

    It stays in a message that waits, so it names no circle (P3); the page "For whom?" does.
    """
    readers = readers_of([thing], at)[thing.pk]
    if coach is None:
        stopped = _("You stopped sharing with this circle. “For whom?” says who can still read this.")
        return stopped if readers else _("You stopped sharing. Your circle can no longer read this.")
    if coach.pk in {reader.person.pk for reader in readers}:
        words = _("You stopped sharing here. %(name)s can still read this another way: see “For whom?”.")
    else:
        words = _("You stopped sharing. %(name)s can no longer read this.")
    return words % {"name": coach.name}
