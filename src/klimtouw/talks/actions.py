"""Plan a talk, prepare it, and keep what it brought. Every change starts with the policy."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klimtouw.access.decide import demand, may
from klimtouw.access.table import Action
from klimtouw.belongings.actions import id_as_sent, keep, remove, revoke, reword, share
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person
from klimtouw.people.second_lock import the_house
from klimtouw.relations.actions.beginning import mark_first_talk_held
from klimtouw.relations.actions.held import held
from klimtouw.relations.models import Relation
from klimtouw.talks.choices import TalkState
from klimtouw.talks.letters import Letter
from klimtouw.talks.models import AboutTalk, CoachSentence, Moment, PreparationLine, Takeaway, Talk
from klimtouw.talks.moments import check_moments
from klimtouw.talks.queries import RelationTalks, bond_open_in, kept_of, talks_as_they_stand
from klimtouw.talks.tasks import write_letter

T = TypeVar("T", bound=AboutTalk)


class Overtaken(Exception):
    """The talk is no longer as this person saw it; `words` says so kindly, and nothing was changed."""

    words: Promise | str = _("Something about this talk changed in the meantime. This is how it stands now.")


class MomentIsGone(Overtaken):
    """The chosen moment is not one of the moments of this talk."""

    words = _("This moment is no longer there. Here is how it stands now.")


class MomentIsPast(Overtaken):
    """The chosen moment has gone by."""

    words = _("This moment has gone by. Choose another one, or propose new ones.")


class OwnProposal(Overtaken):
    """Whoever proposed leaves the choice to the other."""

    words = _("You proposed these moments, so the other one chooses.")


class WasCancelled(Overtaken):
    """The talk was cancelled meanwhile."""

    words = _("This talk was cancelled in the meantime. You can always propose a new one.")


class NotYetBegun(Overtaken):
    """A talk can only have been there once its hour has come."""

    words = _("This talk has not begun yet. Come back afterwards.")


class NothingToShareOnto(Overtaken):
    """No bond is open between the two."""

    words = _("Sharing is not possible now. You can keep it for yourself.")


def _held_tight(talk: Talk, at: datetime) -> Talk:
    """Return the talk as it stands now; whoever else wants to change it waits."""
    return talks_as_they_stand(Talk.objects.select_for_update(of=("self",)).filter(pk=talk.pk), at)[0]


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
    check_moments(moments, at)
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
    talk = _held_tight(talk, at)
    demand(by, Action.PLAN_TALK, talk, at)
    check_moments(moments, at)
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
    talk = _held_tight(talk, at)
    demand(by, Action.PLAN_TALK, talk, at)
    moment = talk.moments.filter(pk=moment_id).first()
    if moment and talk.state == TalkState.PLANNED and talk.starts_at == moment.starts_at:
        return talk
    starts_at = _chosen(talk, moment, by, at)
    talk.state, talk.starts_at, talk.revision = TalkState.PLANNED, starts_at, talk.revision + 1
    talk.save(update_fields=["state", "starts_at", "revision"])
    for reader in (talk.relation.coachee, talk.relation.coach):
        _tell(Letter.PLANNED, talk, reader)
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
    return moment.starts_at


@transaction.atomic
def cancel_talk(*, talk: Talk, by: Person, at: datetime, seen: int) -> None:
    """Cancel a talk or withdraw a proposal, without a reason; who did it is not kept."""
    talk = _held_tight(talk, at)
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
    talk = _held_tight(talk, at)
    demand(by, Action.MARK_TALK_HELD, talk, at)
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


@transaction.atomic
def write_line(
    *, talk: Talk, by: Person, at: datetime, line_kind: str, text: str, on_card: bool, id: UUID | None = None
) -> PreparationLine:
    """Write a line for the preparation card: put on the card for both, or kept for oneself (T2, V12)."""
    talk = _held_tight(talk, at)
    demand(by, Action.PREPARE_TALK, talk, at)
    own_id = id_as_sent(PreparationLine, id, by=by, text=text)
    line = keep(PreparationLine, by=by, at=at, id=own_id, talk=talk, line_kind=line_kind, text=text)
    if on_card:
        share_with_other(line, by=by, at=at)
    return line


@transaction.atomic
def reword_line(
    *, line: PreparationLine, by: Person, at: datetime, seen: int, line_kind: str, text: str
) -> PreparationLine:
    """Say a line of one's own in other words; who can read it stays as it was."""
    return reword(line, by=by, at=at, seen=seen, line_kind=line_kind, text=text)


@transaction.atomic
def write_takeaway(
    *, talk: Talk, by: Person, at: datetime, seen: int, id: UUID | None = None, **words: Any
) -> Takeaway:
    """Keep what the coachee takes from a talk, private; one per talk, whatever the number of tabs (T3)."""
    talk = _held_tight(talk, at)
    demand(by, Action.WRITE_TAKEAWAY, talk, at)
    return _only_one(Takeaway, talk, by=by, at=at, seen=seen, id=id, **words)


@transaction.atomic
def give_sentence(
    *, talk: Talk, by: Person, at: datetime, seen: int, id: UUID | None = None, **words: Any
) -> CoachSentence:
    """Give the coachee one sentence after a talk, in a chosen role (T3). A second one takes the place of the first."""
    talk = _held_tight(talk, at)
    demand(by, Action.ADD_COACH_SENTENCE, talk, at)
    sentence = _only_one(CoachSentence, talk, by=by, at=at, seen=seen, id=id, **words)
    share_with_other(sentence, by=by, at=at)
    return sentence


def _only_one(
    model: type[T], talk: Talk, *, by: Person, at: datetime, seen: int, id: UUID | None, **words: Any
) -> T:
    if not talk.has_begun(at):
        raise NotYetBegun
    there = kept_of(model).filter(talk=talk, owner=by).first()
    if there is None:
        texts = {name: word for name, word in words.items() if isinstance(word, str)}
        return keep(model, by=by, at=at, id=id_as_sent(model, id, by=by, **texts), talk=talk, **words)
    return reword(there, by=by, at=at, seen=seen, **words)


@transaction.atomic
def share_with_other(thing: AboutTalk, *, by: Person, at: datetime) -> None:
    """Let the other one of the relation read something written about a talk; only its writer can (V12)."""
    bond = bond_open_in(thing.talk.relation, at) if thing.talk else None
    if bond is None:
        raise NothingToShareOnto
    share(thing, onto=bond, by=by, at=at)


@transaction.atomic
def keep_to_oneself(thing: AboutTalk, *, by: Person, at: datetime) -> None:
    """Stop sharing something written about a talk, at once."""
    if thing.talk:
        for bond in (thing.talk.relation.acquaintance_bond, thing.talk.relation.work_bond):
            revoke(thing, onto=bond, by=by, at=at)


@transaction.atomic
def take_away(thing: AboutTalk, *, by: Person, at: datetime) -> None:
    """Put away something written about a talk; that stops the sharing too."""
    remove(thing, by=by, at=at)
