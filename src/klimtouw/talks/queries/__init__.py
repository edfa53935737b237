"""Every read about talks: one file per question."""

from klimtouw.talks.queries.again import moments_to_talk_again, talked_before
from klimtouw.talks.queries.around import Around, around
from klimtouw.talks.queries.habits import habits_behind, habits_of, talks_in_calendar
from klimtouw.talks.queries.hours import (
    FreeTogether,
    end_soon,
    free_hours_of,
    free_together,
    places_for,
    who_sees_hours,
)
from klimtouw.talks.queries.of_relation import CalmCount, EarlierTalk, TalksPage, is_first_talk, talks_page
from klimtouw.talks.queries.page import TalkPage, impression_by, roles, sentence_of, takeaway_of, talk_page
from klimtouw.talks.queries.talks import (
    RelationTalks,
    bond_open_in,
    end_of_agreements,
    has_open_bond,
    relation_talks,
    talk,
    talk_at_revision,
    talks_as_they_stand,
)
from klimtouw.talks.queries.waiting import WaitingTalks, next_talk_of, talks_waiting_for
from klimtouw.talks.queries.written import kept_of, line, readable

__all__ = [
    "Around",
    "CalmCount",
    "EarlierTalk",
    "FreeTogether",
    "RelationTalks",
    "TalkPage",
    "TalksPage",
    "WaitingTalks",
    "around",
    "bond_open_in",
    "end_of_agreements",
    "end_soon",
    "free_hours_of",
    "free_together",
    "habits_behind",
    "habits_of",
    "has_open_bond",
    "impression_by",
    "is_first_talk",
    "kept_of",
    "line",
    "moments_to_talk_again",
    "next_talk_of",
    "places_for",
    "readable",
    "relation_talks",
    "roles",
    "sentence_of",
    "takeaway_of",
    "talk",
    "talk_at_revision",
    "talk_page",
    "talked_before",
    "talks_as_they_stand",
    "talks_in_calendar",
    "talks_page",
    "talks_waiting_for",
    "who_sees_hours",
]
