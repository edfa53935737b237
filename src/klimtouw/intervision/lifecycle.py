"""How a room moves: every state, every event and whose move it is, as data. The phases inside a meeting stand in `methods.py`."""

from dataclasses import dataclass
from enum import StrEnum

from klimtouw.intervision.choices import RoomState
from klimtouw.intervision.methods import METHODS

GONE = "gone"
"""The rows are erased and their key is destroyed; nothing tells that there was a room."""


class Event(StrEnum):
    """What can happen to a room."""

    BEGIN = "begin"
    NEXT = "next"
    BACK = "back"
    LONGER = "longer"
    FINISH = "finish"
    STOP = "stop"
    KEEP = "keep"
    EMPTY = "empty"
    EXPIRE = "expire"


@dataclass(frozen=True)
class Move:
    """In one state, an event leads to another state; `whose` says who can make it happen."""

    start: str
    event: Event
    end: str
    whose: str


MOVES: tuple[Move, ...] = (
    Move(RoomState.GATHERING, Event.BEGIN, RoomState.MEETING, "guide"),
    Move(RoomState.GATHERING, Event.STOP, GONE, "presenter or guide"),
    Move(RoomState.GATHERING, Event.EMPTY, GONE, "whoever leaves last"),
    Move(RoomState.GATHERING, Event.EXPIRE, GONE, "clock"),
    Move(RoomState.MEETING, Event.NEXT, RoomState.MEETING, "guide"),
    Move(RoomState.MEETING, Event.BACK, RoomState.MEETING, "guide"),
    Move(RoomState.MEETING, Event.LONGER, RoomState.MEETING, "guide"),
    Move(RoomState.MEETING, Event.FINISH, RoomState.CHOOSING, "guide"),
    Move(RoomState.MEETING, Event.STOP, RoomState.CHOOSING, "presenter or guide"),
    Move(RoomState.MEETING, Event.EXPIRE, GONE, "clock"),
    Move(RoomState.CHOOSING, Event.KEEP, GONE, "presenter"),
    Move(RoomState.CHOOSING, Event.EXPIRE, GONE, "clock"),
)

_END_OF = {(move.start, move.event): move.end for move in MOVES}


class NoSuchMove(Exception):
    """This event cannot happen in this state."""


def after(state: str, event: Event) -> str:
    """Return the state an event leads to; raise `NoSuchMove` when it cannot happen here."""
    try:
        return _END_OF[state, event]
    except KeyError:
        raise NoSuchMove(f"{event} in {state}") from None


def as_markdown() -> str:
    """Return `docs/states-of-intervision.md`: the table of moves, and the phases of each method."""
    lines = [
        "# States of an intervision room",
        "",
        "Generated from `intervision/lifecycle.py` and `intervision/methods.py` by `make docs`; do not edit.",
        "",
        "| in | when | to | whose move |",
        "|---|---|---|---|",
        *(f"| {move.start} | {move.event} | {move.end} | {move.whose} |" for move in MOVES),
    ]
    for method in METHODS.values():
        lines += [
            "",
            f"## Phases of {method.key}",
            "",
            "| phase | minutes | may be written, by whom | silent |",
            "|---|---|---|---|",
        ]
        for phase in method.phases:
            written = "; ".join(f"{one.kind} ({', '.join(sorted(one.writers))})" for one in phase.inputs)
            lines.append(
                f"| {phase.key} | {phase.minutes} | {written} | {'yes' if phase.is_silent else ''} |"
            )
    return "\n".join([*lines, ""])
