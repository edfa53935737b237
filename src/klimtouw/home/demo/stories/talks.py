"""How a talk comes about and what is kept of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from klimtouw.home.demo.content.noor_and_bram import TalkText
from klimtouw.home.demo.telling import Scene, Story
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from klimtouw.talks.actions import (
    choose_moment,
    give_sentence,
    mark_talk_held,
    propose_talk,
    share_with_other,
    write_takeaway,
)
from klimtouw.talks.models import Talk

JUST_AFTER, LATER_THAT_DAY, IN_THE_EVENING = timedelta(minutes=45), timedelta(minutes=80), timedelta(hours=4)


def plan_talk(
    relation: Relation,
    *,
    by: Person,
    proposed_at: datetime,
    chosen_at: datetime,
    moments: Sequence[datetime],
    place: str,
    minutes: int = 30,
) -> Story[Talk]:
    """One proposes moments, the other taps the last of them."""
    at = yield proposed_at
    talk = propose_talk(relation=relation, by=by, at=at, moments=moments, minutes=minutes, place=place)
    at = yield chosen_at
    moment = talk.moments.get(starts_at=moments[-1])
    return choose_moment(talk=talk, by=relation.other(by), at=at, moment_id=moment.pk)


def hold_talk(scene: Scene, talk: Talk, kept: TalkText) -> Story[None]:
    """The talk is there; the coach leaves a sentence, the coachee writes what they take along."""
    coachee, coach = talk.relation.coachee, talk.relation.coach
    held_at = talk.starts_at or talk.proposed_at
    at = yield held_at + JUST_AFTER
    mark_talk_held(talk=talk, by=coach, at=at)
    at = yield held_at + LATER_THAT_DAY
    give_sentence(talk=talk, by=coach, at=at, seen=0, text=kept.sentence, roles=kept.role)
    at = yield held_at + IN_THE_EVENING
    takeaway = write_takeaway(
        talk=talk, by=coachee, at=at, seen=0, text=kept.takeaway, next_step=kept.next_step
    )
    if kept.is_shared:
        share_with_other(takeaway, by=coachee, at=at)
