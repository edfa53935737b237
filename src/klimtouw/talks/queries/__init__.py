"""Every read about talks: one file per question."""

from klimtouw.talks.queries.of_relation import CalmCount, EarlierTalk, TalksPage, is_first_talk, talks_page
from klimtouw.talks.queries.page import TalkPage, roles, sentence_of, takeaway_of, talk_page
from klimtouw.talks.queries.talks import (
    RelationTalks,
    bond_open_in,
    relation_talks,
    talk,
    talk_at_revision,
    talks_as_they_stand,
)
from klimtouw.talks.queries.waiting import WaitingTalks, next_talk_of, talks_waiting_for
from klimtouw.talks.queries.written import kept_of, line, readable

__all__ = [
    "CalmCount",
    "EarlierTalk",
    "RelationTalks",
    "TalkPage",
    "TalksPage",
    "WaitingTalks",
    "bond_open_in",
    "is_first_talk",
    "kept_of",
    "line",
    "next_talk_of",
    "readable",
    "relation_talks",
    "roles",
    "sentence_of",
    "takeaway_of",
    "talk",
    "talk_at_revision",
    "talk_page",
    "talks_as_they_stand",
    "talks_page",
    "talks_waiting_for",
]
