"""Read one's own picks, and the rose of a circle: only what its owners shared with it (V12, V15)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Q
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.axenroos.choices import Animal, Round, Which
from klimtouw.axenroos.drawings import picture_of
from klimtouw.axenroos.letters import letters_of
from klimtouw.axenroos.models import AnimalPick, SecondRound
from klimtouw.axenroos.rose import Mark, draw_rose
from klimtouw.axenroos.texts.library import AnimalText, Cards, library
from klimtouw.belongings import gate
from klimtouw.belongings.readers import readers_of, who_can_read
from klimtouw.circles.models import Circle
from klimtouw.circles.queries.circles import circle as find_circle
from klimtouw.circles.queries.circles import members_of
from klimtouw.circles.readers import everybody_in
from klimtouw.people.models import Person

SEATED = frozenset({Hat.MEMBER, Hat.FACILITATOR})
"""The hats of who sits in a circle; who said yes and waits is not in it yet."""


class NoSuchPlace(ObjectDoesNotExist):
    """There is no such animal, pair, round or question."""


@dataclass(frozen=True)
class Place:
    """Where a member may put a pick of their own: in one round of a circle, for one of the two questions."""

    circle: Circle
    round: Round
    which: Which

    @property
    def state_now(self) -> str:
        """The state of the circle."""
        return self.circle.state_now

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """What somebody is to the circle."""
        return self.circle.hats_of(person, at)


# Finders for the doors.


def place(person: Person, at: datetime, circle: UUID, round: int, which: str) -> Place:
    """Find where one may choose an animal for oneself."""
    found = find_circle(person, at, circle)
    if round not in Round.values or which not in Which.values:
        raise NoSuchPlace
    if round == Round.SECOND and not second_round_is_open(found):
        raise NoSuchPlace
    return Place(found, Round(round), Which(which))


def pick(person: Person, at: datetime, pick: UUID) -> AnimalPick:
    """Find a pick this person may read: their own, or one that is shared with them."""
    return AnimalPick.objects.visible_to(person, at).select_related("owner").get(pk=pick)


def pick_in_circle(person: Person, at: datetime, pick: UUID) -> AnimalPick:
    """Find a pick one may read in a circle one is in now."""
    found = AnimalPick.objects.visible_to(person, at).kept().get(pk=pick)
    circle_of(found, person, at)
    return found


def circle_of(pick: AnimalPick, person: Person, at: datetime) -> Circle:
    """Return the circle of a pick, if this person sits in it now. Raises `Circle.DoesNotExist`."""
    found = find_circle(person, at, pick.circle_id) if pick.circle_id else None
    if found is None or not found.hats_of(person, at) & SEATED:
        raise Circle.DoesNotExist
    return found


@dataclass(frozen=True)
class AboutAnimal:
    """One of our own texts about one animal, as somebody reads it."""

    person: Person
    text: AnimalText
    state_now: str = ""

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """What one reads is one's own business."""
        return self.person.hats_of(person, at)


def about_animal(person: Person, at: datetime, animal: str) -> AboutAnimal:
    """Find what we say about one animal."""
    if animal not in list(Animal):
        raise NoSuchPlace
    return AboutAnimal(person, library().of[Animal(animal)])


# One's own.


def second_round_is_open(circle: Circle) -> bool:
    """Return whether the facilitator opened a second round; one query."""
    return SecondRound.objects.filter(pk=circle.pk).exists()


def own_pick(circle: Circle, person: Person, round: Round, which: Which) -> AnimalPick | None:
    """Return what somebody chose for themself in one place, if anything; one query."""
    mine = AnimalPick.objects.kept().filter(owner=person, kind=AnimalPick.KIND)
    return mine.filter(circle=circle, round=round, which=which).first()


@dataclass(frozen=True)
class Own:
    """One of the two questions of a round, with what one chose oneself, if anything, and who can read that."""

    round: Round
    which: Which
    pick: AnimalPick | None
    readers: str
    is_shared: bool

    @property
    def picture(self) -> SafeString:
        """The animal that was chosen."""
        return picture_of(Animal(self.pick.animal)) if self.pick and self.pick.of_animal else SafeString("")


def picks_in(circle: Circle, person: Person, at: datetime) -> list[AnimalPick]:
    """Return one's own picks in a circle, and those of others that are shared with it now, in the order of names; one query.

    Each says in `is_shared` whether the circle sees it. What somebody shared elsewhere (with their own coach) is no part of it.
    """
    rows = AnimalPick.objects.kept().filter(circle=circle).select_related("owner")
    asked = rows.annotate(is_shared=gate.IsShared(person.pk, at, circle.bond_id))
    found = asked.filter(Q(owner=person) | Q(is_shared=True))
    return sorted(found, key=lambda one: (one.owner.name.lower(), one.owner_id, one.round, one.which))


def read_by(picks: Iterable[AnimalPick], circle: Circle, person: Person, at: datetime) -> dict[UUID, str]:
    """Say of one's own picks who can read each; when that is the circle and nobody else, without the day for each (C9)."""
    found = readers_of(picks, at)
    seated = {member.pk for member in members_of(circle, at)} - {person.pk} if any(found.values()) else set()
    everybody = everybody_in(circle, person, at) if seated else ""
    return {
        pick: everybody if {one.person.pk for one in readers} == seated != set() else who_can_read(readers)
        for pick, readers in found.items()
    }


def own_rounds(
    picks: Iterable[AnimalPick], circle: Circle, person: Person, at: datetime, rounds: Sequence[Round]
) -> list[list[Own]]:
    """Return one's own picks in each round, shared with the circle or not; three queries."""
    at_place = {(one.round, one.which): one for one in picks if one.owner_id == person.pk}
    sentences = read_by(at_place.values(), circle, person, at)

    def own(round: Round, which: Which) -> Own:
        pick = at_place.get((round, which))
        if pick is None:
            return Own(round, which, None, "", False)
        return Own(round, which, pick, sentences[pick.pk], pick.is_shared)  # type: ignore[attr-defined]  # asked by `picks_in`

    return [[own(round, which) for which in Which] for round in rounds]


def own_rose(own: Sequence[Own], person: Person, key: str) -> SafeString:
    """Draw one's own rose of one round: what one chose oneself, for oneself."""
    picks = [one.pick for one in own if one.pick]
    return _drawn(picks, {person.pk: person.initials}, _("My own rose"), key)


# The circle.


@dataclass(frozen=True)
class Petal:
    """One animal in the list that says the same as the rose."""

    text: AnimalText
    picture: SafeString
    recognised: list[AnimalPick]
    to_show_more: list[AnimalPick]

    @property
    def is_empty(self) -> bool:
        """Whether nobody shared a pick here; that is no lack."""
        return not (self.recognised or self.to_show_more)


@dataclass(frozen=True)
class PairOfPetals:
    """A pair of animals with what was shared at each."""

    pair: Cards
    petals: tuple[Petal, ...]


@dataclass(frozen=True)
class TeamRose:
    """The rose of a circle in one round, drawn and as a list; always in the order of the animals, never by how many (V15)."""

    round: Round
    drawing: SafeString
    pairs: tuple[PairOfPetals, ...]
    picks: tuple[AnimalPick, ...]


def team_roses(
    circle: Circle, picks: Iterable[AnimalPick], at: datetime, rounds: Sequence[Round]
) -> list[TeamRose]:
    """Return the roses of a circle: what those who are in it now shared with it. Who left took theirs along; one query."""
    letters = letters_of(members_of(circle, at))
    shared = [one for one in picks if one.is_shared and one.owner_id in letters]  # type: ignore[attr-defined]  # asked by `picks_in`
    for one in shared:
        one.letters = letters[one.owner_id]  # type: ignore[attr-defined]  # printed in the list beside the name
    return [
        _team_rose(round, [one for one in shared if one.round == round], letters, circle) for round in rounds
    ]


def _team_rose(round: Round, picks: list[AnimalPick], letters: dict[UUID, str], circle: Circle) -> TeamRose:
    title = (
        _("The rose of our circle, second round") if round == Round.SECOND else _("The rose of our circle")
    )
    pairs = tuple(
        PairOfPetals(pair, tuple(_petal(animal, picks) for animal in pair.animals))
        for pair in library().pairs
    )
    return TeamRose(round, _drawn(picks, letters, title, f"{circle.pk}/{round}"), pairs, tuple(picks))


def _petal(animal: Animal, picks: Iterable[AnimalPick]) -> Petal:
    here = [one for one in picks if one.animal == animal]
    return Petal(
        library().of[animal],
        picture_of(animal),
        [one for one in here if one.which == Which.RECOGNISE],
        [one for one in here if one.which == Which.SHOW_MORE],
    )


def _drawn(picks: Iterable[AnimalPick], letters: dict[UUID, str], title: str, key: str) -> SafeString:
    marks: dict[Animal, list[Mark]] = {animal: [] for animal in Animal}
    for one in picks:
        if one.of_animal:
            which = Which(one.which)
            said = f"{one.owner.name}: {which.said_of}"
            marks[Animal(one.animal)].append(Mark(letters[one.owner_id], said, which == Which.RECOGNISE))
    names = {animal: str(text.name) for animal, text in library().of.items()}
    drawing = draw_rose(
        marks,
        names=names,
        title=title,
        description=_("The same stands in the list on this page."),
        key=key,
    )
    return mark_safe(drawing)  # noqa: S308 - drawn by us; every word in it is escaped there


def looked_at(roses: Iterable[TeamRose]) -> list[AnimalPick]:
    """Return the picks whose words a page of roses prints."""
    return [pick for rose in roses for pick in rose.picks]


def read_as(circle: Circle, person: Person, at: datetime) -> frozenset[Hat]:
    """Return the hat in which somebody reads what is shared with a circle they are in."""
    once_shared = {Hat.MEMBER: Hat.MEMBER_ONCE_SHARED, Hat.FACILITATOR: Hat.FACILITATOR_ONCE_SHARED}
    return frozenset(once_shared[hat] for hat in circle.hats_of(person, at))
