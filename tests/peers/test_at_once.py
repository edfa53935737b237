"""Revoked at the very second it is signed: whoever is first, nothing is read without an attestation (V22)."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest

from klimtouw.peers.models import Attestation, Support
from klimtouw.people.models import Person
from klimtouw.programmes.models import Programme
from klimtouw.relations.actions.contracts import draft_contract, sign_contract
from klimtouw.relations.actions.invitations import accept_invitation, invite
from klimtouw.relations.actions.peers import NotBacked, revoke_attestation, step_back, take_up
from klimtouw.relations.choices import Side, State
from klimtouw.relations.models import LetterSent, Relation
from tests.at_once import at_once
from tests.peers.stories import belong, make_peer_coach, make_peer_relation
from tests.peers.test_peer_relation import terms

pytestmark = [
    pytest.mark.only_on("postgresql"),  # SQLite in memory knows no two writers
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
TIMES = 4


def nobody_reads(relation: Relation, at: datetime) -> bool:
    """Return whether the peer coach has no open place on either bond."""
    bonds = (relation.work_bond, relation.acquaintance_bond)
    seats = [seat for bond in bonds for seat in bond.seats.filter(person=relation.coach_id)]
    return all(seat.closes_at is not None and seat.closes_at <= at for seat in seats)


@pytest.mark.parametrize("end", ["revoke", "step back"])
def test_v22_revoking_and_signing_at_once_never_leave_a_place_open(
    end: str, noor: Person, amir: Person, bram: Person, programme: Programme, at: datetime
) -> None:
    for _ in range(TIMES):
        Relation.objects.all().delete()
        Attestation.objects.all().delete()
        Support.objects.all().delete()
        relation = make_peer_relation(noor, amir, bram, programme, State.CONTRACTING, at)
        contract = draft_contract(relation=relation, by=amir, at=at, terms=terms(at))
        sign_contract(relation=relation, contract=contract.pk, by=amir, at=at)
        ends: Callable[[], object] = (
            partial(revoke_attestation, Attestation.objects.latest("valid_from"), by=bram, at=at)
            if end == "revoke"
            else partial(step_back, Support.objects.get(), by=bram, at=at)
        )
        signed, ended = at_once(
            partial(sign_contract, relation=relation, contract=contract.pk, by=noor, at=at), ends
        )
        assert ended is None
        assert signed == contract or isinstance(signed, NotBacked)
        relation = Relation.objects.get(pk=relation.pk)
        assert relation.state in (State.CONTRACTING, State.PAUSED)
        assert relation.rests(at)
        assert nobody_reads(relation, at)


def test_v22_revoking_while_it_is_accepted_or_taken_up_leaves_no_place_open(
    noor: Person, amir: Person, bram: Person, programme: Programme, at: datetime
) -> None:
    belong(noor, programme, "learner")
    for _ in range(TIMES):
        Relation.objects.all().delete()
        Support.objects.all().delete()
        LetterSent.objects.all().delete()
        attestation, _support = make_peer_coach(amir, bram, programme, at)
        letter = invite(by=amir, at=at, side=Side.COACH, email=noor.email)
        begun, ended = at_once(
            partial(accept_invitation, letter, by=noor, at=at),
            partial(revoke_attestation, attestation, by=bram, at=at),
        )
        assert ended is None
        if isinstance(begun, Exception):
            assert isinstance(begun, NotBacked)
            letter.delete()
            continue
        relation = Relation.objects.get()
        assert nobody_reads(relation, at)
        again, _ = make_peer_coach(amir, bram, programme, at)
        at_once(
            partial(take_up, relation, by=noor, at=at), partial(revoke_attestation, again, by=bram, at=at)
        )
        assert nobody_reads(Relation.objects.get(), at)
