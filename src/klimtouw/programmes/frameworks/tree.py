"""Put goals in the order of their tree, and find what is no tree."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from klimtouw.programmes.frameworks.choices import Fault
from klimtouw.programmes.frameworks.shapes import MOST_LEVELS, Draft, Goal

NAMED_IN_A_CIRCLE = 5


@dataclass(frozen=True, slots=True)
class Placed:
    """A goal at its place: its number from top to bottom, the number it stands under, and all numbers above it."""

    goal: Goal
    number: int
    under: int | None
    above: str
    has_more: bool


def in_order(draft: Draft) -> Iterator[Placed]:
    """Go through the tree from top to bottom; siblings in the order of the draft. Judge it first."""
    children = _children(draft)
    waiting = [(goal, None, "") for goal in reversed(children[""])]  # type: list[tuple[Goal, int | None, str]]
    number = 0
    while waiting:
        goal, under, above = waiting.pop()
        below = children.get(goal.identifier, ())
        yield Placed(goal, number, under, above, bool(below))
        deeper = f"{above} {number}".strip()
        waiting += [(child, number, deeper) for child in reversed(below)]
        number += 1


def judge_tree(draft: Draft) -> None:
    """Note goals that stand under each other in a circle, or too deep."""
    children = _children(draft)
    level, depth, seen = children[""], 1, set[str]()
    while level:
        if depth > MOST_LEVELS:
            draft.object(Fault.TOO_DEEP, level[0].place, level[0].identifier, MOST_LEVELS)
            return
        seen.update(goal.identifier for goal in level)
        level = [child for goal in level for child in children.get(goal.identifier, ())]
        depth += 1
    parents = {goal.identifier: goal for goal in draft.goals if goal.identifier not in seen}
    while parents:
        circle = _circle_from(next(iter(parents)), parents)
        names = " → ".join(goal.identifier for goal in circle[:NAMED_IN_A_CIRCLE])
        more = " → …" if len(circle) > NAMED_IN_A_CIRCLE else ""
        draft.object(Fault.CYCLE, circle[0].place, names + more)
        _leave_out(circle, parents, children)


def _circle_from(start: str, parents: dict[str, Goal]) -> list[Goal]:
    """Climb from parent to parent until one comes a second time."""
    path: dict[str, Goal] = {}
    here = start
    while here not in path:
        path[here] = parents[here]
        here = parents[here].parent
    names = list(path)
    return [path[name] for name in names[names.index(here) :]]


def _leave_out(circle: list[Goal], parents: dict[str, Goal], children: dict[str, list[Goal]]) -> None:
    """Forget a circle with all that hangs under it."""
    waiting = [goal.identifier for goal in circle]
    while waiting:
        name = waiting.pop()
        if parents.pop(name, None):
            waiting += [child.identifier for child in children.get(name, ())]


def _children(draft: Draft) -> dict[str, list[Goal]]:
    children: defaultdict[str, list[Goal]] = defaultdict(list)
    for goal in draft.goals:
        children[goal.parent].append(goal)
    return children
