"""What two people, or one with two hands, do in a relation at the very same moment (R4, R6, V7, V11)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.core import mail
from django.utils.timezone import localdate

from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person
from klimtouw.relations.actions.acquaintance import write_piece, write_work_card
from klimtouw.relations.actions.beginning import mark_first_talk_held, put_away
from klimtouw.relations.actions.click import answer_click
from klimtouw.relations.actions.closing import complete_relation, leave_relation
from klimtouw.relations.actions.contracts import NewerVersion, draft_contract, sign_contract
from klimtouw.relations.actions.invitations import invite
from klimtouw.relations.choices import Click, Rhythm, Side, State
from klimtouw.relations.models import Contract, Expectation, Invitation, Relation, WorkCard
from klimtouw.relations.pieces import Piece
from klimtouw.relations.terms import Terms
from tests.at_once import at_once
from tests.stories import make_relation

pytestmark = [
    pytest.mark.only_on("postgresql"),  # SQLite in memory knows no two writers
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
TIMES = 5
In = Callable[[State], Relation]


@pytest.fixture
def in_state(noor: Person, bram: Person, at: datetime) -> In:
    """Make the relation of Noor and Bram in a state; the one before is gone."""

    def make(state: State) -> Relation:
        Relation.objects.all().delete()
        return make_relation(noor, bram, state, at)

    return make


def terms_until(at: datetime, days: int) -> Terms:
    """A plain contract."""
    return Terms(
        starts_on=localdate(at),
        ends_on=localdate(at) + timedelta(days=days),
        talks=5,
        rhythm=Rhythm.FORTNIGHTLY,
        availability="",
        coachee_may_expect="",
        coach_may_expect="",
        clauses=("Wat we zeggen, blijft hier.",),
    )


def test_a_double_click_on_an_invitation_sends_one_letter(bram: Person, at: datetime) -> None:
    for number in range(TIMES):
        email = f"iemand{number}@school.example"
        send = partial(invite, by=bram, at=at, side=Side.COACH, email=email, id=uuid4())
        first, second = at_once(send, send)
        assert isinstance(first, Invitation)
        assert first == second
    assert len(mail.outbox) == TIMES


def test_two_yeses_at_once_go_on_and_a_yes_and_a_no_do_not(
    noor: Person, bram: Person, at: datetime, in_state: In
) -> None:
    for second_answer, end in ((Click.YES, State.CONTRACTING), (Click.NO, State.NOT_STARTED)) * TIMES:
        relation = in_state(State.CLICKING)
        Relation.objects.update(has_double_hat=False)
        answers = (
            partial(answer_click, relation, by=noor, at=at, answer=Click.YES),
            partial(answer_click, relation, by=bram, at=at, answer=second_answer),
        )
        assert not [met for met in at_once(*answers) if isinstance(met, Exception)]
        relation.refresh_from_db()
        assert relation.state == end


def test_both_say_at_once_that_the_first_talk_was_there(
    noor: Person, bram: Person, at: datetime, in_state: In
) -> None:
    relation = in_state(State.ACQUAINTING)
    said = at_once(*(partial(mark_first_talk_held, relation, by=by, at=at) for by in (noor, bram)))
    assert said == [relation, relation]


def test_v11_a_double_click_drafts_once_and_two_writers_never_replace_each_other(
    noor: Person, bram: Person, at: datetime, in_state: In
) -> None:
    for _ in range(TIMES):
        relation = in_state(State.CONTRACTING)
        draft = partial(draft_contract, relation=relation, at=at, terms=terms_until(at, 100))
        twice = partial(draft, by=bram, id=new_id())
        first, second = at_once(twice, twice)
        assert isinstance(first, Contract)
        assert first == second
        changed = [partial(draft, by=by, id=new_id(), seen=first.pk) for by in (noor, bram)]
        assert {type(met) for met in at_once(*changed)} == {Contract, NewerVersion}
        assert Contract.objects.count() == 2


def test_two_signatures_at_once_bring_it_into_force_once(
    noor: Person, bram: Person, at: datetime, in_state: In
) -> None:
    for _ in range(TIMES):
        relation = in_state(State.CONTRACTING)
        contract = draft_contract(relation=relation, by=bram, at=at, terms=terms_until(at, 100))
        sign = [
            partial(sign_contract, relation=relation, contract=contract.pk, by=by, at=at)
            for by in (noor, bram)
        ]
        assert at_once(*sign) == [contract, contract]
        relation.refresh_from_db()
        assert relation.state == State.RUNNING
        assert relation.work_bond.seats.count() == 2


def test_both_leave_or_put_away_at_once_and_meet_no_fault(
    noor: Person, bram: Person, at: datetime, in_state: In
) -> None:
    relation = in_state(State.NOT_STARTED)
    assert at_once(*(partial(put_away, relation, by=by, at=at) for by in (noor, bram))) == [None, None]
    assert not Relation.objects.exists()
    relation = in_state(State.RUNNING)
    ends = (
        partial(leave_relation, relation=relation, by=noor, at=at),
        partial(complete_relation, relation=relation, by=bram, at=at),
    )
    assert None in at_once(*ends)  # one ends it; the other finds it ended, and meets a closed door
    relation.refresh_from_db()
    assert relation.state in (State.STOPPED, State.COMPLETED)


def test_two_first_saves_of_a_card_or_an_answer_make_one(noor: Person, at: datetime, in_state: In) -> None:
    relation = in_state(State.ACQUAINTING)
    write = partial(
        write_piece, Piece("wat-je-helpt-leren"), relation=relation, by=noor, at=at, is_shared=True, seen=0
    )
    card = partial(write_work_card, by=noor, at=at, seen=0)
    at_once(
        partial(write, words={"text": "Tijd."}, id=uuid4()),
        partial(write, words={"text": "Rust."}, id=uuid4()),
        partial(card, words={"how_i_work": "Rustig."}, id=uuid4()),
        partial(card, words={"how_i_work": "Traag."}, id=uuid4()),
    )
    assert (Expectation.objects.count(), WorkCard.objects.count()) == (1, 1)
