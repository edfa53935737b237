"""Pause, go on, complete and stop: by either of the two, in one act, without a reason (R13, V9)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings.actions import close_seats, end_shares_on
from klimtouw.belongings.choices import SeatHat
from klimtouw.foundation.clock import end_of
from klimtouw.people.models import Person
from klimtouw.programmes.queries import kept_months_at
from klimtouw.relations.actions.beginning import end_before_start
from klimtouw.relations.actions.held import held
from klimtouw.relations.actions.images import end_images_of
from klimtouw.relations.actions.peers import NotBacked, demand_backed_if_peer
from klimtouw.relations.choices import State
from klimtouw.relations.contract_tasks import Letter, tell
from klimtouw.relations.endings import end_what_goes_with
from klimtouw.relations.lifecycle import Event, after
from klimtouw.relations.models import Relation
from klimtouw.relations.queries.contracts import ended_relations, last_day_of

LETTER_AT_THE_END = {State.COMPLETED: Letter.COMPLETED, State.STOPPED: Letter.STOPPED}


class LastDayWasBefore(Exception):
    """The contract is over: going on asks for a new one."""


@transaction.atomic
def pause_relation(*, relation: Relation, by: Person, at: datetime) -> None:
    """Let the planning rest. The contract runs on, so what is shared stays shared."""
    relation = held(relation, at)
    demand(by, Action.PAUSE_RELATION, relation, at)
    _move(relation, Event.PAUSE)
    tell(Letter.PAUSED, relation, relation.other(by), _occasion(relation, at))


@transaction.atomic
def resume_relation(*, relation: Relation, by: Person, at: datetime) -> None:
    """Go on after a pause; raises `LastDayWasBefore` when the contract ended meanwhile, and `NotBacked` while it rests (V22)."""
    demand(by, Action.RESUME_RELATION, relation, at)
    demand_backed_if_peer(relation, at)
    relation = held(relation, at)
    if relation.rests(at):
        raise NotBacked
    if relation.state == State.COMPLETED:
        raise LastDayWasBefore
    demand(by, Action.RESUME_RELATION, relation, at)
    relation.resumed_at = at
    relation.save(update_fields=["resumed_at"])
    _move(relation, Event.RESUME)
    tell(Letter.RESUMED, relation, relation.other(by), _occasion(relation, at))


@transaction.atomic
def complete_relation(*, relation: Relation, by: Person, at: datetime) -> None:
    """Complete the relation; the coach reads nothing any more from this moment (V24)."""
    relation = held(relation, at)
    demand(by, Action.COMPLETE_RELATION, relation, at)
    _end(relation, Event.COMPLETE, at)
    _tell_the_end(relation, relation.other(by))


@transaction.atomic
def leave_relation(*, relation: Relation, by: Person, at: datetime) -> None:
    """Stop; the coach reads nothing any more from this moment (V24). Nobody is asked why (V9)."""
    relation = held(relation, at)
    demand(by, Action.LEAVE_RELATION, relation, at)
    if relation.state in (State.ACQUAINTING, State.CLICKING):
        end_before_start(relation, at)
        return
    _end(relation, Event.LEAVE, at)
    _tell_the_end(relation, relation.other(by))


def complete_ended_relations(*, at: datetime) -> int:
    """Write down that relations are completed whose last day is over, and return how many. Their seats closed by themselves."""
    return sum(complete_by_the_clock(relation, at) for relation in ended_relations(at))


@transaction.atomic
def complete_by_the_clock(relation: Relation, at: datetime) -> bool:
    """Write down that the last day of a relation is over, if it is and nobody did; return whether that was done now."""
    relation = held(relation, at)
    written = Relation.objects.get(pk=relation.pk)
    last_day = last_day_of(relation)
    if (
        written.state not in (State.RUNNING, State.PAUSED)
        or relation.state != State.COMPLETED
        or last_day is None
    ):
        return False
    _end(written, Event.END_DATE, end_of(last_day, ZoneInfo(settings.TIME_ZONE)))
    for reader in (written.coachee, written.coach):
        _tell_the_end(written, reader)
    return True


def _move(relation: Relation, event: Event) -> None:
    relation.state = after(relation.state, event)
    relation.save(update_fields=["state"])


def _end(relation: Relation, event: Event, at: datetime) -> None:
    """End it: the coach leaves both bonds, the acquaintance closes; the coachee keeps a seat, so what was given stays.

    For how long it stays is written down now: a rule that becomes shorter never reaches what is over (P5).
    """
    relation.ended_at, relation.kept_months = at, kept_months_at(relation.programme_id, at)
    relation.save(update_fields=["ended_at", "kept_months"])
    _move(relation, event)
    close_seats(relation.work_bond, at=at, hats=[SeatHat.COACH])
    close_seats(relation.acquaintance_bond, at=at)
    end_shares_on([relation.work_bond, relation.acquaintance_bond], at=at)
    end_images_of(relation)
    end_what_goes_with(relation, at)


def _tell_the_end(relation: Relation, reader: Person) -> None:
    tell(LETTER_AT_THE_END[State(relation.state)], relation, reader, relation.pk)


def _occasion(relation: Relation, at: datetime) -> str:
    return f"{relation.pk}.{at.timestamp():.0f}"
