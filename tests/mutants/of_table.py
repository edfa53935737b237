"""Faults in the policy table: a hat too few, a hat too many, a state too few, a state too many."""

from collections.abc import Iterator

from klimtouw.access.decide import LINE_OF
from klimtouw.access.table import Hat, Line
from klimtouw.relations.choices import State
from tests.mutants.mutant import Mutant

WEARERS: dict[Hat, frozenset[str]] = {
    Hat.OWNER: frozenset({"noor", "bram"}),
    Hat.COACHEE: frozenset({"noor"}),
    Hat.COACHEE_ONCE_SHARED: frozenset({"noor"}),
    Hat.COACH: frozenset({"bram"}),
    Hat.COACH_ONCE_SHARED: frozenset({"bram"}),
    Hat.INVITER: frozenset({"bram"}),
    Hat.INVITEE: frozenset({"vera"}),
    Hat.COORDINATOR: frozenset({"vera"}),
    Hat.ADMINISTRATOR: frozenset({"ines"}),
}
"""Who of the cast wears a hat somewhere; nobody wears the others yet."""
WORN_TOGETHER = (
    {Hat.OWNER, Hat.COACH_ONCE_SHARED, Hat.COACHEE_ONCE_SHARED},
    {Hat.COACHEE, Hat.COACH},
    {Hat.INVITER, Hat.INVITEE},
    {Hat.COORDINATOR, Hat.ADMINISTRATOR},
)
"""Hats of one sort of thing: a hat of another sort opens nothing there, so no page can show that it was added."""


def mutants() -> Iterator[Mutant]:
    """Return every fault of one hat or one state in one line."""
    for line in LINE_OF.values():
        for hat in Hat:
            yield _changed(
                line, "hats", line.hats ^ {hat}, f"{_more(hat in line.hats)} hat {hat}", _shown(line, hat)
            )
        if not line.when:
            yield _changed(line, "when", frozenset({State.PAUSED}), "only in a pause", _wearers(line))
            continue
        yield _changed(line, "when", frozenset(), "in every state", _wearers(line))
        for state in State:
            fault = f"{_more(state in line.when)} state {state}"
            yield _changed(line, "when", line.when ^ {str(state)}, fault, _wearers(line))


def _more(is_there: bool) -> str:
    return "without" if is_there else "with"


def _changed(line: Line, field: str, value: frozenset[str], fault: str, who: frozenset[str]) -> Mutant:
    # A line is frozen; changed in its place, everything that holds it sees the fault.
    return Mutant(
        f"table {line.action}", fault, lambda: object.__setattr__(line, field, value), line.action, who
    )


def _shown(line: Line, hat: Hat) -> frozenset[str]:
    is_of_this_sort = any(hat in sort and line.hats & sort for sort in WORN_TOGETHER)
    return WEARERS.get(hat, frozenset()) if is_of_this_sort else frozenset()


def _wearers(line: Line) -> frozenset[str]:
    return frozenset(who for hat in line.hats for who in WEARERS.get(hat, ()))
