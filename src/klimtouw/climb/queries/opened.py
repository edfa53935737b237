"""A thing that is opened together with what is printed beside it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.belongings import gate
from klimtouw.belongings.models import Thing
from klimtouw.people.models import Person

T = TypeVar("T", bound=Thing)
AlongT = TypeVar("AlongT", bound=Thing)


@dataclass
class Opened(Generic[T]):
    """A thing and others that stand on its page: the gate is asked once for all of them, and they are noted together (P2)."""

    thing: T
    along: tuple[Thing | None, ...] = ()
    state_now: str = ""
    worn: dict[UUID, frozenset[Hat]] = field(default_factory=dict)
    """What the one who opened it is to each of them."""

    @property
    def all(self) -> list[Thing]:
        """Everything that is opened here."""
        return [self.thing, *(thing for thing in self.along if thing is not None)]

    @property
    def hats(self) -> frozenset[Hat] | None:
        """What the one who opened it is to the thing itself; None when no door asked."""
        return self.worn.get(self.thing.pk)

    def other(self, model: type[AlongT]) -> AlongT | None:
        """Return the other thing of one kind that this person may read along, if any."""
        return next((thing for thing in self.along if isinstance(thing, model)), None)

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """Return what this person is to the thing; what they are to the others is asked in the same question."""
        self.worn = gate.hats_to_each(self.all, person, at)
        return self.worn[self.thing.pk]

    def note_look(self, by: Person, hats: frozenset[Hat], at: datetime) -> None:
        """Leave a look on each, before the words leave."""
        gate.note_looks(self.all, by, at, worn=self.worn)
