"""Replies and suggestions sent by two requests at the very same moment (C10, C11, V3)."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from threading import Event
from time import sleep
from uuid import uuid4

import pytest
from django.db import transaction

from klimtouw.belongings.actions import erase, keep, share
from klimtouw.belongings.models import Thing
from klimtouw.climb.models import Goal, Route, Stage, Step
from klimtouw.notices.models import Notice
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
    assert Notice.objects.filter(kind="something_left").count() == 2 * TIMES


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


@pytest.mark.parametrize("beside", ["stage", "step"])
@pytest.mark.parametrize("first", ["coach", "coachee"])
def test_what_is_laid_beside_a_step_while_its_stage_is_erased_stays_of_the_coach_or_finds_nothing(
    first: str, beside: str, running_relation: Relation, noor: Person, bram: Person, at: datetime
) -> None:
    goal = keep(Goal, by=noor, at=at, text="Ik durf.")
    route = keep(Route, by=noor, at=at, goal=goal)
    share(route, onto=running_relation.work_bond, by=noor, at=at)
    for number in range(4):
        stage = keep(Stage, by=noor, at=at, whole=route, position=1, text="Bellen.")
        step = keep(Step, by=noor, at=at, whole=route, stage=stage, position=1, text="Nummer zoeken.")
        about = step if beside == "step" else stage
        gives: dict[str, Callable[..., Reply | Suggestion]] = {
            "reply": partial(give_reply, reply_kind=ReplyKind.SUPPORT), "suggestion": give_suggestion
        }  # fmt: skip
        give = partial(
            gives["suggestion" if number % 2 and beside == "stage" else "reply"],
            about,
            by=bram,
            at=at,
            id=uuid4(),
            text=f"{number}",
        )
        gone = partial(erase, stage, by=noor, at=at)
        done, is_coach_first = Event(), first == "coach"
        order = (_first, _then) if is_coach_first else (_then, _first)
        given, erased = at_once(partial(order[0], give, done), partial(order[1], gone, done))
        assert erased is None
        assert isinstance(given, Thing if is_coach_first else Thing.DoesNotExist)
    assert not Stage.objects.exists()
    left = [*Reply.objects.all(), *Suggestion.objects.all()]
    assert [one.about_id for one in left] == ([None] * 4 if first == "coach" else [])


def _first(act: Callable[[], object], done: Event) -> object:
    """Do it, say so, and end the transaction only when the other had the time to run into it."""
    with transaction.atomic():
        given = act()
        done.set()
        sleep(0.3)
        return given


def _then(act: Callable[[], object], done: Event) -> object:
    done.wait(10)
    return act()
