"""A peer relation needs a valid attestation and a coach who stands behind the peer coach; without one of these it rests (V22).

The peer coach is always held before the relation, so that revoking and signing at the same moment wait for each other.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings.actions import close_seats, seat
from klimtouw.belongings.choices import SeatHat
from klimtouw.belongings.queries import seats_of
from klimtouw.foundation.clock import end_of
from klimtouw.peers import actions as peers
from klimtouw.peers.models import Attestation, Support
from klimtouw.peers.queries import Standing, standing_of
from klimtouw.people.models import Person
from klimtouw.people.second_lock import the_house
from klimtouw.programmes.staff import coaches_as_fellow_learner
from klimtouw.relations.actions.held import held
from klimtouw.relations.choices import State
from klimtouw.relations.contract_tasks import Letter, tell
from klimtouw.relations.lifecycle import Event, after
from klimtouw.relations.models import Relation
from klimtouw.relations.queries.contracts import last_day_of

LIVE = (State.ACQUAINTING, State.CLICKING, State.CONTRACTING, State.RUNNING, State.PAUSED)


class NotBacked(Exception):
    """The peer coach has no valid attestation, or nobody stands behind them now (V22)."""


class UpToTheCoachee(Exception):
    """Somebody else stands behind the peer coach than the coachee was told: going on is for the coachee to say."""


def demand_backed(coach: Person, at: datetime) -> Standing:
    """Return what the peer coach stands on, held until the transaction ends. Raises `NotBacked`."""
    peers.hold_peer_coach(coach.pk)
    with the_house():  # asked also on the page of the coachee
        standing = standing_of(coach, at)
    if not standing.is_whole:
        raise NotBacked
    return standing


def write_down(relation: Relation, standing: Standing) -> None:
    """Write down who stands behind the peer coach, and until when the attestation holds."""
    relation.responsible, relation.backed_until = standing.responsible, standing.until
    relation.save(update_fields=["responsible", "backed_until"])


def is_peer_by_now(relation: Relation) -> bool:
    """Return whether it is a peer relation, or became one meanwhile: the class list can come after the accounts (V22)."""
    return relation.is_peer or coaches_as_fellow_learner(relation.coach, relation.coachee)


def demand_backed_if_peer(relation: Relation, at: datetime) -> Standing | None:
    """Return what the peer coach of a peer relation stands on, held before the relation itself is; None for any other."""
    return demand_backed(relation.coach, at) if is_peer_by_now(relation) else None


def begin_as_peer(relation: Relation, standing: Standing) -> None:
    """Make it a peer relation from here on, on what the peer coach stands on now."""
    relation.is_peer = True
    relation.save(update_fields=["is_peer"])
    write_down(relation, standing)


@transaction.atomic
def note_if_peer(relation: Relation, *, by: Person, at: datetime) -> None:
    """Before the first agreements: write down that it is a peer relation after all. It rests until the coachee goes on (V22, G1).

    What runs already goes on until its last day; the renewal asks.
    """
    if relation.is_peer or not is_peer_by_now(relation):
        return
    peers.hold_peer_coach(relation.coach_id)
    relation = held(relation, at)
    demand(by, Action.SIGN_CONTRACT, relation, at)
    if relation.is_peer or relation.state != State.CONTRACTING:
        return
    relation.is_peer = True
    relation.save(update_fields=["is_peer"])
    _tell_that_it_rests(relation, at)
    with the_house():  # the rows are of both
        _close_for_the_coach(relation, at)


@transaction.atomic
def revoke_attestation(attestation: Attestation, *, by: Person, at: datetime) -> None:
    """Revoke an attestation one gave; what leaned on it rests from this moment."""
    peers.hold_peer_coach(attestation.owner_id)
    peers.revoke(attestation, by=by, at=at)
    rest_where_nothing_holds(attestation.owner, at=at)


@transaction.atomic
def give_up_attestation(attestation: Attestation, *, by: Person, at: datetime) -> None:
    """Give up one's own attestation; what leaned on it rests from this moment."""
    peers.hold_peer_coach(attestation.owner_id)
    peers.give_up(attestation, by=by, at=at)
    rest_where_nothing_holds(attestation.owner, at=at)


@transaction.atomic
def step_back(support: Support, *, by: Person, at: datetime) -> None:
    """No longer stand behind a peer coach, or no longer have this person there; the coaching rests from this moment."""
    peers.hold_peer_coach(support.owner_id)
    peers.step_back(support, by=by, at=at)
    rest_where_nothing_holds(support.owner, at=at)


def leave_all_support(staff: Person, *, at: datetime) -> None:
    """Let every peer coach this person stood behind rest, when this person leaves the programme or erases everything."""
    for owner in peers.backed_by(staff):
        peers.hold_peer_coach(owner.pk)
        Support.objects.filter(owner=owner, staff=staff).delete()
        rest_where_nothing_holds(owner, at=at)


def rest_what_lost_its_backing(*, at: datetime) -> int:
    """Look at every peer relation that is not over, and let those rest of which something is missing; return how many. For the clock."""
    coaches = Person.objects.filter(
        pk__in=Relation.objects.filter(is_peer=True, state__in=LIVE).values("coach")
    )
    return sum(_look_at(coach, at) for coach in coaches.order_by("pk"))


@transaction.atomic
def _look_at(coach: Person, at: datetime) -> int:
    peers.hold_peer_coach(coach.pk)
    return rest_where_nothing_holds(coach, at=at)


def rest_where_nothing_holds(coach: Person, *, at: datetime) -> int:
    """Close the seats of a peer coach wherever the attestation, or the one who stood there, is missing; return how many rest now.

    The gate, its question in SQL and the second lock ask the window of the seat: all three say no from here on.
    """
    with the_house():  # the rows are of both
        standing = standing_of(coach, at)
        mine = Relation.objects.filter(coach=coach, is_peer=True, state__in=LIVE).order_by("pk")
        return sum(_rest(relation, standing, at) for relation in mine)


def _rest(relation: Relation, standing: Standing, at: datetime) -> int:
    """Let one relation rest, or say so of one that rests by the clock: a rest that was told has no moment any more."""
    relation = held(relation, at)
    is_the_same = standing.responsible == relation.responsible
    if standing.is_whole and is_the_same and not relation.rests(at):
        return _reach_as_far(relation, standing, at)
    is_news = relation.backed_until is not None
    relation.backed_until = None
    relation.responsible = relation.responsible if is_the_same else None
    relation.save(update_fields=["backed_until", "responsible"])
    if not is_news:
        return 0
    _close_for_the_coach(relation, at)
    if relation.state == State.COMPLETED:  # its last day is over, and the clock has not written that down yet
        return 0
    Relation.objects.filter(pk=relation.pk, state=State.RUNNING).update(state=State.PAUSED)
    _tell_that_it_rests(relation, at)
    return 1


def _tell_that_it_rests(relation: Relation, at: datetime) -> None:
    for reader in (relation.coachee, relation.coach):
        tell(Letter.RESTS, relation, reader, f"{relation.pk}.{at.timestamp():.0f}")


def _reach_as_far(relation: Relation, standing: Standing, at: datetime) -> int:
    """An attestation that holds longer or shorter now moves the windows along; what rests, rests until the two go on."""
    if relation.rests(at) or relation.backed_until == standing.until:
        return 0
    write_down(relation, standing)
    open_as_far(relation, last_day_of(relation))
    return 0


def _close_for_the_coach(relation: Relation, at: datetime) -> None:
    for bond in (relation.work_bond, relation.acquaintance_bond):
        close_seats(bond, at=at, hats=[SeatHat.COACH])


def open_as_far(relation: Relation, last_day: date | None) -> None:
    """Open the places of the peer coach as far as the contract and the attestation reach, and no further (V22, V24)."""
    ends_at = end_of(last_day, ZoneInfo(settings.TIME_ZONE)) if last_day else None
    closes_at = min((end for end in (ends_at, relation.backed_until) if end), default=None)
    for bond in (relation.work_bond, relation.acquaintance_bond):
        for own in seats_of(bond):
            if own.person_id == relation.coach_id:
                window = max(closes_at, own.opens_at) if closes_at else None
                seat(own.person, on=bond, hat=SeatHat(own.hat), opens_at=own.opens_at, closes_at=window)


@transaction.atomic
def take_up(relation: Relation, *, by: Person, at: datetime) -> Relation:
    """Go on with what rested, once nothing is missing any more; by either of the two.

    When somebody else stands behind the peer coach than before, it is for the coachee to say (G1). What was running goes on
    running; a pause the two had chosen themselves ends with it. Raises `NotBacked` and `UpToTheCoachee`.
    """
    demand(by, Action.TAKE_UP, relation, at)
    standing = demand_backed(relation.coach, at)
    relation = held(relation, at)
    demand(by, Action.TAKE_UP, relation, at)
    if not relation.rests(at):
        return relation
    if by.pk == relation.coach_id and standing.responsible != relation.responsible:
        raise UpToTheCoachee
    write_down(relation, standing)
    open_as_far(relation, last_day_of(relation))
    if relation.state == State.PAUSED:
        relation.state, relation.resumed_at = after(relation.state, Event.RESUME), at
        relation.save(update_fields=["state", "resumed_at"])
    tell(Letter.TAKEN_UP, relation, relation.other(by), f"{relation.pk}.{at.timestamp():.0f}")
    return relation
