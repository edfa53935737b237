"""Read who is open for a new match: one's own, and the names for the desk (R5, B4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from klimtouw.people.models import Person
from klimtouw.programmes.choices import MembershipHat
from klimtouw.programmes.models import OpenToMatch, Programme


@dataclass(frozen=True)
class MyMatch:
    """A programme of somebody, and whether they are open for a new match there."""

    programme: Programme
    is_open: bool


def matches_of(person: Person) -> list[MyMatch]:
    """Return the programmes in which somebody learns, by name; two queries."""
    mine = Programme.objects.filter(memberships__person=person, memberships__hat=MembershipHat.LEARNER)
    is_open = set(OpenToMatch.objects.filter(person=person).values_list("programme", flat=True))
    programmes = mine.select_related("institution").distinct().order_by("name", "pk")
    return [MyMatch(programme, programme.pk in is_open) for programme in programmes]


def open_in(programme: Programme, *, but: Iterable[UUID] = ()) -> list[str]:
    """Return who is open for a new match in a programme: names in the order of the alphabet; one query.

    `but`: whom the asker coaches. To them is promised that their coach does not see it, also not one who coordinates (R5, V9).
    """
    rows = OpenToMatch.objects.filter(programme=programme, person__is_active=True).exclude(person__in=but)
    rows = rows.select_related("person")
    return sorted((row.person.name for row in rows), key=str.casefold)
