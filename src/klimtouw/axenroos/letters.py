"""Short letters for the marks in a rose: initials, and more of the name where two people would have the same."""

from collections import Counter
from collections.abc import Callable, Iterable
from uuid import UUID

from klimtouw.climb.mountain.lettering import clean, clusters
from klimtouw.people.models import Person

MOST = 2
"""How many letters stand in a mark."""


def letters_of(people: Iterable[Person]) -> dict[UUID, str]:
    """Return one or two letters per person, no two the same; always the same ones for the same people."""
    people = sorted(people, key=lambda person: (person.name.lower(), person.pk))
    found = {person.pk: person.initials for person in people}
    for longer in (_begin_of_name, _first_and_last):
        found = _told_apart(people, found, longer)
    doubles, taken = _doubles(found), set[str]()
    for person in people:
        letters, number = found[person.pk], 1
        while found[person.pk] in doubles and letters in taken | doubles:
            number += 1
            letters = f"{''.join(clusters(found[person.pk])[:1])}{number}"
        found[person.pk] = letters
        taken.add(letters)
    return found


def _told_apart(
    people: Iterable[Person], found: dict[UUID, str], longer: Callable[[Person], str]
) -> dict[UUID, str]:
    doubles = _doubles(found)
    return {
        person.pk: longer(person) if found[person.pk] in doubles else found[person.pk] for person in people
    }


def _doubles(found: dict[UUID, str]) -> set[str]:
    return {letters for letters, times in Counter(found.values()).items() if times > 1}


def _begin_of_name(person: Person) -> str:
    return "".join(clusters(clean(person.name))[:MOST]) or person.initials


def _first_and_last(person: Person) -> str:
    signs = clusters(clean(person.name).replace(" ", ""))
    return "".join((*signs[:1], *signs[-1:])) if len(signs) > 1 else person.initials
