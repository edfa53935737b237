"""What goes when somebody leaves a circle, or the circle ends: the packages above say here what of theirs does, in a module of their own named `when_leaving`."""

from collections.abc import Callable
from datetime import datetime

from klimtouw.circles.models import Circle
from klimtouw.people.models import Person

WhenLeaving = Callable[[Circle, Person | None, datetime], None]
_when_leaving: list[WhenLeaving] = []


def also_goes(act: WhenLeaving) -> WhenLeaving:
    """Let something be done whenever somebody leaves a circle, in the same transaction; nobody (None) means: all of them, it ends."""
    _when_leaving.append(act)
    return act


def let_go_of_what_goes_with(circle: Circle, person: Person | None, at: datetime) -> None:
    """Do all of it. Whoever calls this holds the circle, and looks through the whole house."""
    for act in _when_leaving:
        act(circle, person, at)
