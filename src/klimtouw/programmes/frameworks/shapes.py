"""What is read from a file before anything is kept: plain Python, the same for every kind of file."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from klimtouw.foundation.text import on_one_line
from klimtouw.programmes.frameworks.choices import Fault, Remark

MOST_GOALS = 250_000
MOST_LEVELS = 30
MOST_FAULTS = 20
LONGEST_STATEMENT = 5_000

Progress = Callable[[int], None]


@dataclass(slots=True)
class Goal:
    """A goal as a file words it, and where it stands there: a line, or the how-manieth item."""

    place: int
    identifier: str
    code: str
    statement: str
    language: str
    parent: str = ""


@dataclass(frozen=True)
class Problem:
    """One thing that stops a file: what, where, and the words to name it."""

    fault: Fault
    place: int = 0
    what: str = ""
    other: str = ""

    def as_data(self) -> dict[str, Any]:
        """Return it as it is kept beside the file."""
        return {"fault": str(self.fault), "place": self.place, "what": self.what, "other": self.other}


class CannotBeRead(Exception):
    """The file stops here: nothing after this place can be understood."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.fault)
        self.problem = problem


@dataclass
class Draft:
    """A framework as a file holds it."""

    title: str = ""
    source: str = ""
    label: str = ""
    credit: str = ""
    goals: list[Goal] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    number_of_problems: int = 0
    remarks: dict[Remark, int] = field(default_factory=dict)

    def object(self, fault: Fault, place: int = 0, what: str = "", other: object = "") -> None:
        """Note a problem; the first ones in full, of all only how many."""
        self.number_of_problems += 1
        if len(self.problems) < MOST_FAULTS:
            self.problems.append(Problem(fault, place, what[:120], str(other)))

    def remark(self, remark: Remark) -> None:
        """Count something that does not stop the file."""
        self.remarks[remark] = self.remarks.get(remark, 0) + 1

    @property
    def is_refused(self) -> bool:
        """Whether something stops it."""
        return self.number_of_problems > 0


def clean(text: str) -> str:
    """Return a text of a file as it can be kept: one line, in one form of Unicode, nothing that no database takes."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return on_one_line(text.encode("utf-8", "replace").decode("utf-8"))


def judge(draft: Draft, longest: Iterable[tuple[str, int]]) -> None:
    """Look at every goal by itself and at its identifier beside those of the others."""
    lengths = tuple(longest)
    first: dict[str, int] = {}
    for goal in sorted(draft.goals, key=lambda goal: goal.place):
        if not goal.identifier:
            draft.object(Fault.NO_IDENTIFIER, goal.place)
        elif goal.identifier in first:
            draft.object(Fault.IDENTIFIER_TWICE, goal.place, goal.identifier, first[goal.identifier])
        else:
            first[goal.identifier] = goal.place
        if not goal.statement:
            draft.object(Fault.NO_STATEMENT, goal.place)
        for name, most in lengths:
            if len(getattr(goal, name)) > most:
                draft.object(Fault.TOO_LONG, goal.place, getattr(goal, name)[:60], most)
    if not draft.goals and not draft.problems:
        draft.object(Fault.NO_GOALS)
