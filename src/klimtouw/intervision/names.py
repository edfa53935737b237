"""How somebody is called in a room and on a beamer: a first name, whatever was typed as a name."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from klimtouw.foundation.text import name_to_greet_with, on_one_line
from klimtouw.people.models import Person

LONGEST = 20
MARKS_PER_LETTER = 2
"""More accents than any alphabet stacks on a letter climb over the lines above and below."""
NOBODY = "…"


def first_names(people: Iterable[Person]) -> dict[UUID, str]:
    """Return per person the first name, and more of the name where two are called the same."""
    people = list(people)
    short = {person.pk: calm(name_to_greet_with(_given(person))) for person in people}
    called = Counter(short.values())
    return {
        person.pk: short[person.pk] if called[short[person.pk]] == 1 else calm(_given(person))
        for person in people
    }


def calm(name: str) -> str:
    """Return a name that stays in its place: no signs that turn or hide text, few accents, one line, twenty characters."""
    kept: list[str] = []
    marks = 0
    for sign in unicodedata.normalize("NFC", on_one_line(name)):
        kind = unicodedata.category(sign)
        marks = marks + 1 if kind.startswith("M") else 0
        if kind.startswith("C") or marks > MARKS_PER_LETTER or (marks and not kept):
            continue
        kept.append(sign)
    text = " ".join("".join(kept).split())
    if len(text) > LONGEST:
        text = text[: LONGEST - 1].rstrip() + "…"
    return text if any(sign.isalnum() for sign in text) else NOBODY


def _given(person: Person) -> str:
    """Return the name somebody gave; of an address on a wall no more than its first word."""
    if person.display_name or person.is_erased:
        return person.name
    return re.split(r"[._+\d-]", person.name, maxsplit=1)[0].title()
