"""What exists about a relation that the coachee may know of and never read (T9)."""

from typing import Any

from klimtouw.belongings.queries import kinds
from klimtouw.people.models import Person
from klimtouw.people.second_lock import the_house
from klimtouw.relations.choices import Side
from klimtouw.relations.models import Relation


def said_to_exist(relation: Relation, reader: Person) -> list[str]:
    """Return, to the coachee, a sentence per kind of note the coach keeps here; one query per such kind, none for the coach.

    A kind says so itself (`SAID_TO_EXIST`), also one of a package above this one. Only that there is one is asked, not what it says.
    """
    if relation.side_of(reader) == Side.COACH:
        return []
    every: list[Any] = list(
        kinds().values()
    )  # also of packages above: mypy does not see their field `relation`
    with the_house():  # a page of the coachee does not see the row
        found = [
            kind.SAID_TO_EXIST
            for kind in every
            if hasattr(kind, "SAID_TO_EXIST") and kind.objects.kept().filter(relation=relation).exists()
        ]
    return [str(sentence) % {"name": relation.coach.name} for sentence in found]
