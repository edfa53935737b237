"""The only decider: may this person do this to this thing, now?"""

from datetime import datetime
from typing import Protocol

from klimtouw.access.table import TABLE, Action, Hat, Line

LINE_OF: dict[Action, Line] = {line.action: line for line in TABLE}


class Somebody(Protocol):
    """Whoever asks; a signed-out visitor wears no hat."""

    @property
    def is_authenticated(self) -> bool: ...


class Guarded(Protocol):
    """A thing that can say which hats a person wears to it, and in which state it is."""

    @property
    def state_now(self) -> str: ...

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]: ...


class Denied(Exception):
    """Say that no line of the policy opens this action here."""


def opening_hats(person: Somebody, action: Action, thing: Guarded, at: datetime) -> frozenset[Hat]:
    """Return the hats through which this person may do this now; an empty set means no."""
    line = LINE_OF[action]
    if not person.is_authenticated:
        return frozenset()
    if line.when and thing.state_now not in line.when:
        return frozenset()
    return line.hats & thing.hats_of(person, at)


def may(person: Somebody, action: Action, thing: Guarded, at: datetime) -> bool:
    """Return whether this person may do this to this thing at this moment."""
    return bool(opening_hats(person, action, thing, at))


def demand(person: Somebody, action: Action, thing: Guarded, at: datetime) -> None:
    """Raise `Denied` unless this person may do this now; every action starts with it."""
    if not may(person, action, thing, at):
        raise Denied(f"no line opens {action} here")
