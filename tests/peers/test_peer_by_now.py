"""Whether it is peer coaching is asked over every programme two people share, and asked again before they sign (V22)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from klimtouw.notices.models import Notice
from klimtouw.peers.models import Attestation, Support
from klimtouw.people.models import Person
from klimtouw.programmes.models import Institution, Membership, Programme
from klimtouw.relations.actions.contracts import draft_contract, sign_contract
from klimtouw.relations.actions.invitations import accept_invitation, invite
from klimtouw.relations.actions.peers import (
    NotBacked,
    rest_what_lost_its_backing,
    step_back,
    take_up,
)
from klimtouw.relations.choices import Side, State
from klimtouw.relations.models import Relation
from klimtouw.relations.queries.relations import relation as relation_of
from klimtouw.relations.tokens import token_for
from tests.peers.stories import belong, make_peer_coach, make_peer_relation
from tests.peers.test_peer_relation import terms
from tests.stories import make_person, make_relation

SignIn = Callable[[Person], Client]


@pytest.fixture
def other(programme: Programme) -> Programme:
    """A second programme of the same school."""
    return Programme.objects.create(institution=Institution.objects.get(), name="Vroedkunde")


def told_of_rest(to: Person, relation: Relation) -> int:
    """Return how often somebody is told that a relation rests."""
    return Notice.objects.filter(person=to, about=relation.pk, kind="rests").count()


def test_v22_two_shared_programmes_do_not_hide_that_a_learner_coaches(
    amir: Person, bram: Person, noor: Person, programme: Programme, other: Programme, at: datetime, sign_in: SignIn
) -> None:  # fmt: skip
    third = Programme.objects.create(institution=Institution.objects.get(), name="Logopedie")
    for each in (programme, other):
        belong(noor, each, "learner")
        belong(amir, each, "learner")
    belong(amir, third, "staff")  # elsewhere, and so of no weight between these two
    letter = invite(
        by=amir, at=at, side=Side.COACH, email=noor.email
    )  # no word of whether the address is known
    page = reverse("relations:invitation", args=[token_for(letter)])
    for reader in (sign_in(noor), Client()):
        assert "Een medestudent coacht je" in reader.get(page).content.decode()
    with pytest.raises(NotBacked):
        accept_invitation(letter, by=noor, at=at)
    make_peer_coach(amir, bram, programme, at)
    assert accept_invitation(letter, by=noor, at=at).is_peer


def test_v22_staff_of_one_shared_programme_coaches_as_staff(
    bram: Person, noor: Person, programme: Programme, other: Programme, at: datetime
) -> None:
    for each in (programme, other):
        belong(noor, each, "learner")
    belong(bram, programme, "staff")
    belong(bram, other, "learner")
    letter = invite(by=bram, at=at, side=Side.COACH, email=noor.email)
    assert not accept_invitation(letter, by=noor, at=at).is_peer


def test_v22_signing_asks_again_when_the_class_list_came_after_the_accounts(
    amir: Person, bram: Person, noor: Person, programme: Programme, at: datetime, sign_in: SignIn
) -> None:
    relation = make_relation(noor, amir, State.CONTRACTING, at)
    contract = draft_contract(relation=relation, by=amir, at=at, terms=terms(at))
    sign_contract(relation=relation, contract=contract.pk, by=amir, at=at)
    belong(noor, programme, "learner")
    belong(amir, programme, "learner")
    with pytest.raises(NotBacked):
        sign_contract(relation=relation, contract=contract.pk, by=noor, at=at)
    relation.refresh_from_db()
    assert relation.is_peer and relation.rests(at) and relation.state == State.CONTRACTING
    assert relation.acquaintance_bond.seats.get(person=amir).closes_at == at  # shut at once
    make_peer_coach(amir, bram, programme, at)
    with pytest.raises(NotBacked):  # first the coachee reads who stands behind (G1)
        sign_contract(relation=relation, contract=contract.pk, by=noor, at=at)
    take_up(relation, by=noor, at=at)
    sign_contract(relation=relation, contract=contract.pk, by=noor, at=at)
    relation.refresh_from_db()
    assert (relation.state, relation.responsible) == (State.RUNNING, bram)


def test_v22_what_ran_before_the_class_list_runs_on_and_its_renewal_asks(
    amir: Person, bram: Person, noor: Person, programme: Programme, at: datetime, sign_in: SignIn
) -> None:
    relation = make_relation(noor, amir, State.RUNNING, at)
    belong(noor, programme, "learner")
    belong(amir, programme, "learner")
    later = at + timedelta(days=100)
    seen = relation.contracts.get().pk
    renewal = draft_contract(relation=relation, by=amir, at=later, terms=terms(later), seen=seen)
    for signer in (amir, noor):
        with pytest.raises(NotBacked):
            sign_contract(relation=relation, contract=renewal.pk, by=signer, at=later)
    relation.refresh_from_db()
    assert (relation.is_peer, relation.state) == (False, State.RUNNING)
    page = reverse("relations:sign_contract", args=[relation.pk])
    answer = sign_in(noor).post(page, {"contract": str(renewal.pk)}, follow=True).content.decode()
    assert "geldt tot de laatste dag" in answer
    attestation, _support = make_peer_coach(amir, bram, programme, later, until=later + timedelta(days=9))
    assert bram.email in sign_in(noor).get(reverse("relations:contract", args=[relation.pk])).content.decode()
    for signer in (amir, noor):
        sign_contract(relation=relation, contract=renewal.pk, by=signer, at=later)
    relation.refresh_from_db()
    assert (relation.is_peer, relation.responsible) == (True, bram)
    assert relation.work_bond.seats.get(person=amir).closes_at == attestation.valid_until


def test_v22_what_began_before_anybody_asked_is_marked_once_and_what_runs_is_left(
    amir: Person, bram: Person, noor: Person, vera: Person, programme: Programme, at: datetime
) -> None:
    begun = make_relation(noor, amir, State.CLICKING, at)
    by_staff = make_relation(noor, bram, State.CLICKING, at)
    running = make_relation(make_person("Lotte"), amir, State.RUNNING, at)
    belong(noor, programme, "learner")
    belong(amir, programme, "learner")
    belong(bram, programme, "staff")
    mark = import_module(
        "klimtouw.relations.migrations.0012_mark_peer_relations_that_began_before"
    ).mark_peer_relations
    for _twice in range(2):
        mark(apps, None)
        marked = set(Relation.objects.filter(is_peer=True))
        assert marked == {begun}
        seat = begun.acquaintance_bond.seats.get(person=amir)
        assert seat.closes_at == seat.opens_at
    for left in (by_staff, running):
        assert left.acquaintance_bond.seats.get(person=left.coach).closes_at != at
    make_peer_coach(amir, bram, programme, at)
    begun.refresh_from_db()
    assert take_up(begun, by=noor, at=at).responsible == bram
    assert begun.acquaintance_bond.seats.get(person=amir).closes_at == Attestation.objects.get().valid_until


@pytest.mark.parametrize("state", [State.ACQUAINTING, State.CONTRACTING, State.PAUSED])
def test_v22_outside_running_it_rests_too_and_both_are_told_once(
    state: State, amir: Person, bram: Person, noor: Person, programme: Programme, at: datetime,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    relation = make_peer_relation(noor, amir, bram, programme, state, at)
    with django_capture_on_commit_callbacks(execute=True):
        Membership.objects.filter(person=bram).delete()
        assert rest_what_lost_its_backing(at=at) == 1
        assert rest_what_lost_its_backing(at=at) == 0
    relation.refresh_from_db()
    assert (relation.state, relation.responsible, relation.rests(at)) == (state, None, True)
    assert [told_of_rest(who, relation) for who in (noor, amir)] == [1, 1]


def test_g1_a_coach_who_steps_back_from_what_rests_already_stands_there_no_longer(
    amir: Person, bram: Person, noor: Person, programme: Programme, at: datetime
) -> None:
    relation = make_peer_relation(noor, amir, bram, programme, State.CONTRACTING, at)
    Attestation.objects.all().delete()
    rest_what_lost_its_backing(at=at)
    relation.refresh_from_db()
    assert (relation.rests(at), relation.responsible) == (True, bram)
    step_back(Support.objects.get(), by=bram, at=at)
    relation.refresh_from_db()
    assert relation.responsible is None


def test_v22_an_attestation_renewed_before_the_round_still_leaves_it_at_rest_and_both_hear(
    amir: Person, bram: Person, noor: Person, programme: Programme, at: datetime,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    relation = make_peer_relation(noor, amir, bram, programme, State.RUNNING, at)
    ran_out = at + timedelta(hours=2)
    Relation.objects.update(
        backed_until=ran_out
    )  # the attestation of before; the one there is now came after
    with django_capture_on_commit_callbacks(execute=True):
        assert rest_what_lost_its_backing(at=ran_out) == 1
    relation.refresh_from_db()
    assert relation.state == State.PAUSED and relation.responsible == bram
    assert [told_of_rest(who, relation) for who in (noor, amir)] == [1, 1]
    take_up(relation, by=amir, at=ran_out)
    assert relation_of(noor, ran_out, relation.pk).state == State.RUNNING
    assert rest_what_lost_its_backing(at=ran_out) == 0
