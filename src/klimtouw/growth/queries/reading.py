"""Read the texts for coaches, and choose one card: one, not a library (T7)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from zlib import crc32

from django.core.exceptions import ObjectDoesNotExist
from django.utils.timezone import localdate

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.growth.choices import Manner, Phase
from klimtouw.growth.texts.cards import Card, Deck
from klimtouw.growth.texts.chapters import Chapter
from klimtouw.growth.texts.library import library
from klimtouw.growth.texts.practice import PracticeTalk, Turn, Walk
from klimtouw.people.models import Person
from klimtouw.programmes.models import CoachRole

T = TypeVar("T")


class NoSuchText(ObjectDoesNotExist):
    """There is no text under this name."""


@dataclass(frozen=True)
class Reading(Generic[T]):
    """Somebody reads one of our own texts: a page of their own, about which nobody else hears."""

    person: Person
    text: T
    state_now: str = ""

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """What one reads is one's own business."""
        return self.person.hats_of(person, at)


def chapter(person: Person, at: datetime, chapter: str) -> Reading[Chapter]:
    """Find one chapter."""
    return Reading(person, _found(library().chapters, chapter))


def practice_talk(person: Person, at: datetime, talk: str) -> Reading[PracticeTalk]:
    """Find one practice talk."""
    return Reading(person, _found(library().talks, talk))


def _found(texts: dict[str, T], key: str) -> T:
    if key not in texts:
        raise NoSuchText
    return texts[key]


def chapter_after(chapter: Chapter) -> Chapter | None:
    """Return the chapter that comes next in the list; nobody has to read it next (V21)."""
    chapters = list(library().chapters.values())
    return next(iter(chapters[chapters.index(chapter) + 1 :]), None)


def coach_roles() -> list[CoachRole]:
    """Return the coach roles in their order, as this installation calls them (T5); one query."""
    return list(CoachRole.objects.order_by("position", "key"))


@dataclass(frozen=True)
class RoleWithHelp:
    """One coach role with the phases in which it helps."""

    role: CoachRole
    deck: Deck | None


def roles_with_help() -> list[RoleWithHelp]:
    """Return every coach role with its help; one query."""
    decks = library().decks
    return [RoleWithHelp(role, decks.get(role.key)) for role in coach_roles()]


@dataclass(frozen=True)
class Hand:
    """One card, of which role, and how to come by another one."""

    card: Card
    role: CoachRole
    number: int

    @property
    def next_number(self) -> int:
        """The number of another card."""
        return self.number + 1


def card_for(person: Person, at: datetime, *, role: str, phase: str, number: int) -> Hand | None:
    """Return one card: another one each day and with each number, the same when one comes back (T7).

    An unknown role or phase asks for nothing in particular. None when no card fits.
    """
    roles = {one.key: one for one in coach_roles()}
    fitting = [
        card
        for card in library().cards
        if card.role in roles and role in (card.role, "") and (phase == "" or Phase(phase) in card.phases)
    ]
    if not fitting:
        return None
    of_today = f"{person.pk} {localdate(at)}"
    shuffled = sorted(fitting, key=lambda card: crc32(f"{of_today} {card.text.nl}".encode()))
    card = shuffled[number % len(shuffled)]
    return Hand(card, roles[card.role], number)


@dataclass(frozen=True)
class Said:
    """One thing a reader said in a practice talk, with the name of the role it is nearest to."""

    turn: Turn
    role: str


@dataclass(frozen=True)
class LookBack:
    """What a reader tried, named and never counted (T8, V5, V27)."""

    said: list[Said]
    roles: list[str]
    manners: list[tuple[str, list[Said]]]


def look_back_on(walk: Walk) -> LookBack:
    """Return what a reader tried in a practice talk; one query."""
    names = {role.key: role.name for role in coach_roles()}
    said = [Said(turn, names.get(turn.chosen.role, "")) for turn in walk.turns]
    by_manner = [(manner, [one for one in said if one.turn.chosen.manner == manner]) for manner in Manner]
    return LookBack(
        said=said,
        roles=list(dict.fromkeys(one.role for one in said if one.role)),
        manners=[(manner.in_look_back, found) for manner, found in by_manner if found],
    )
