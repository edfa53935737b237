"""Plan a talk, move it, cancel it, say that it was there. Every change starts with the policy."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from klimtouw.access.decide import demand, may
from klimtouw.access.table import Action
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person
from klimtouw.people.second_lock import the_house
from klimtouw.relations.actions.beginning import mark_first_talk_held
from klimtouw.relations.actions.held import held
from klimtouw.relations.models import Relation
from klimtouw.talks.actions.habits import have_card_mailed
from klimtouw.talks.actions.overtaken import (
    MomentIsAfterTheEnd,
    MomentIsGone,
    MomentIsPast,
    NotYetBegun,
    Overtaken,
    OwnProposal,
    WasCancelled,
    held_tight,
)
from klimtouw.talks.choices import TalkState
from klimtouw.talks.letters import Letter
from klimtouw.talks.models import Moment, Talk
from klimtouw.talks.moments import check_moments
from klimtouw.talks.queries import RelationTalks, end_of_agreements
from klimtouw.talks.tasks import write_letter


def _tell(letter: Letter, talk: Talk, to: Person, was_at: datetime | None = None) -> None:
    """Put a letter in the queue; the queue lives in the same database, so it is sent only if the change stands."""
    moment = was_at.isoformat() if was_at else None
    write_letter.enqueue(letter.value, str(talk.pk), talk.revision, str(to.pk), moment)


def _put_moments(talk: Talk, moments: Sequence[datetime]) -> None:
    talk.moments.all().delete()
    Moment.objects.bulk_create(Moment(talk=talk, starts_at=moment) for moment in moments)


@transaction.atomic
def propose_talk(
    *,
    relation: Relation,
    by: Person,
    at: datetime,
    moments: Sequence[datetime],
    minutes: int,
    place: str = "",
    id: UUID | None = None,
) -> Talk:
    """Propose up to three moments for a talk; the other one chooses (T1). The same sent twice, with one `id`, is one talk."""
    relation = held(relation, at)
    demand(by, Action.PLAN_TALK, RelationTalks(relation), at)
    check_moments(moments, at, end_of_agreements(relation))
    with the_house():  # an id that is taken by others is not seen, only bumped into
        there = Talk.objects.filter(pk=id).first() if id else None
    if there and _is_sent_twice(there, relation, by, moments):
        return there
    talk = Talk.objects.create(
        id=new_id() if there or not id else id,
        relation=relation,
        proposed_by=by,
        proposed_at=at,
        minutes=minutes,
        place=place,
    )
    _put_moments(talk, moments)
    _tell(Letter.PROPOSED, talk, relation.other(by))
    return talk


def _is_sent_twice(there: Talk, relation: Relation, by: Person, moments: Sequence[datetime]) -> bool:
    """The back button with other moments is another proposal: nobody's choice is dropped in silence."""
    is_same = set(there.moments.values_list("starts_at", flat=True)) == set(moments)
    return is_same and (there.relation_id, there.proposed_by_id) == (relation.pk, by.pk)


@transaction.atomic
def propose_other_moments(
    *,
    talk: Talk,
    by: Person,
    at: datetime,
    seen: int,
    moments: Sequence[datetime],
    minutes: int,
    place: str = "",
) -> Talk:
    """Put other moments in the place of those that stand: an answer to a proposal, or a way to move a planned talk."""
    talk = held_tight(talk, at)
    demand(by, Action.PLAN_TALK, talk, at)
    check_moments(moments, at, end_of_agreements(talk.relation))
    if not talk.is_ahead or talk.revision != seen:
        raise WasCancelled if talk.state == TalkState.CANCELLED else Overtaken
    was_at = talk.starts_at
    talk.state, talk.starts_at, talk.revision = TalkState.PROPOSED, None, talk.revision + 1
    talk.proposed_by, talk.proposed_at, talk.minutes, talk.place = by, at, minutes, place
    talk.save(
        update_fields=["state", "starts_at", "revision", "proposed_by", "proposed_at", "minutes", "place"]
    )
    _put_moments(talk, moments)
    _tell(Letter.MOVED if was_at else Letter.PROPOSED, talk, talk.relation.other(by), was_at)
    if was_at:
        _tell(Letter.FREED, talk, by, was_at)
    return talk


@transaction.atomic
def choose_moment(*, talk: Talk, by: Person, at: datetime, moment_id: int) -> Talk:
    """Choose one of the proposed moments; then the talk is planned and both calendars hear of it (T1)."""
    talk = held_tight(talk, at)
    demand(by, Action.PLAN_TALK, talk, at)
    moment = talk.moments.filter(pk=moment_id).first()
    if moment and talk.state == TalkState.PLANNED and talk.starts_at == moment.starts_at:
        return talk
    starts_at = _chosen(talk, moment, by, at)
    talk.state, talk.starts_at, talk.revision = TalkState.PLANNED, starts_at, talk.revision + 1
    talk.save(update_fields=["state", "starts_at", "revision"])
    for reader in (talk.relation.coachee, talk.relation.coach):
        _tell(Letter.PLANNED, talk, reader)
        have_card_mailed(talk, reader, at)
    return talk


def _chosen(talk: Talk, moment: Moment | None, by: Person, at: datetime) -> datetime:
    """Return the chosen moment; raise, in words for the person, when it cannot be chosen."""
    if talk.state == TalkState.CANCELLED:
        raise WasCancelled
    if moment is None:
        raise MomentIsGone
    if talk.state != TalkState.PROPOSED:
        raise Overtaken
    if not talk.waits_for(by):
        raise OwnProposal
    if moment.starts_at <= at:
        raise MomentIsPast
    end = end_of_agreements(talk.relation)
    if end and moment.starts_at >= end:
        raise MomentIsAfterTheEnd
    return moment.starts_at


@transaction.atomic
def cancel_talk(*, talk: Talk, by: Person, at: datetime, seen: int) -> None:
    """Cancel a talk or withdraw a proposal, without a reason; who did it is not kept."""
    talk = held_tight(talk, at)
    demand(by, Action.PLAN_TALK, talk, at)
    if talk.state == TalkState.CANCELLED:
        return
    if talk.state == TalkState.HELD or talk.revision != seen:
        raise Overtaken
    was_at = talk.starts_at
    talk.state, talk.revision = TalkState.CANCELLED, talk.revision + 1
    talk.save(update_fields=["state", "revision"])
    _tell(Letter.CANCELLED if was_at else Letter.WITHDRAWN, talk, talk.relation.other(by), was_at)
    if was_at:
        _tell(Letter.CANCELLED, talk, by, was_at)


@transaction.atomic
def mark_talk_held(*, talk: Talk, by: Person, at: datetime) -> None:
    """Say that a talk was there. The first one of a relation opens the click question (R4)."""
    talk = held_tight(talk, at)
    demand(by, Action.MARK_TALK_HELD, talk, at)
    note_it_was_there(talk, by=by, at=at)


def note_it_was_there(talk: Talk, *, by: Person, at: datetime) -> None:
    """Put a talk that is held tight among those that were there."""
    if talk.state == TalkState.HELD:
        return
    if talk.state == TalkState.CANCELLED:
        raise WasCancelled
    if talk.state != TalkState.PLANNED:
        raise Overtaken
    if not talk.has_begun(at):
        raise NotYetBegun
    talk.state = TalkState.HELD
    talk.save(update_fields=["state"])
    if may(by, Action.MARK_FIRST_TALK_HELD, talk.relation, at):
        mark_first_talk_held(relation=talk.relation, by=by, at=at)
