"""Practice talks: branching stories with coachees of our own making, as they stand in `practice/<key>.toml` (T8).

A talk is nodes and ways between them. A node without choices is an ending. What a reader chose is a row of letters, one per
choice ("acb"): it lives in the address of the page, and is kept nowhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from klimtouw.growth.choices import Manner
from klimtouw.growth.texts.wording import (
    Fault,
    Table,
    Wording,
    maybe_wording,
    named_tables,
    one_of,
    only,
    tables,
    wording,
)

LETTERS = "abcdef"
FEWEST_NODES, FEWEST_ENDINGS = 8, 3


@dataclass(frozen=True)
class Choice:
    """One thing a coach could say or do at a node, and where it leads."""

    letter: str
    say: Wording
    manner: Manner
    role: str
    note: Wording
    to: str

    @property
    def is_silence(self) -> bool:
        """Whether nothing is said: then `say` tells what one does."""
        return self.manner == Manner.SILENCE


@dataclass(frozen=True)
class Node:
    """A moment in a talk: what one sees, what the coachee says (nothing: silence), and what one could do."""

    key: str
    scene: Wording
    says: Wording
    choices: tuple[Choice, ...]
    look_back: Wording

    @property
    def is_ending(self) -> bool:
        """Whether the talk ends here."""
        return not self.choices


@dataclass(frozen=True)
class Turn:
    """A moment that was, and what the reader chose there; `way` leads back to just before it."""

    node: Node
    chosen: Choice
    way: str


@dataclass(frozen=True)
class Walk:
    """A way through a practice talk, as far as it goes."""

    turns: tuple[Turn, ...]
    here: Node
    way: str


@dataclass(frozen=True)
class PracticeTalk:
    """One practice talk."""

    key: str
    order: int
    name: str
    title: Wording
    about: Wording
    begin: str
    nodes: dict[str, Node]

    def walk(self, way: str) -> Walk:
        """Follow a row of letters; what leads nowhere is left out, with all that comes after."""
        here, turns, walked = self.nodes[self.begin], [], ""
        for letter in way:
            chosen = next((choice for choice in here.choices if choice.letter == letter), None)
            if chosen is None:
                break
            turns.append(Turn(here, chosen, walked))
            here, walked = self.nodes[chosen.to], walked + letter
        return Walk(tuple(turns), here, walked)

    @cached_property
    def texts(self) -> tuple[Wording, ...]:
        """Everything one could read in it."""
        found = [self.title, self.about]
        for node in self.nodes.values():
            found += [node.scene, node.says, node.look_back]
            found += [text for choice in node.choices for text in (choice.say, choice.note)]
        return tuple(text for text in found if text)

    @property
    def endings(self) -> list[str]:
        """The nodes at which it ends."""
        return [key for key, node in self.nodes.items() if node.is_ending]


def practice_talk(key: str, table: Table) -> PracticeTalk:
    """Read one practice talk, and see that every way through it ends well. Raises `Fault`."""
    only(table, "order", "name", "title", "about", "begin", "nodes")
    order, name = table.get("order"), table.get("name")
    if not isinstance(order, int) or not isinstance(name, str):
        raise Fault("“order” is a number, and “name” how the coachee is called")
    found = PracticeTalk(
        key=key,
        order=order,
        name=name,
        title=wording(table, "title"),
        about=wording(table, "about"),
        begin=str(table.get("begin", "")),
        nodes={key: _node(key, one) for key, one in named_tables(table, "nodes").items()},
    )
    for fault in faults_of(found):
        raise Fault(fault)
    return found


def _node(key: str, table: Table) -> Node:
    only(table, "scene", "says", "choices", "look_back")
    choices = tuple(_choice(key, *one) for one in zip(LETTERS, tables(table, "choices"), strict=False))
    scene, says = maybe_wording(table, "scene"), maybe_wording(table, "says")
    look_back = maybe_wording(table, "look_back")
    if not scene and not says:
        raise Fault(f"at “{key}” nothing is seen and nothing is said")
    if bool(choices) == bool(look_back):
        raise Fault(f"“{key}” needs either choices, or a look_back because the talk ends there")
    return Node(key, scene, says, choices, look_back)


def _choice(node: str, letter: str, table: Table) -> Choice:
    only(table, "say", "manner", "role", "note", "to")
    try:
        return Choice(
            letter=letter,
            say=wording(table, "say"),
            manner=Manner(one_of(table, "manner", Manner.values)),
            role=str(table.get("role", "")),
            note=wording(table, "note"),
            to=str(table.get("to", "")),
        )
    except Fault as fault:
        raise Fault(f"choice {letter} at “{node}”: {fault}") from fault


def faults_of(talk: PracticeTalk) -> Iterator[str]:
    """Return what is not right about the ways through a talk: nowhere to go, never reached, round in circles, too thin."""
    if talk.begin not in talk.nodes:
        yield f"“begin” names {talk.begin!r}, which is no node"
        return
    for node in talk.nodes.values():
        for choice in node.choices:
            if choice.to not in talk.nodes:
                yield f"choice {choice.letter} at “{node.key}” leads to {choice.to!r}, which is no node"
                return
        if len(node.choices) == 1:
            yield f"at “{node.key}” there is nothing to choose"
    yield from _faults_of_the_whole(talk)


def _faults_of_the_whole(talk: PracticeTalk) -> Iterator[str]:
    if lonely := sorted(set(talk.nodes) - _reached(talk)):
        yield f"nobody comes by “{lonely[0]}”"
    if _goes_round(talk, talk.begin, ()):
        yield "a way goes round in a circle; every way must end"
    if len(talk.nodes) < FEWEST_NODES or len(talk.endings) < FEWEST_ENDINGS:
        yield f"a talk has at least {FEWEST_NODES} nodes and {FEWEST_ENDINGS} endings"
    if not any(choice.is_silence for node in talk.nodes.values() for choice in node.choices):
        yield "nowhere can one be silent"


def _reached(talk: PracticeTalk) -> set[str]:
    reached, ahead = set(), [talk.begin]
    while ahead:
        key = ahead.pop()
        if key not in reached:
            reached.add(key)
            ahead += [choice.to for choice in talk.nodes[key].choices]
    return reached


def _goes_round(talk: PracticeTalk, key: str, before: tuple[str, ...]) -> bool:
    if key in before:
        return True
    return any(_goes_round(talk, choice.to, (*before, key)) for choice in talk.nodes[key].choices)
