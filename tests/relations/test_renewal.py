"""Renewal: a quiet offer some weeks before the end, a new version signed by both, and nothing that goes on by itself."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from klimtouw.access.decide import Denied
from klimtouw.foundation.clock import end_of
from klimtouw.people.models import Person
from klimtouw.relations.actions.closing import complete_ended_relations, leave_relation, pause_relation
from klimtouw.relations.actions.contracts import (
    LastDayIsOver,
    NewerVersion,
    NotTheNewest,
    draft_contract,
    sign_contract,
)
from klimtouw.relations.choices import Rhythm, State
from klimtouw.relations.models import Contract, Relation
from klimtouw.relations.queries.contracts import contract_in_force, newest_contract, start_of_draft
from klimtouw.relations.queries.next_act import offer_in
from klimtouw.relations.queries.relations import relation as relation_now
from klimtouw.relations.terms import Terms
from tests.stories import make_relation

SignIn = Callable[[Person], Client]
ZONE = ZoneInfo("Europe/Brussels")
HOME = reverse("home")


@pytest.fixture
def last_day(running_relation: Relation) -> date:
    """The last day of what Noor and Bram agreed."""
    in_force = contract_in_force(running_relation)
    assert in_force is not None
    return in_force.ends_on


def noon(day: date) -> datetime:
    """Return the middle of a day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZONE)


def text_of(client: Client, address: str) -> str:
    """Return a page as text."""
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def renewal(relation: Relation, by: Person, at: datetime, days: int = 60) -> Contract:
    """Let somebody write a version that goes on after the last day."""
    newest = newest_contract(relation)
    assert newest is not None
    start = newest.ends_on + timedelta(days=1)
    terms = Terms(starts_on=start, ends_on=start + timedelta(days=days), talks=5, rhythm="monthly")
    return draft_contract(relation=relation, by=by, at=at, terms=terms, seen=newest.pk)


def test_r13_some_weeks_before_the_end_both_first_pages_offer_to_look_at_it_and_not_before(
    running_relation: Relation, noor: Person, bram: Person, last_day: date, sign_in: SignIn
) -> None:
    offer = "Jullie coachafspraken lopen tot en met"
    for person in (noor, bram):
        seen = {}
        for days in (40, 22, 21, 1, 0, -1):
            with time_machine.travel(noon(last_day - timedelta(days=days)), tick=False):
                seen[days] = offer in text_of(sign_in(person), HOME)
        assert seen == {40: False, 22: False, 21: True, 1: True, 0: True, -1: False}


def test_v11_v17_the_page_says_that_every_way_is_fine_and_opening_it_changes_nothing(
    running_relation: Relation, noor: Person, bram: Person, last_day: date, sign_in: SignIn
) -> None:
    address = reverse("relations:ending", args=[running_relation.pk])
    for person in (noor, bram):
        with time_machine.travel(noon(last_day), tick=False):
            text = text_of(sign_in(person), address)
        assert "Samen verdergaan" in text
        assert "Samen afronden" in text
        assert "Vanzelf laten aflopen" in text
        assert text.count("button--primary") == 1
    assert Contract.objects.count() == 1
    assert complete_ended_relations(at=end_of(last_day, ZONE)) == 1


def test_the_page_of_an_ended_relation_leads_to_how_it_is(
    noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    relation = make_relation(noor, bram, State.COMPLETED, at)
    answer = sign_in(noor).get(reverse("relations:ending", args=[relation.pk]))
    assert answer["Location"] == relation.get_absolute_url()


def test_v11_renewing_starts_after_the_last_day_and_asks_for_a_new_last_day(
    running_relation: Relation, noor: Person, last_day: date, at: datetime, sign_in: SignIn
) -> None:
    start = start_of_draft(running_relation, "nl", at, renews=True)
    assert (start.fields["starts_on"], start.fields["ends_on"]) == (last_day + timedelta(days=1), None)
    address = reverse("relations:contract_draft", args=[running_relation.pk]) + "?verlengen"
    client = sign_in(noor)
    assert "Coachafspraken verlengen" in text_of(client, address)
    sent = {**{k: v for k, v in start.fields.items() if v is not None}, "ends_on": ""}
    assert "Er is altijd een laatste dag" in client.post(address, sent).content.decode()
    assert Contract.objects.count() == 1


def test_v11_both_sign_and_the_rope_stays_open_without_a_gap(
    running_relation: Relation, noor: Person, bram: Person, last_day: date, at: datetime
) -> None:
    near = noon(last_day - timedelta(days=3))
    contract = renewal(running_relation, noor, near)
    sign_contract(relation=running_relation, contract=contract.pk, by=noor, at=near)
    assert running_relation.work_bond.seats.get(hat="coach").closes_at is not None
    before = running_relation.work_bond.seats.get(hat="coach").closes_at
    assert before is not None
    assert before <= end_of(last_day, ZONE), "one signature moves nothing"
    sign_contract(relation=running_relation, contract=contract.pk, by=bram, at=near)
    seat = running_relation.work_bond.seats.get(hat="coach")
    assert (seat.opens_at <= near, seat.closes_at) == (True, end_of(contract.ends_on, ZONE))
    assert complete_ended_relations(at=end_of(last_day, ZONE)) == 0


def test_v11_a_renewal_that_one_of_the_two_signed_ends_on_the_old_day(
    running_relation: Relation, noor: Person, last_day: date
) -> None:
    contract = renewal(running_relation, noor, noon(last_day))
    sign_contract(relation=running_relation, contract=contract.pk, by=noor, at=noon(last_day))
    after = end_of(last_day, ZONE)
    assert relation_now(noor, after, running_relation.pk).state == State.COMPLETED
    with pytest.raises(Denied):
        sign_contract(relation=running_relation, contract=contract.pk, by=running_relation.coach, at=after)


def test_a_proposal_stands_on_the_first_page_of_who_has_not_signed_it(
    running_relation: Relation, noor: Person, bram: Person, last_day: date, sign_in: SignIn
) -> None:
    near = noon(last_day - timedelta(days=2))
    contract = renewal(running_relation, noor, near)
    sign_contract(relation=running_relation, contract=contract.pk, by=noor, at=near)
    with time_machine.travel(near, tick=False):
        assert "Lees en teken" in text_of(sign_in(bram), HOME)
        mine = text_of(sign_in(noor), HOME)
    assert "Lees en teken" not in mine
    assert "Bekijk hoe jullie verder willen" not in mine, "Noor did what she could"


def test_both_renew_at_once_and_the_second_sees_the_first(
    running_relation: Relation, noor: Person, bram: Person, last_day: date, at: datetime, sign_in: SignIn
) -> None:
    start = start_of_draft(running_relation, "nl", at, renews=True)
    seen = start.newest
    assert seen is not None
    first = renewal(running_relation, bram, at)
    terms = Terms(starts_on=first.starts_on, ends_on=first.ends_on, talks=9, rhythm="weekly")
    with pytest.raises(NewerVersion):
        draft_contract(relation=running_relation, by=noor, at=at, terms=terms, seen=seen.pk)
    address = reverse("relations:contract_draft", args=[running_relation.pk]) + "?verlengen"
    fields = {"starts_on": first.starts_on, "ends_on": first.ends_on, "talks": 9, "rhythm": "weekly"}
    answer = sign_in(noor).post(address, {**fields, "seen": seen.pk})
    assert "Bram bewaarde intussen een andere versie" in answer.content.decode()
    assert Contract.objects.count() == 2


def test_v11_a_signature_on_an_old_page_signs_nothing(
    running_relation: Relation, noor: Person, bram: Person, at: datetime
) -> None:
    old = renewal(running_relation, noor, at)
    newer = draft_contract(
        relation=running_relation,
        by=bram,
        at=at,
        terms=Terms(
            starts_on=old.starts_on, ends_on=old.ends_on - timedelta(days=9), talks=3, rhythm="weekly"
        ),
        seen=old.pk,
    )
    with pytest.raises(NotTheNewest):
        sign_contract(relation=running_relation, contract=old.pk, by=noor, at=at)
    assert not newer.signatures.exists()


@pytest.mark.parametrize("stops", ["noor", "bram"])
def test_v11_who_stops_while_the_other_renews_has_stopped(
    stops: str, running_relation: Relation, noor: Person, bram: Person, at: datetime
) -> None:
    stopper, other = (noor, bram) if stops == "noor" else (bram, noor)
    contract = renewal(running_relation, other, at)
    sign_contract(relation=running_relation, contract=contract.pk, by=other, at=at)
    leave_relation(relation=running_relation, by=stopper, at=at)
    for act in (
        lambda: sign_contract(relation=running_relation, contract=contract.pk, by=stopper, at=at),
        lambda: renewal(running_relation, other, at),
    ):
        with pytest.raises(Denied):
            act()
    running_relation.refresh_from_db()
    assert running_relation.state == State.STOPPED
    contract.refresh_from_db()
    assert contract.in_force_at is None


def test_a_renewal_signed_too_late_asks_for_another_day(noor: Person, bram: Person, at: datetime) -> None:
    relation = make_relation(noor, bram, State.CONTRACTING, at)
    today = localdate(at)
    terms = Terms(starts_on=today, ends_on=today, talks=1, rhythm="weekly")
    contract = draft_contract(relation=relation, by=noor, at=at, terms=terms)
    with pytest.raises(LastDayIsOver):
        sign_contract(relation=relation, contract=contract.pk, by=noor, at=at + timedelta(days=1))


def test_on_its_last_day_a_contract_can_still_be_renewed_until_midnight_here(
    running_relation: Relation, noor: Person, bram: Person, last_day: date
) -> None:
    """Midnight in Brussels counts, wherever the reader is: in UTC the day is not over yet, or over already."""
    at = end_of(last_day, ZONE) - timedelta(microseconds=1)
    offer = offer_in(relation_now(noor, at, running_relation.pk), noor, at)
    assert offer is not None
    contract = renewal(running_relation, noor, at)
    for person in (noor, bram):
        sign_contract(relation=running_relation, contract=contract.pk, by=person, at=at)
    assert relation_now(noor, end_of(last_day, ZONE), running_relation.pk).state == State.RUNNING


def test_a_contract_that_ends_on_a_leap_day_is_renewed_from_the_first_of_march(
    running_relation: Relation, noor: Person, bram: Person
) -> None:
    Contract.objects.update(starts_on=date(2028, 1, 10), ends_on=date(2028, 2, 29))
    at = noon(date(2028, 2, 29))
    start = start_of_draft(running_relation, "nl", at, renews=True)
    assert start.fields["starts_on"] == date(2028, 3, 1)
    contract = renewal(running_relation, noor, at, days=364)
    for person in (noor, bram):
        sign_contract(relation=running_relation, contract=contract.pk, by=person, at=at)
    assert relation_now(noor, noon(date(2029, 2, 28)), running_relation.pk).state == State.RUNNING
    assert relation_now(noor, noon(date(2029, 3, 1)), running_relation.pk).state == State.COMPLETED


def test_a_pause_hides_no_end(running_relation: Relation, noor: Person, last_day: date) -> None:
    near = noon(last_day - timedelta(days=5))
    pause_relation(relation=running_relation, by=noor, at=near)
    offer = offer_in(relation_now(noor, near, running_relation.pk), noor, near)
    assert offer is not None
    assert "lopen tot en met" in offer.title


def test_the_offer_asks_the_database_nothing(
    running_relation: Relation,
    noor: Person,
    last_day: date,
    django_assert_num_queries: Callable[[int], object],
) -> None:
    near = noon(last_day)
    relation = relation_now(noor, near, running_relation.pk)
    with django_assert_num_queries(0):  # type: ignore[attr-defined]  # a context manager
        assert offer_in(relation, noor, near) is not None


@pytest.mark.parametrize("rhythm", Rhythm)
def test_r11_a_rhythm_is_a_number_of_weeks_or_a_choice_to_wait_for_each_other(rhythm: Rhythm) -> None:
    assert (rhythm.weeks is None) == (rhythm == Rhythm.WHEN_NEEDED)
    assert rhythm.weeks in (None, 1, 2, 3, 4, 6)
