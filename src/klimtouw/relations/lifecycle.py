"""How a relation moves: every state, every event and whose move it is, as data."""

from dataclasses import dataclass
from enum import StrEnum

from klimtouw.relations.choices import State

INVITED = "invited"
GONE = "gone"
"""The invitation is erased; nothing remains on either person (V8, V9)."""


class Event(StrEnum):
    """What can happen to a relation."""

    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    HOLD_FIRST_TALK = "hold_first_talk"
    BOTH_YES = "both_yes"
    ANY_NO = "any_no"
    BOTH_SIGN = "both_sign"
    PAUSE = "pause"
    RESUME = "resume"
    RENEW = "renew"
    COMPLETE = "complete"
    END_DATE = "end_date"
    LEAVE = "leave"


@dataclass(frozen=True)
class Move:
    """In one state, an event leads to another state; `whose` says who can make it happen."""

    start: str
    event: Event
    end: str
    whose: str


MOVES: tuple[Move, ...] = (
    Move(INVITED, Event.ACCEPT, State.ACQUAINTING, "invitee"),
    Move(INVITED, Event.DECLINE, GONE, "invitee"),
    Move(INVITED, Event.WITHDRAW, GONE, "inviter"),
    Move(INVITED, Event.EXPIRE, GONE, "clock"),
    Move(State.ACQUAINTING, Event.HOLD_FIRST_TALK, State.CLICKING, "either"),
    Move(State.ACQUAINTING, Event.LEAVE, State.NOT_STARTED, "either"),
    Move(State.CLICKING, Event.BOTH_YES, State.CONTRACTING, "both"),
    Move(State.CLICKING, Event.ANY_NO, State.NOT_STARTED, "both"),
    Move(State.CLICKING, Event.LEAVE, State.NOT_STARTED, "either"),
    Move(State.CONTRACTING, Event.BOTH_SIGN, State.RUNNING, "both"),
    Move(State.CONTRACTING, Event.LEAVE, State.STOPPED, "either"),
    Move(State.RUNNING, Event.RENEW, State.RUNNING, "both"),
    Move(State.RUNNING, Event.PAUSE, State.PAUSED, "either"),
    Move(State.RUNNING, Event.COMPLETE, State.COMPLETED, "either"),
    Move(State.RUNNING, Event.END_DATE, State.COMPLETED, "clock"),
    Move(State.RUNNING, Event.LEAVE, State.STOPPED, "either"),
    Move(State.PAUSED, Event.RENEW, State.PAUSED, "both"),
    Move(State.PAUSED, Event.RESUME, State.RUNNING, "either"),
    Move(State.PAUSED, Event.COMPLETE, State.COMPLETED, "either"),
    Move(State.PAUSED, Event.END_DATE, State.COMPLETED, "clock"),
    Move(State.PAUSED, Event.LEAVE, State.STOPPED, "either"),
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
    """Return `docs/states.md`: the table of moves."""
    head = [
        "# States of a relation",
        "",
        "Generated from `relations/lifecycle.py` by `make docs`; do not edit.",
        "",
    ]
    table = ["| in | when | to | whose move |", "|---|---|---|---|"]
    table += [f"| {move.start} | {move.event} | {move.end} | {move.whose} |" for move in MOVES]
    return "\n".join([*head, *table, ""])
