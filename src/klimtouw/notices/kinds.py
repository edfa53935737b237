"""The kinds of things to tell. A package says beside its letters what each of its kinds reads, at the moment of sending.

    @kind("talk_proposed", Topic.TALKS)
    def TALK_PROPOSED(to: Person, at: datetime, about: UUID) -> Line | None:
        ...ask the policy, and return None when it is no longer so...

What is returned is written in the language of the reader, which is active then. It says who is concerned and what there is
to do, and never what somebody wrote.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from klimtouw.notices.choices import Topic
from klimtouw.people.models import Person


@dataclass(frozen=True)
class Link:
    """An address of Klimtouw, with the words one presses."""

    words: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """What one thing to tell reads: a sentence or two, and what one can do about it."""

    text: str
    links: tuple[Link, ...] = ()
    whom: str = ""
    """The name of the other one in the relation; things with one person stand together under it."""
    subject: str = ""
    """For a mail of its own: what stands above it. Nothing private: it is read on a locked screen."""


Say = Callable[[Person, datetime, UUID], Line | None]


@dataclass(frozen=True)
class Kind:
    """One kind of thing to tell, what it is about, and what it reads."""

    name: str
    topic: Topic
    say: Say


KINDS: dict[str, Kind] = {}


def kind(name: str, topic: Topic) -> Callable[[Say], Kind]:
    """Make a kind of thing to tell out of what it reads."""

    def made(say: Say) -> Kind:
        KINDS[name] = Kind(name, topic, say)
        return KINDS[name]

    return made


NamesOf = Callable[[Person, datetime], Mapping[UUID, str]]
_names: list[NamesOf] = []


def names_relations(names: NamesOf) -> NamesOf:
    """Let a package say with whom somebody is in a relation, for the page on which one chooses what to hear."""
    _names.append(names)
    return names


def relations_of(person: Person, at: datetime) -> dict[UUID, str]:
    """Return the relations of a person, by the name of the other."""
    return {key: name for names in _names for key, name in names(person, at).items()}
