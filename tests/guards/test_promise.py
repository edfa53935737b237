"""The promise, played at random: whatever people do in whatever order, the gate says what ten lines of promise say.

A machine invites, clicks, signs, renews, pauses, stops, writes, shares, revokes, removes, takes back and lets time pass. After each act
everybody's answers are compared: of one thing, of a list, of the policy, and on PostgreSQL of the database itself.
"""

import os
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
import pytest
from django.db import connection, transaction
from django.utils.timezone import localdate
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.belongings.actions import NotYourBond, erase, keep, remove, revoke, share, take_back
from klimtouw.belongings.gate import hats_to_each
from klimtouw.belongings.models import Bond, Thing
from klimtouw.belongings.queries import in_full
from klimtouw.circles.actions.agreements import draft_agreement, sign_agreement
from klimtouw.circles.actions.circles import end_circle, end_circles_on_time, leave_circle, start_circle
from klimtouw.circles.actions.invitations import accept_circle_invitation
from klimtouw.circles.models import Circle, CircleInvitation, CirclePlace
from klimtouw.circles.queries.agreements import newest_agreement
from klimtouw.climb.models import Entry, Route, Stage
from klimtouw.climb.models import Goal as GoalRow
from klimtouw.people.models import Person
from klimtouw.people.second_lock import page_of
from klimtouw.relations.actions.beginning import begin_relation, erase_not_started, mark_first_talk_held
from klimtouw.relations.actions.click import answer_click
from klimtouw.relations.actions.closing import (
    complete_ended_relations,
    complete_relation,
    leave_relation,
    pause_relation,
    resume_relation,
)
from klimtouw.relations.actions.contracts import draft_contract, sign_contract
from klimtouw.relations.choices import Click, Origin, Rhythm, State
from klimtouw.relations.models import Relation
from klimtouw.relations.queries.contracts import newest_contract
from klimtouw.relations.terms import Terms
from tests.stories import make_person

LIVES = int(os.environ.get("KLIMTOUW_LIVES", "30"))
ZONE = ZoneInfo("Europe/Brussels")
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
STEPS_OF_THE_CLOCK = tuple(
    timedelta(**step) for step in ({"microseconds": 1}, {"hours": 5}, {"days": 1}, {"days": 25}, {"days": 90})
)


# The promise, in plain Python: what the product says it does, written down without looking at how it does it.


@dataclass(eq=False)
class Rope:
    """Who may be at it, and between which moments."""

    bond: Bond
    windows: dict[UUID, tuple[datetime, datetime]] = field(default_factory=dict)

    def is_open_for(self, person: UUID, now: datetime) -> bool:
        opens, closes = self.windows.get(person, (FOREVER, FOREVER))
        return opens <= now < closes

    def close(self, person: UUID, now: datetime) -> None:
        if person in self.windows:
            opens, closes = self.windows[person]
            self.windows[person] = (min(opens, now), min(closes, now))


@dataclass(eq=False)
class Written:
    """Something somebody wrote, and onto which ropes it is shared until when."""

    id: UUID
    owner: UUID
    whole: "Written | None" = None
    goes_along: "list[Written]" = field(default_factory=list)
    is_removed: bool = False
    shared: dict[UUID, tuple[Rope, datetime]] = field(default_factory=dict)

    def is_put_away(self, is_removed: bool) -> None:
        for one in (self, *self.goes_along):
            one.is_removed = is_removed
            if is_removed:
                one.shared.clear()  # it comes back private

    def may_be_read_by(self, person: UUID, now: datetime) -> bool:
        if person == self.owner:
            return True
        shared = [
            (rope, until)
            for one in (self, self.whole)
            if one and not self.is_removed and not one.is_removed
            for rope, until in one.shared.values()
        ]
        return any(now < until and rope.is_open_for(person, now) for rope, until in shared)


@dataclass(eq=False)
class Pair:
    """Two people at the two ends, and their two ropes."""

    coachee: Person
    coach: Person
    acquaintance: Rope
    work: Rope
    state: State = State.ACQUAINTING
    is_gone: bool = False


@dataclass(eq=False)
class Ring:
    """Some people on one rope; who comes later waits until all have signed."""

    circle: UUID
    guide: UUID
    rope: Rope
    closes: datetime
    unsigned: set[UUID] = field(default_factory=set)
    waiting: set[UUID] = field(default_factory=set)

    def sits(self, now: datetime) -> set[UUID]:
        return {person for person in self.rope.windows if self.rope.is_open_for(person, now)}


class Promise(RuleBasedStateMachine):
    """Five people who live at random; the fifth is never coached, and comes into circles."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.now = datetime(2026, 9, 1, 8, tzinfo=UTC)
        self.pairs: dict[UUID, Pair] = {}
        self.things: dict[UUID, Written] = {}
        self.rings: list[Ring] = []

    @initialize()
    def people_come(self) -> None:
        self.people = [make_person(name) for name in ("Noor", "Bram", "Amir", "Stan", "Lotte")]

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    # Finding one's way

    def some(self, data: Any, *states: State) -> tuple[Relation, Pair]:
        pk = data.draw(st.sampled_from([pk for pk, pair in self.pairs.items() if pair.state in states]))
        return Relation.objects.get(pk=pk), self.pairs[pk]

    def either(self, data: Any, pair: Pair) -> Person:
        person: Person = data.draw(st.sampled_from([pair.coachee, pair.coach]))
        return person

    def is_any(self, *states: State) -> bool:
        return any(pair.state in states for pair in self.pairs.values())

    def thing(self, data: Any, *, removed: bool = False) -> tuple[Any, Written, Person]:
        written = data.draw(
            st.sampled_from([one for one in self.things.values() if one.is_removed == removed])
        )
        owner = next(person for person in self.people if person.pk == written.owner)
        return in_full([Thing.objects.get(pk=written.id)])[0], written, owner

    # The relation

    @rule(data=st.data())
    def two_begin(self, data: Any) -> None:
        coachee, coach = data.draw(st.permutations(self.people[:4]))[:2]
        relation = begin_relation(coachee=coachee, coach=coach, origin=Origin.CHOSEN, at=self.now)
        if relation.pk in self.pairs:
            return
        pair = Pair(coachee, coach, Rope(relation.acquaintance_bond), Rope(relation.work_bond))
        for person in (coachee, coach):
            pair.acquaintance.windows[person.pk] = (self.now, FOREVER)
        self.pairs[relation.pk] = pair

    @precondition(lambda self: self.is_any(State.ACQUAINTING))
    @rule(data=st.data())
    def they_talk(self, data: Any) -> None:
        relation, pair = self.some(data, State.ACQUAINTING)
        mark_first_talk_held(relation, by=self.either(data, pair), at=self.now)
        Relation.objects.filter(pk=relation.pk).update(has_double_hat=False)
        pair.state = State.CLICKING

    @precondition(lambda self: self.is_any(State.CLICKING))
    @rule(data=st.data(), is_yes=st.sampled_from([True, True, True, False]))
    def it_clicks_or_not(self, data: Any, is_yes: bool) -> None:
        relation, pair = self.some(data, State.CLICKING)
        answer_click(relation, by=pair.coachee, at=self.now, answer=Click.YES)
        relation = Relation.objects.get(pk=relation.pk)
        answer_click(relation, by=pair.coach, at=self.now, answer=Click.YES if is_yes else Click.NO)
        pair.state = State.CONTRACTING if is_yes else State.NOT_STARTED
        if not is_yes:
            self.ends(pair)

    @precondition(lambda self: self.is_any(State.CONTRACTING, State.RUNNING, State.PAUSED))
    @rule(
        data=st.data(),
        starts_in=st.integers(0, 3),
        lasts=st.integers(0, 60),
        both=st.sampled_from([True, True, False]),
    )
    def they_sign(self, data: Any, starts_in: int, lasts: int, both: bool) -> None:
        relation, pair = self.some(data, State.CONTRACTING, State.RUNNING, State.PAUSED)
        if self.has_run_out(pair):
            return
        starts = localdate(self.now) + timedelta(days=starts_in)
        terms = Terms(
            starts_on=starts, ends_on=starts + timedelta(days=lasts), talks=5, rhythm=Rhythm.FORTNIGHTLY
        )
        newest = newest_contract(relation)
        contract = draft_contract(
            relation=relation, by=pair.coach, at=self.now, terms=terms, seen=newest.pk if newest else None
        )
        for person in (pair.coachee, pair.coach)[: 2 if both else 1]:
            sign_contract(
                relation=Relation.objects.get(pk=relation.pk), contract=contract.pk, by=person, at=self.now
            )
        if both:
            self.the_rope_opens(pair, terms.starts_on, terms.ends_on)

    def the_rope_opens(self, pair: Pair, starts: date, ends: date) -> None:
        opens = max(self.now, datetime.combine(starts, datetime.min.time(), ZONE))
        closes = datetime.combine(ends + timedelta(days=1), datetime.min.time(), ZONE)
        seated = pair.work.windows.get(pair.coach.pk)
        if seated and seated[0] <= self.now:
            opens = seated[0]
        pair.work.windows = {pair.coachee.pk: (opens, FOREVER), pair.coach.pk: (opens, closes)}
        for person, (since, _) in pair.acquaintance.windows.items():
            pair.acquaintance.windows[person] = (since, closes)
        if pair.state == State.CONTRACTING:
            pair.state = State.RUNNING

    def has_run_out(self, pair: Pair) -> bool:
        """By the clock it is over; the product knows that without having written it down."""
        return pair.state in (State.RUNNING, State.PAUSED) and self.now >= pair.work.windows[pair.coach.pk][1]

    @precondition(lambda self: self.is_any(State.RUNNING))
    @rule(data=st.data())
    def they_pause(self, data: Any) -> None:
        relation, pair = self.some(data, State.RUNNING)
        if not self.has_run_out(pair):
            pause_relation(relation=relation, by=self.either(data, pair), at=self.now)
            pair.state = State.PAUSED

    @precondition(lambda self: self.is_any(State.PAUSED))
    @rule(data=st.data())
    def they_go_on(self, data: Any) -> None:
        relation, pair = self.some(data, State.PAUSED)
        if not self.has_run_out(pair):
            resume_relation(relation=relation, by=self.either(data, pair), at=self.now)
            pair.state = State.RUNNING

    @precondition(
        lambda self: self.is_any(
            State.ACQUAINTING, State.CLICKING, State.CONTRACTING, State.RUNNING, State.PAUSED
        )
    )
    @rule(data=st.data(), is_completed=st.booleans())
    def somebody_ends_it(self, data: Any, is_completed: bool) -> None:
        relation, pair = self.some(
            data, State.ACQUAINTING, State.CLICKING, State.CONTRACTING, State.RUNNING, State.PAUSED
        )
        if self.has_run_out(pair):
            return
        by = self.either(data, pair)
        if is_completed and pair.state in (State.RUNNING, State.PAUSED):
            complete_relation(relation=relation, by=by, at=self.now)
            pair.state = State.COMPLETED
        else:
            leave_relation(relation=relation, by=by, at=self.now)
            has_begun = pair.state not in (State.ACQUAINTING, State.CLICKING)
            pair.state = State.STOPPED if has_begun else State.NOT_STARTED
        self.ends(pair)

    def ends(self, pair: Pair) -> None:
        pair.work.close(pair.coach.pk, self.now)
        for person in (pair.coachee, pair.coach):
            pair.acquaintance.close(person.pk, self.now)

    # The circle

    def ring(self, data: Any) -> tuple[Circle, Ring] | None:
        going_on = [ring for ring in self.rings if ring.sits(self.now)]
        if not going_on:
            return None
        ring = data.draw(st.sampled_from(going_on))
        return Circle.objects.get(pk=ring.circle), ring

    def who_is(self, keys: set[UUID]) -> list[Person]:
        return [person for person in self.people if person.pk in keys]

    @precondition(lambda self: len(self.rings) < 2)
    @rule(data=st.data(), lasts=st.integers(0, 60))
    def a_circle_begins(self, data: Any, lasts: int) -> None:
        guide, *others = data.draw(st.permutations(self.people))[:4]
        circle = start_circle(by=guide, at=self.now, name="Kring")
        for person in others:
            CirclePlace.objects.create(circle=circle, person=person, hat="member", came_at=self.now)
        last = localdate(self.now) + timedelta(days=lasts)
        version = draft_agreement(circle, by=others[0], at=self.now, ends_on=last, clauses=())
        for person in (guide, *others):
            sign_agreement(Circle.objects.get(pk=circle.pk), agreement=version.pk, by=person, at=self.now)
        closes = datetime.combine(last + timedelta(days=1), datetime.min.time(), ZONE)
        rope = Rope(circle.bond, {person.pk: (self.now, closes) for person in (guide, *others)})
        self.rings.append(Ring(circle.pk, guide.pk, rope, closes))
        for person in (guide, others[0]):  # else nobody would have anything to lose by leaving
            written = self.wrote(keep(Entry, by=person, at=self.now, text="Voor de kring."))
            share(Thing.objects.get(pk=written.id), onto=circle.bond, by=person, at=self.now)
            written.shared[circle.bond_id] = (rope, FOREVER)

    @precondition(lambda self: self.rings)
    @rule(data=st.data())
    def somebody_comes_into_a_circle(self, data: Any) -> None:
        found = self.ring(data)
        if found is None or found[1].guide not in found[1].sits(self.now):
            return
        circle, ring = found
        here = ring.sits(self.now) | ring.waiting
        if not (others := [person for person in self.people if person.pk not in here]):
            return
        comes = data.draw(st.sampled_from(others))
        letter = CircleInvitation.objects.create(
            circle=circle,
            inviter_id=ring.guide,
            email=comes.email,
            sent_at=self.now,
            expires_at=self.now + timedelta(days=1),
        )
        accept_circle_invitation(letter, by=comes, at=self.now)
        ring.waiting.add(comes.pk)
        ring.unsigned = here | {comes.pk}

    @precondition(lambda self: any(ring.unsigned for ring in self.rings))
    @rule(data=st.data())
    def somebody_signs_in_a_circle(self, data: Any) -> None:
        found = self.ring(data)
        if found is None or not found[1].unsigned:
            return
        circle, ring = found
        person = data.draw(st.sampled_from(self.who_is(ring.unsigned)))
        version = newest_agreement(circle)
        sign_agreement(circle, agreement=version.pk, by=person, at=self.now)  # type: ignore[union-attr]  # there is one
        ring.unsigned.discard(person.pk)
        self.all_signed(ring)

    def all_signed(self, ring: Ring) -> None:
        if not ring.unsigned:
            ring.rope.windows |= dict.fromkeys(ring.waiting, (self.now, ring.closes))
            ring.waiting = set()

    @precondition(lambda self: self.rings)
    @rule(data=st.data())
    def somebody_leaves_a_circle(self, data: Any) -> None:
        if (found := self.ring(data)) is None:
            return
        circle, ring = found
        person = data.draw(st.sampled_from(self.who_is(ring.sits(self.now) | ring.waiting)))
        leave_circle(circle, by=person, at=self.now)
        ring.rope.close(person.pk, self.now)
        self.no_longer_shared(ring, person.pk)
        was_waited_for = person.pk in ring.unsigned
        ring.unsigned.discard(person.pk)
        ring.waiting.discard(person.pk)
        if len(ring.sits(self.now)) < 2:
            self.ring_ends(ring)
        elif was_waited_for or ring.waiting:
            self.all_signed(ring)

    @precondition(lambda self: self.rings)
    @rule(data=st.data())
    def a_circle_is_ended(self, data: Any) -> None:
        found = self.ring(data)
        if found is None or found[1].guide not in found[1].sits(self.now):
            return
        circle, ring = found
        (guide,) = self.who_is({ring.guide})
        end_circle(circle, by=guide, at=self.now)
        self.ring_ends(ring)

    def ring_ends(self, ring: Ring) -> None:
        for person in ring.rope.windows:
            ring.rope.close(person, self.now)
        ring.waiting, ring.unsigned = set(), set()
        self.no_longer_shared(ring)

    def no_longer_shared(self, ring: Ring, owner: UUID | None = None) -> None:
        for one in self.things.values():
            if owner in (None, one.owner):
                one.shared.pop(ring.rope.bond.pk, None)

    # Words

    @rule(data=st.data(), kind=st.sampled_from(["goal", "entry", "route"]))
    def somebody_writes(self, data: Any, kind: str) -> None:
        by = data.draw(st.sampled_from(self.people))
        if kind == "entry":
            self.wrote(keep(Entry, by=by, at=self.now, text="Vandaag."))
            return
        goal = keep(GoalRow, by=by, at=self.now, text="Ik durf.")
        own = self.wrote(goal)
        if kind == "route":
            route = keep(Route, by=by, at=self.now, goal=goal)
            whole = self.wrote(route)
            own.goes_along.append(whole)  # a route is put away and taken back with its goal
            self.wrote(keep(Stage, by=by, at=self.now, whole=route, position=1, text="Eerst."), whole)

    def wrote(self, thing: Thing, whole: Written | None = None) -> Written:
        self.things[thing.pk] = Written(thing.pk, thing.owner_id, whole)
        return self.things[thing.pk]

    @precondition(
        lambda self: (self.pairs or self.rings) and any(not one.is_removed for one in self.things.values())
    )
    @rule(data=st.data(), days=st.sampled_from([None, 1, 30]))
    def somebody_shares(self, data: Any, days: int | None) -> None:
        thing, written, owner = self.thing(data)
        ropes = [
            rope
            for pair in self.pairs.values()
            if not pair.is_gone
            for rope in (pair.acquaintance, pair.work)
        ] + [ring.rope for ring in self.rings]
        if not ropes:
            return
        rope = data.draw(st.sampled_from(ropes))
        until = self.now + timedelta(days=days) if days else None
        if not rope.is_open_for(owner.pk, self.now):
            with pytest.raises(NotYourBond):
                share(thing, onto=rope.bond, by=owner, at=self.now, until=until)
            return
        share(thing, onto=rope.bond, by=owner, at=self.now, until=until)
        written.shared[rope.bond.pk] = (rope, until or FOREVER)

    @precondition(lambda self: any(one.shared and not one.is_removed for one in self.things.values()))
    @rule(data=st.data())
    def somebody_revokes(self, data: Any) -> None:
        thing, written, owner = self.thing(data)
        if written.shared:
            bond = data.draw(st.sampled_from(sorted(written.shared)))
            revoke(thing, onto=written.shared.pop(bond)[0].bond, by=owner, at=self.now)

    @precondition(lambda self: any(not one.is_removed for one in self.things.values()))
    @rule(data=st.data())
    def somebody_removes(self, data: Any) -> None:
        thing, written, owner = self.thing(data)
        remove(thing, by=owner, at=self.now)
        written.is_put_away(True)

    @precondition(lambda self: any(one.is_removed for one in self.things.values()))
    @rule(data=st.data())
    def somebody_takes_back(self, data: Any) -> None:
        thing, written, owner = self.thing(data, removed=True)
        take_back(thing, by=owner, at=self.now)
        written.is_put_away(False)

    @precondition(lambda self: len(self.things) > 3)
    @rule(data=st.data(), removed=st.booleans())
    def somebody_erases(self, data: Any, removed: bool) -> None:
        if not any(one.is_removed == removed for one in self.things.values()):
            return
        thing, written, owner = self.thing(data, removed=removed)
        erase(thing, by=owner, at=self.now)
        gone = [written, *written.goes_along]
        self.things = {
            pk: one for pk, one in self.things.items() if one not in gone and one.whole not in gone
        }

    # Time

    @rule(step=st.sampled_from(STEPS_OF_THE_CLOCK))
    def time_passes(self, step: timedelta) -> None:
        self.now += step

    @rule()
    def the_daily_round_comes(self) -> None:
        complete_ended_relations(at=self.now)
        erase_not_started(self.now)
        end_circles_on_time(self.now)
        for ring in self.rings:
            if not ring.sits(self.now):
                self.ring_ends(ring)
        for pk, pair in list(self.pairs.items()):
            if self.has_run_out(pair):
                pair.state = State.COMPLETED
            if not Relation.objects.filter(pk=pk).exists():
                assert pair.state == State.NOT_STARTED
                pair.is_gone = True
                del self.pairs[pk]

    # What must hold after each act

    @invariant()
    def everybody_reads_what_was_promised(self) -> None:
        rows = list(Thing.objects.all())
        for person in self.people:
            promised = {one.id for one in self.things.values() if one.may_be_read_by(person.pk, self.now)}
            hats = hats_to_each(rows, person, self.now)
            assert {row.pk for row in rows if hats[row.pk]} == promised
            assert set(Thing.objects.visible_to(person, self.now).values_list("pk", flat=True)) == promised
            if connection.vendor == "postgresql":
                with page_of(person.pk, self.now):
                    assert set(Thing.objects.values_list("pk", flat=True)) == promised
        for row in rows[-2:]:
            for person in self.people:
                promised_one = self.things[row.pk].may_be_read_by(person.pk, self.now)
                assert may(person, Action.READ, row, self.now) == promised_one
                assert may(person, Action.WRITE, row, self.now) == (person.pk == row.owner_id)


@pytest.mark.django_db
def test_whatever_people_do_the_gate_keeps_the_promise() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]  # hypothesis does not type it
        Promise,
        settings=settings(
            max_examples=LIVES,
            stateful_step_count=40,
            deadline=None,
            derandomize=LIVES == 30,  # every run plays the same lives; with another number, others
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
