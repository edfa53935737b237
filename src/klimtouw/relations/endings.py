"""What ends with a relation: the packages above say here what of theirs does, in a module of their own named `at_the_end`."""

from collections.abc import Callable
from datetime import datetime

from klimtouw.relations.models import Relation

AtTheEnd = Callable[[Relation, datetime], None]
_at_the_end: list[AtTheEnd] = []


def also_ends(act: AtTheEnd) -> AtTheEnd:
    """Let something be done whenever a relation ends, in the same transaction, however it ends."""
    _at_the_end.append(act)
    return act


def end_what_goes_with(relation: Relation, at: datetime) -> None:
    """Do all of it. Whoever calls this holds the relation, and has written down its end."""
    for act in _at_the_end:
        act(relation, at)
