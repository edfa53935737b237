"""Every change about talks: one file per noun."""

from klimtouw.talks.actions.afterwards import give_sentence, write_impression, write_takeaway
from klimtouw.talks.actions.card import reword_line, write_line
from klimtouw.talks.actions.habits import (
    choose_habits,
    forget_habits_of,
    make_calendar_address,
    stop_calendar_address,
)
from klimtouw.talks.actions.hours import (
    add_free_hours,
    hide_free_hours,
    let_free_hours_last,
    show_free_hours,
    take_free_hours_away,
    tell_of_ending_free_hours,
)
from klimtouw.talks.actions.overtaken import (
    MomentIsAfterTheEnd,
    MomentIsGone,
    MomentIsPast,
    NothingToShareOnto,
    NotYetBegun,
    Overtaken,
    OwnProposal,
    WasCancelled,
    held_tight,
)
from klimtouw.talks.actions.planning import (
    cancel_talk,
    choose_moment,
    mark_talk_held,
    propose_other_moments,
    propose_talk,
)
from klimtouw.talks.actions.sharing import keep_to_oneself, share_with_other, take_away

__all__ = [
    "MomentIsAfterTheEnd",
    "MomentIsGone",
    "MomentIsPast",
    "NotYetBegun",
    "NothingToShareOnto",
    "Overtaken",
    "OwnProposal",
    "WasCancelled",
    "add_free_hours",
    "cancel_talk",
    "choose_habits",
    "choose_moment",
    "forget_habits_of",
    "give_sentence",
    "held_tight",
    "hide_free_hours",
    "keep_to_oneself",
    "let_free_hours_last",
    "make_calendar_address",
    "mark_talk_held",
    "propose_other_moments",
    "propose_talk",
    "reword_line",
    "share_with_other",
    "show_free_hours",
    "stop_calendar_address",
    "take_away",
    "take_free_hours_away",
    "tell_of_ending_free_hours",
    "write_impression",
    "write_line",
    "write_takeaway",
]
