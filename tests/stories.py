"""Small builders for tests: relations in any state, things, shares."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from klimtouw.belongings.actions import seat, tie_bond
from klimtouw.belongings.choices import LOOK, Purpose, SeatHat
from klimtouw.belongings.looks import looks_at
from klimtouw.belongings.models import Bond, Thing
from klimtouw.people.models import Person
from klimtouw.programmes.models import Programme
from klimtouw.relations.choices import Origin, State
from klimtouw.relations.models import Contract, Relation, Signature

PASSWORD = "een lange zin over touw"
SIGNED = (State.RUNNING, State.PAUSED, State.COMPLETED, State.STOPPED)
OVER = (State.NOT_STARTED, State.COMPLETED, State.STOPPED)


def make_person(name: str, **fields: object) -> Person:
    """Make a person with a verified address."""
    email = f"{name.lower()}@school.example"
    person = Person.objects.create_user(email=email, password=PASSWORD, display_name=name, **fields)
    person.emailaddress_set.create(email=email, verified=True, primary=True)
    return person


def make_bond(purpose: Purpose, coachee: Person, coach: Person, at: datetime) -> Bond:
    """Make a bond on which both have an open seat."""
    bond = tie_bond(purpose)
    seat(coachee, on=bond, hat=SeatHat.COACHEE, opens_at=at)
    seat(coach, on=bond, hat=SeatHat.COACH, opens_at=at)
    return bond


def make_relation(
    coachee: Person, coach: Person, state: State, at: datetime, programme: Programme | None = None
) -> Relation:
    """Make a relation as it stands in a state: bonds, seats and, from running on, a contract in force of 120 days."""
    ended_at = at if state in OVER else None
    relation = Relation.objects.create(
        coachee=coachee,
        coach=coach,
        origin=Origin.CHOSEN,
        state=state,
        programme=programme,
        acquaintance_bond=make_bond(Purpose.ACQUAINTANCE, coachee, coach, at),
        work_bond=tie_bond(Purpose.WORK),
        started_at=at,
        ended_at=ended_at,
    )
    if state in OVER:
        relation.acquaintance_bond.seats.update(closes_at=at)
    if state in SIGNED:
        make_contract(relation, at)
        closes_at = at if state in OVER else at + timedelta(days=120)
        seat(coach, on=relation.work_bond, hat=SeatHat.COACH, opens_at=at, closes_at=closes_at)
        seat(coachee, on=relation.work_bond, hat=SeatHat.COACHEE, opens_at=at)
    return relation


def make_contract(relation: Relation, at: datetime) -> Contract:
    """Make a contract in force, signed by both."""
    contract = Contract.objects.create(
        relation=relation,
        number=1,
        starts_on=localdate(at),
        ends_on=localdate(at) + timedelta(days=120),
        talks=5,
        rhythm="fortnightly",
        drafted_by=relation.coach,
        drafted_at=at,
        in_force_at=at,
    )
    for person in (relation.coachee, relation.coach):
        Signature.objects.create(contract=contract, person=person, signed_at=at)
    return contract


def looks_of_others(owner: Person, at: datetime) -> list[tuple[str, Thing | None, str, int]]:
    """Return who opened what of somebody, in which hat and how often, as their page of looks tells it."""
    visits = [visit for _day, visits in looks_at(owner, at).days for visit in visits if visit.act == LOOK]
    return [(visit.other, look.thing, visit.hat, look.times) for visit in visits for look in visit.looks]


def texts_beside(answer: Any) -> list[tuple[str, str]]:
    """Return the texts that a page shows side by side: as each stands, and as it was typed."""
    return [(both.stands, both.typed) for both in answer.context["form"].beside]
