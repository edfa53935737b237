"""Through whose eyes a page is made: one's own, or, for an example, those of somebody one shares with (C9).

Nobody becomes somebody else (V25): whoever asks stays the one who asks. An example is made by the very same queries as the
page itself, with the other one as their reader, and of what they find only that is left which the one who asks may read too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.urls import reverse

from klimtouw.access.decide import LINE_OF
from klimtouw.access.table import Action
from klimtouw.belongings import gate
from klimtouw.belongings.models import Thing
from klimtouw.people.models import Person

T = TypeVar("T", bound=Thing)


@dataclass(frozen=True)
class Eyes:
    """Whoever a page is made for, at one moment; in an example also who asks for it, and in which relation."""

    reader: Person
    at: datetime
    asker: Person | None = None
    relation_id: UUID | None = None

    @property
    def is_example(self) -> bool:
        """Whether somebody else asks than the one who would read it."""
        return self.asker is not None

    def read_by_both(self, things: Iterable[T]) -> list[T]:
        """Leave out what the one who asks may not read; one's own page keeps all. At most one query."""
        things = list(things)
        if self.asker is None:
            return things
        worn = gate.hats_to_each(things, self.asker, self.at)
        return [thing for thing in things if worn[thing.pk] & LINE_OF[Action.READ].hats]

    def address_of(self, thing: Thing) -> str:
        """Return where a thing is opened: inside an example one stays inside it."""
        own = str(thing.get_absolute_url())  # type: ignore[attr-defined]  # every kind that is linked to has one
        if not self.is_example:
            return own
        example = reverse("climb:preview_thing", args=[self.relation_id, thing.whole_id or thing.pk])
        return example + "".join(own.partition("#")[1:])
