"""Draft and sign the contract. The contract is the permission: both signatures open the rope until the last day (R6)."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings.actions import seat
from klimtouw.belongings.choices import SeatHat
from klimtouw.belongings.models import Seat
from klimtouw.belongings.queries import seats_of
from klimtouw.foundation.clock import end_of, start_of
from klimtouw.foundation.ids import new_id
from klimtouw.ledger.actions import Act, record
from klimtouw.peers.queries import Standing
from klimtouw.people.models import Person
from klimtouw.people.second_lock import the_house
from klimtouw.relations.actions.held import held
from klimtouw.relations.actions.peers import (
    NotBacked,
    begin_as_peer,
    demand_backed_if_peer,
    note_if_peer,
    open_as_far,
)
from klimtouw.relations.choices import State
from klimtouw.relations.closing_tasks import complete_on_time
from klimtouw.relations.contract_tasks import Letter, tell
from klimtouw.relations.lifecycle import Event, after
from klimtouw.relations.models import Clause, Contract, Relation, Signature
from klimtouw.relations.queries.contracts import bounds_of, newest_contract
from klimtouw.relations.terms import Terms, faults_of_days

SIGNED = "signed"


class NewerVersion(Exception):
    """Somebody saved a version after the one this writer started from; `contract` is that version."""

    def __init__(self, contract: Contract) -> None:
        super().__init__("a newer version was saved meanwhile")
        self.contract = contract


class NotTheNewest(Exception):
    """The version on this page is no longer the one that waits for signatures."""


class LastDayIsOver(Exception):
    """The last day in this version has gone by before both had signed."""


class DaysDoNotFit(Exception):
    """The days break a rule; `faults` says per field which, in words for the person."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__("the days of the contract do not fit")
        self.faults = faults


@transaction.atomic
def draft_contract(
    *,
    relation: Relation,
    by: Person,
    at: datetime,
    terms: Terms,
    seen: UUID | None = None,
    id: UUID | None = None,
) -> Contract:
    """Put a new version next to what holds. It is no signature, and it changes nothing until both sign (V11).

    `seen` is the newest version the writer started from; the same `id` sent twice gives the first one back.
    Raises `NewerVersion` when the other saved a version meanwhile, and `DaysDoNotFit`.
    """
    relation = held(relation, at)
    demand(by, Action.DRAFT_CONTRACT, relation, at)
    if id and (twice := relation.contracts.filter(pk=id, drafted_by=by).first()):
        return twice
    newest = newest_contract(relation)
    if newest and newest.pk != seen:
        raise NewerVersion(newest)
    if faults := faults_of_days(terms.starts_on, terms.ends_on, bounds_of(relation, at)):
        raise DaysDoNotFit(faults)
    contract = _keep_version(relation, terms, by, at, number=newest.number + 1 if newest else 1, id=id)
    tell(Letter.CONTRACT_DRAFTED, relation, relation.other(by), contract.pk)
    return contract


def _keep_version(
    relation: Relation, terms: Terms, by: Person, at: datetime, *, number: int, id: UUID | None
) -> Contract:
    with the_house():  # an id that is taken by others is not seen, only bumped into
        is_free = id is not None and not Contract.objects.filter(pk=id).exists()
    contract = Contract.objects.create(
        id=id if is_free else new_id(),
        relation=relation,
        number=number,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        talks=terms.talks,
        rhythm=terms.rhythm,
        availability=terms.availability,
        coachee_may_expect=terms.coachee_may_expect,
        coach_may_expect=terms.coach_may_expect,
        drafted_by=by,
        drafted_at=at,
    )
    rows = [
        Clause(contract=contract, position=place, text=text)
        for place, text in enumerate(terms.clauses, start=1)
    ]
    Clause.objects.bulk_create(rows)
    return contract


def sign_contract(*, relation: Relation, contract: UUID | None, by: Person, at: datetime) -> Contract:
    """Sign the version this person saw; the second signature brings it into force. Signing twice is signing once.

    Every signature asks again whether this is peer coaching. Raises `NotTheNewest` when another version took its place,
    `LastDayIsOver`, and `NotBacked` when something is missing for peer coaching (V22).
    """
    note_if_peer(relation, by=by, at=at)  # by itself: it stays written down, also when nobody can sign
    return _sign(relation, contract, by, at)


@transaction.atomic
def _sign(relation: Relation, contract: UUID | None, by: Person, at: datetime) -> Contract:
    standing = demand_backed_if_peer(relation, at)
    relation = held(relation, at)
    demand(by, Action.SIGN_CONTRACT, relation, at)
    if relation.rests(at):
        raise NotBacked
    newest = newest_contract(relation)
    if newest is None or newest.pk != contract:
        raise NotTheNewest
    if newest.ends_on < localdate(at):
        raise LastDayIsOver
    _signature, is_new = Signature.objects.get_or_create(
        contract=newest, person=by, defaults={"signed_at": at}
    )
    if is_new:
        act = Act(by_id=by.pk, hat=relation.side_of(by), act=SIGNED, about_id=newest.pk)
        record(owner_id=by.pk, acts=[act], at=at)
        _bring_into_force_once_both_signed(relation, newest, by, at, standing)
    return newest


def _bring_into_force_once_both_signed(
    relation: Relation, contract: Contract, by: Person, at: datetime, standing: Standing | None
) -> None:
    if contract.signatures.count() < len((relation.coachee_id, relation.coach_id)):
        tell(Letter.CONTRACT_SIGNED, relation, relation.other(by), contract.pk)
        return
    event = Event.BOTH_SIGN if relation.state == State.CONTRACTING else Event.RENEW
    relation.state, contract.in_force_at = after(relation.state, event), at
    relation.save(update_fields=["state"])
    contract.save(update_fields=["in_force_at"])
    _open_the_rope(relation, contract, at)
    if standing and not relation.is_peer:
        begin_as_peer(relation, standing)
    if relation.is_peer:
        open_as_far(relation, contract.ends_on)
    tell(Letter.CONTRACT_IN_FORCE, relation, relation.other(by), contract.pk)
    complete_on_time(end_of(contract.ends_on, _zone()))


def _open_the_rope(relation: Relation, contract: Contract, at: datetime) -> None:
    """Give both their seats: the coach until the last day is over, the coachee for good, so that what was given stays."""
    seats = {SeatHat(own.hat): own for own in seats_of(relation.work_bond)}
    opens_at = _opening(seats.get(SeatHat.COACH), contract.starts_on, at)
    closes_at = end_of(contract.ends_on, _zone())
    bond = relation.work_bond
    seat(relation.coachee, on=bond, hat=SeatHat.COACHEE, opens_at=opens_at)
    seat(relation.coach, on=bond, hat=SeatHat.COACH, opens_at=opens_at, closes_at=closes_at)
    # What they wrote to get acquainted closes at the same moment (V24).
    for own in seats_of(relation.acquaintance_bond):
        hat = SeatHat(own.hat)
        seat(own.person, on=own.bond, hat=hat, opens_at=own.opens_at, closes_at=closes_at)


def _opening(now_seated: Seat | None, starts_on: date, at: datetime) -> datetime:
    """A rope that is open stays open: the new version joins up with the old one."""
    if now_seated and now_seated.opens_at <= at:
        return now_seated.opens_at
    return max(at, start_of(starts_on, _zone()))


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)
