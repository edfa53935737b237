"""The compass and one's own climb: four questions, everything private, and no coach needed."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.belongings.actions import ChangedMeanwhile, remove
from klimtouw.belongings.models import Share, Version
from klimtouw.climb.actions.compass import answer_compass
from klimtouw.climb.actions.goals import move_goal, write_dream, write_goal
from klimtouw.climb.actions.trail import write_entry
from klimtouw.climb.choices import CompassQuestion, GoalState
from klimtouw.climb.models import CompassAnswer, Dream, Entry, Goal
from klimtouw.climb.queries.climb import climb_at_a_glance
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from tests.climb.writing_stories import one_of_each, seen, sent, shared
from tests.stories import texts_beside

SignIn = Callable[[Person], Client]
MATTERS = CompassQuestion.MATTERS.value


def test_c13_somebody_without_a_coach_keeps_a_first_sentence_from_the_first_page(
    stan: Person, sign_in: SignIn
) -> None:
    client = sign_in(stan)
    page = seen(client, "home")
    assert "Schrijf één zin" in page
    assert "Alleen jij kan dit lezen." in page
    assert f'action="{reverse("climb:compass_write", args=[MATTERS])}"' in page
    response = client.post(
        reverse("climb:compass_write", args=[MATTERS]),
        {"text": "Dat iedereen mee mag.", "id": uuid4()},
        follow=True,
    )
    assert "Bewaard. Alleen jij kan dit lezen." in response.content.decode()
    answer = CompassAnswer.objects.get()
    assert (answer.owner, answer.question, answer.text) == (stan, MATTERS, "Dat iedereen mee mag.")
    assert "Dat iedereen mee mag." in seen(client, "home")


def test_c13_every_page_of_the_climb_opens_without_a_coach(
    stan: Person, sign_in: SignIn, at: datetime
) -> None:
    client, things = sign_in(stan), one_of_each(stan, at)
    for name in ("home", "compass", "dream_new", "goal_new", "trail", "entry_new"):
        seen(client, name)
    for thing, name in zip(things, ("compass_answer", "dream", "goal", "entry"), strict=True):
        seen(client, name, thing.pk)
    for name in ("dream_edit", "goal_edit", "entry_edit"):
        seen(
            client, name, {"dream_edit": things[1], "goal_edit": things[2], "entry_edit": things[3]}[name].pk
        )


def test_v12_what_is_written_is_shared_with_nobody_also_while_a_coach_is_there(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    client = sign_in(noor)
    sent(client, "compass_write", MATTERS, text="Rust.", id=uuid4())
    sent(client, "dream_new", text="Een eigen zaak.", id=uuid4())
    sent(client, "goal_new", text="Ik vraag hulp.", id=uuid4())
    sent(client, "entry_new", text="Vandaag lukte het.", id=uuid4())
    assert not Share.objects.exists()
    assert not any(kind.objects.visible_to(bram, at).exists() for kind in (CompassAnswer, Dream, Goal, Entry))


def test_an_unknown_question_is_no_page(noor: Person, sign_in: SignIn) -> None:
    seen(sign_in(noor), "compass_write", "intelligence", status=404)


def test_there_is_one_answer_to_each_question_and_its_earlier_wording_is_kept(
    noor: Person, sign_in: SignIn
) -> None:
    client = sign_in(noor)
    sent(client, "compass_write", MATTERS, text="Eerst.", id=uuid4())
    first = CompassAnswer.objects.get()
    sent(client, "compass_write", MATTERS, text="Later.", id=first.pk, seen=first.version)
    assert [answer.text for answer in CompassAnswer.objects.all()] == ["Later."]
    assert "Eerst." in Version.objects.get().words


def test_two_tabs_answering_for_the_first_time_stand_side_by_side(noor: Person, sign_in: SignIn) -> None:
    client = sign_in(noor)
    sent(client, "compass_write", MATTERS, text="Eerste tab.", id=uuid4())
    page = sent(client, "compass_write", MATTERS, text="Tweede tab.", id=uuid4())
    assert texts_beside(page) == [("Eerste tab.", "Tweede tab.")]
    assert CompassAnswer.objects.get().text == "Eerste tab."


def test_sending_an_answer_twice_keeps_one(noor: Person, sign_in: SignIn) -> None:
    client, id = sign_in(noor), uuid4()
    for _ in range(2):
        assert sent(client, "compass_write", MATTERS, text="Eén keer.", id=id).status_code == 302
    assert CompassAnswer.objects.get().version == 1


def test_an_empty_answer_gets_a_kind_word_and_keeps_nothing(noor: Person, sign_in: SignIn) -> None:
    page = sent(sign_in(noor), "compass_write", MATTERS, text=" \n ", id=uuid4()).content.decode()
    assert "Schrijf een paar woorden. Ze hoeven nog niet af te zijn." in page
    assert not CompassAnswer.objects.exists()


def test_words_of_a_person_are_never_mark_up(noor: Person, sign_in: SignIn, at: datetime) -> None:
    nasty = "<script>alert(1)</script> 🧗🏽 مرحبا \"'&"
    answer_compass(by=noor, at=at, question=CompassQuestion.MATTERS, text=nasty)
    dream = write_dream(by=noor, at=at, text=nasty)
    goal = write_goal(by=noor, at=at, text=nasty, why=nasty, dream=dream)
    entry = write_entry(by=noor, at=at, text=nasty, goal=goal)
    client = sign_in(noor)
    pages = [seen(client, name) for name in ("home", "compass", "trail")]
    pages += [seen(client, "dream", dream.pk), seen(client, "goal", goal.pk), seen(client, "entry", entry.pk)]
    for page in pages:
        assert "<script>alert" not in page
        assert "🧗🏽 مرحبا" in page
        assert 'dir="auto"' in page


def test_very_long_words_are_refused_kindly_and_stay_on_the_page(noor: Person, sign_in: SignIn) -> None:
    page = sent(sign_in(noor), "compass_write", MATTERS, text="a" * 20_001, id=uuid4()).content.decode()
    assert "a" * 20_001 in page
    assert not CompassAnswer.objects.exists()


def test_the_overview_says_under_each_answer_who_can_read_it(
    running_relation: Relation, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    answer = answer_compass(by=noor, at=at, question=CompassQuestion.MATTERS, text="Rust.")
    answer_compass(by=noor, at=at, question=CompassQuestion.GOOD_AT, text="Luisteren.")
    shared(running_relation, at, answer)
    page = seen(sign_in(noor), "compass")
    assert page.count("Bram") == 1
    assert page.count("Alleen jij kan dit lezen.") == 1


def test_my_climb_at_a_glance_takes_two_questions(
    noor: Person,
    stan: Person,
    at: datetime,
    django_assert_num_queries: Callable[[int], CaptureQueriesContext],
) -> None:
    one_of_each(noor, at)
    with django_assert_num_queries(2):
        glance = climb_at_a_glance(noor)
    assert (glance.has_compass, glance.goal) == (True, Goal.objects.get())
    nothing = climb_at_a_glance(stan)
    assert (nothing.has_compass, nothing.goal) == (False, None)


def test_what_rests_or_was_put_away_is_not_told_at_a_glance(noor: Person, at: datetime) -> None:
    answer, _dream, goal, _entry = one_of_each(noor, at)
    move_goal(goal, by=noor, at=at, to=GoalState.REACHED)
    remove(answer, by=noor, at=at)
    glance = climb_at_a_glance(noor)
    assert (glance.has_compass, glance.goal) == (False, None)


@pytest.mark.parametrize("name", ["home", "compass", "trail"])
def test_my_pages_ask_the_database_as_often_for_one_thing_as_for_many(
    name: str, running_relation: Relation, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    client = sign_in(noor)
    asked = []
    for _ in range(2):
        for times in range(1 if not asked else 12):
            things = one_of_each(noor, at) if not asked and times == 0 else _more(noor, at)
            shared(running_relation, at, *things[1:])
            gone = write_dream(by=noor, at=at, text="Weg.")
            remove(gone, by=noor, at=at)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            seen(client, name)
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert asked[1] <= 8


def _more(by: Person, at: datetime) -> tuple[CompassAnswer, Dream, Goal, Entry]:
    dream = write_dream(by=by, at=at, text="Nog een droom.")
    goal = write_goal(by=by, at=at, text="Nog een doel.", dream=dream)
    return (
        CompassAnswer.objects.get(),
        dream,
        goal,
        write_entry(by=by, at=at, text="Nog iets.", goal=goal),
    )


def test_a_stale_version_is_never_overwritten(noor: Person, at: datetime) -> None:
    answer_compass(by=noor, at=at, question=CompassQuestion.MATTERS, text="Nu.")
    with pytest.raises(ChangedMeanwhile):
        answer_compass(by=noor, at=at, question=CompassQuestion.MATTERS, text="Oud.", seen=0)
