"""What a coordinator's desk shows: names, states and counts, never what anybody wrote (B4)."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from klimtouw.people.models import Person
from klimtouw.programmes.matching.queries import open_in
from klimtouw.programmes.models import Programme
from klimtouw.programmes.proposals.queries import Proposed, proposals_in
from klimtouw.relations.choices import State
from klimtouw.relations.states import RelationState, coached_by, states_in

SMALLEST_SHOWN = 5
"""Smaller counts are not shown: a small number points at people (B4)."""


@dataclass(frozen=True)
class Desk:
    """One programme as its coordinator sees it."""

    programme: Programme
    relations: list[RelationState]
    counts: list[tuple[str, str]]
    proposals: list[Proposed]
    open_to_match: list[str]
    """Who is open for a new match: names alone (R5)."""


def desk_of(programme: Programme, person: Person) -> Desk:
    """Return the desk of a programme for who coordinates it; four queries, however many stand on it."""
    relations = states_in(programme)
    in_state = Counter(relation.state for relation in relations)
    counts = [(str(state.label), count_in_words(in_state[state])) for state in State if in_state[state]]
    return Desk(
        programme=programme,
        relations=relations,
        counts=counts,
        proposals=proposals_in(programme),
        open_to_match=open_in(programme, but=coached_by(person)),
    )


def count_in_words(count: int) -> str:
    """Return a count, or only that it is small."""
    return (
        str(count) if count >= SMALLEST_SHOWN else _("fewer than %(smallest)s") % {"smallest": SMALLEST_SHOWN}
    )
