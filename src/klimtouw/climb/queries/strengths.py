"""Read strengths and work points."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from klimtouw.belongings.models import Thing
from klimtouw.belongings.readers import readers_of, who_can_read
from klimtouw.climb.choices.strengths import StrengthSort
from klimtouw.climb.models import Strength
from klimtouw.climb.queries.climb import Asked, compass_of, own, visible
from klimtouw.people.models import Person


def strength(person: Person, at: datetime, strength: UUID) -> Strength:
    """Find a strength or work point this person may read."""
    return visible(Strength, person, at, strength)


@dataclass(frozen=True)
class Placed:
    """A strength or work point at its place in the order of its owner."""

    strength: Strength
    readers: str
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class Compass:
    """Everything on somebody's own compass, each with who else can read it."""

    answers: list[tuple[Asked, str]]
    strengths: list[Placed]
    work_points: list[Placed]

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands on it yet."""
        return not (self.strengths or self.work_points or any(asked.answer for asked, _ in self.answers))


def strengths_of(person: Person) -> list[Strength]:
    """Return this person's own strengths and work points, in their own order."""
    return list(own(Strength, person).order_by("position", "created_at", "pk"))


def whole_compass_of(person: Person, at: datetime) -> Compass:
    """Return this person's own compass; three queries."""
    asked, found = compass_of(person), strengths_of(person)
    things: list[Thing] = [*(one.answer for one in asked if one.answer), *found]
    read_by = {key: who_can_read(readers) for key, readers in readers_of(things, at).items()}
    of_sort = {sort: [one for one in found if one.sort == sort] for sort in StrengthSort}
    return Compass(
        [(one, read_by[one.answer.pk] if one.answer else "") for one in asked],
        _placed(of_sort[StrengthSort.STRENGTH], read_by),
        _placed(of_sort[StrengthSort.WORK_POINT], read_by),
    )


def _placed(row: Sequence[Strength], read_by: dict[UUID, str]) -> list[Placed]:
    last = len(row) - 1
    return [Placed(one, read_by[one.pk], place == 0, place == last) for place, one in enumerate(row)]
