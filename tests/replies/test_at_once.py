"""Replies and suggestions sent by two requests at the very same moment (C10, C11, V3)."""

from datetime import datetime
from functools import partial
from uuid import uuid4

import pytest
from django.core import mail

from klimtouw.belongings.actions import keep, share
from klimtouw.climb.models import Goal
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from klimtouw.replies.actions import OfferedBefore, answer_suggestion, give_reply, give_suggestion
from klimtouw.replies.choices import Outcome, ReplyKind
from klimtouw.replies.models import Reply, Suggestion
from tests.at_once import at_once

pytestmark = [
    pytest.mark.only_on("postgresql"),  # SQLite in memory knows no two writers
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
TIMES = 8


@pytest.fixture
def goal(noor: Person, running_relation: Relation, at: datetime) -> Goal:
    """A goal of Noor, shared with Bram."""
    goal = keep(Goal, by=noor, at=at, text="Ik durf een vraag te stellen.")
    share(goal, onto=running_relation.work_bond, by=noor, at=at)
    return goal


def test_a_double_click_gives_one_reply_and_one_suggestion(goal: Goal, bram: Person, at: datetime) -> None:
    for number in range(TIMES):
        reply = partial(
            give_reply, goal, by=bram, at=at, id=uuid4(), reply_kind=ReplyKind.QUESTION, text="Hoezo?"
        )
        suggestion = partial(give_suggestion, goal, by=bram, at=at, id=uuid4(), text=f"Vraag {number}.")
        met = at_once(reply, reply, suggestion, suggestion)
        assert (met[0], met[2]) == (met[1], met[3])
        assert not [each for each in met if isinstance(each, Exception)]
    assert (Reply.objects.count(), Suggestion.objects.count()) == (TIMES, TIMES)
    assert len(mail.outbox) == 2 * TIMES


def test_v3_two_tabs_offer_the_same_words_once(goal: Goal, bram: Person, at: datetime) -> None:
    for number in range(TIMES):
        tabs = [
            partial(give_suggestion, goal, by=bram, at=at, id=uuid4(), text=text)
            for text in (f"Vraag het {number} keer.", f"vraag het  {number} keer")
        ]
        assert {type(each) for each in at_once(*tabs)} == {Suggestion, OfferedBefore}
    assert Suggestion.objects.count() == TIMES


def test_two_answers_at_once_leave_one_of_them(goal: Goal, noor: Person, bram: Person, at: datetime) -> None:
    offered = give_suggestion(goal, by=bram, at=at, id=uuid4(), text="Vraag het per mail.")
    answers = [
        partial(answer_suggestion, offered, by=noor, at=at, outcome=outcome)
        for outcome in (Outcome.PARKED, Outcome.NOT_NOW)
    ]
    assert at_once(*answers) == [None, None]
    offered.refresh_from_db()
    assert offered.outcome in (Outcome.PARKED, Outcome.NOT_NOW)
