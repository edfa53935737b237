"""Talks proposed, written about and held by two requests at the very same moment (T1, T3)."""

from datetime import datetime
from functools import partial
from uuid import uuid4

import pytest
from django.core import mail

from klimtouw.foundation.clock import now
from klimtouw.notices.models import Notice
from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.talks.actions import (
    cancel_talk,
    choose_moment,
    give_sentence,
    mark_talk_held,
    propose_other_moments,
    propose_talk,
    write_line,
    write_takeaway,
)
from klimtouw.talks.models import CoachSentence, PreparationLine, Takeaway, Talk
from tests.at_once import at_once
from tests.stories import make_relation
from tests.talks.conftest import days, make_held, make_planned

pytestmark = [
    pytest.mark.only_on("postgresql"),  # SQLite in memory knows no two writers
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
TIMES = 8


@pytest.fixture
def relation(noor: Person, bram: Person) -> Relation:
    """Bram coaches Noor."""
    return make_relation(noor, bram, State.RUNNING, now())


def test_a_double_click_proposes_one_talk_and_tells_it_once(
    relation: Relation, bram: Person, at: datetime
) -> None:
    for _ in range(TIMES):
        propose = partial(
            propose_talk, relation=relation, by=bram, at=at, moments=[days(2, at)], minutes=30, id=uuid4()
        )
        first, second = at_once(propose, propose)
        assert isinstance(first, Talk)
        assert first == second
    assert Talk.objects.count() == TIMES
    assert Notice.objects.count() == TIMES


def test_two_who_propose_with_the_same_id_each_make_a_talk(
    relation: Relation, bram: Person, noor: Person, at: datetime
) -> None:
    for number in range(1, TIMES + 1):
        propose = partial(
            propose_talk, relation=relation, at=at, moments=[days(2, at)], minutes=30, id=uuid4()
        )
        made = at_once(partial(propose, by=bram), partial(propose, by=noor))
        assert all(isinstance(talk, Talk) for talk in made)
        assert Talk.objects.count() == 2 * number


def test_a_double_tap_on_a_moment_plans_once(
    relation: Relation, bram: Person, noor: Person, at: datetime
) -> None:
    talk = propose_talk(relation=relation, by=bram, at=at, moments=[days(2, at), days(3, at)], minutes=30)
    moment = talk.moments.order_by("starts_at")[0].pk
    choose = partial(choose_moment, talk=talk, by=noor, at=at, moment_id=moment)
    assert at_once(choose, choose) == [talk, talk]
    talk.refresh_from_db()
    assert talk.revision == 1


def test_two_moments_chosen_in_the_same_second_plan_one_and_the_other_hears_so(
    relation: Relation, bram: Person, noor: Person, at: datetime
) -> None:
    for _ in range(TIMES):
        talk = propose_talk(relation=relation, by=bram, at=at, moments=[days(2, at), days(3, at)], minutes=30)
        mail.outbox.clear()
        two = list(talk.moments.order_by("starts_at").values_list("pk", flat=True))
        choices = [partial(choose_moment, talk=talk, by=noor, at=at, moment_id=moment) for moment in two]
        met = at_once(*choices)
        assert sorted(type(each).__name__ for each in met) == ["Overtaken", "Talk"]
        talk.refresh_from_db()
        chosen = next(each for each in met if isinstance(each, Talk))
        assert (talk.state, talk.revision, talk.starts_at) == ("planned", 1, chosen.starts_at)
        assert sorted(letter.to[0] for letter in mail.outbox) == [
            "bram@school.example",
            "noor@school.example",
        ]


def test_one_chooses_while_the_other_proposes_others_and_nothing_is_half_done(
    relation: Relation, bram: Person, noor: Person, at: datetime
) -> None:
    for _ in range(TIMES):
        talk = propose_talk(relation=relation, by=bram, at=at, moments=[days(2, at)], minutes=30)
        choose = partial(choose_moment, talk=talk, by=noor, at=at, moment_id=talk.moments.get().pk)
        others = {"moments": [days(4, at)], "minutes": 30}
        move = partial(propose_other_moments, talk=talk, by=bram, at=at, seen=0, **others)
        met = at_once(choose, move)
        assert sum(isinstance(each, Talk) for each in met) == 1
        talk.refresh_from_db()
        assert (talk.state, talk.revision) in (("planned", 1), ("proposed", 1))
        assert (talk.starts_at is None) == (talk.state == "proposed")


def test_a_double_click_on_cancel_writes_to_each_once(relation: Relation, bram: Person, at: datetime) -> None:
    talk = make_planned(relation, days(2, at))
    mail.outbox.clear()
    cancel = partial(cancel_talk, talk=talk, by=bram, at=at, seen=talk.revision)
    assert at_once(cancel, cancel) == [None, None]
    assert sorted(letter.to[0] for letter in mail.outbox) == ["bram@school.example", "noor@school.example"]


def test_both_say_that_the_first_talk_was_there(noor: Person, bram: Person, at: datetime) -> None:
    relation = make_relation(noor, bram, State.ACQUAINTING, at)
    talk = make_planned(relation, days(-1, at))
    said = at_once(*(partial(mark_talk_held, talk=talk, by=by, at=at) for by in (noor, bram)))
    assert said == [None, None]
    relation.refresh_from_db()
    assert relation.state == State.CLICKING


def test_a_double_click_keeps_one_line_one_takeaway_and_one_sentence(
    relation: Relation, noor: Person, bram: Person, at: datetime
) -> None:
    held = make_held(relation, days(-1, at))
    ahead = make_planned(relation, days(2, at))
    for _ in range(TIMES):
        line = partial(
            write_line,
            talk=ahead,
            by=noor,
            at=at,
            line_kind="talk_about",
            text="Moed",
            on_card=True,
            id=uuid4(),
        )
        takeaway = partial(write_takeaway, talk=held, by=noor, at=at, seen=0, id=uuid4(), text="Rustig aan.")
        sentence = partial(
            give_sentence, talk=held, by=bram, at=at, seen=0, id=uuid4(), text="Mooi.", roles=""
        )
        met = at_once(line, line, takeaway, takeaway, sentence, sentence)
        assert not [each for each in met if isinstance(each, Exception)]
    kept = [model.objects.count() for model in (PreparationLine, Takeaway, CoachSentence)]
    assert kept == [TIMES, 1, 1]
