"""Say what would change, before anything does: a new draft beside the version that is there."""

from dataclasses import dataclass, field
from typing import Any

from klimtouw.programmes.frameworks.shapes import Goal
from klimtouw.programmes.frameworks.tree import Placed

SHOWN = 10
Was = tuple[str, str, str, str]
"""Of a goal that is there: its code, its statement, its language, and the identifier it stands under."""


@dataclass
class Findings:
    """How many goals come, change, leave and stay, and the first of each by name."""

    new: int = 0
    changed: int = 0
    leaving: int = 0
    same: int = 0
    is_reordered: bool = False
    named: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def note(self, what: str, **words: str) -> None:
        """Count one, and keep the first ones to show."""
        setattr(self, what, getattr(self, what) + 1)
        shown = self.named.setdefault(what, [])
        if len(shown) < SHOWN:
            shown.append(words)

    @property
    def changes_nothing(self) -> bool:
        """Whether the file says what is there already."""
        return not (self.new or self.changed or self.leaving or self.is_reordered)

    def as_data(self) -> dict[str, Any]:
        """Return it as it is kept beside the file."""
        return {**vars(self), "changes_nothing": self.changes_nothing}


def compare(before: dict[str, Was], order: list[str], placed: list[Placed]) -> Findings:
    """Lay a draft beside what is there: `before` by identifier, and the `order` it stands in."""
    findings = Findings()
    for one in placed:
        goal, was = one.goal, before.get(one.goal.identifier)
        if was is None:
            findings.note("new", code=goal.code, statement=goal.statement)
        elif was != as_was(goal):
            findings.note("changed", code=goal.code, statement=goal.statement, was=was[1])
        else:
            findings.same += 1
    coming = {one.goal.identifier for one in placed}
    for identifier in order:
        if identifier not in coming:
            findings.note("leaving", code=before[identifier][0], statement=before[identifier][1])
    stay = [one.goal.identifier for one in placed if one.goal.identifier in before]
    findings.is_reordered = stay != [identifier for identifier in order if identifier in coming]
    return findings


def as_was(goal: Goal) -> Was:
    """Return a goal of a draft in the form of one that is there."""
    return goal.code, goal.statement, goal.language, goal.parent
