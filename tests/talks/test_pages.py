"""The list of talks and what the first page asks: calm, and as many queries with one row as with three."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from klimtouw.belongings.actions import keep, share
from klimtouw.people.models import Person
from klimtouw.programmes.models import Programme
from klimtouw.relations.choices import State
from klimtouw.relations.models import Contract, Relation
from klimtouw.talks.actions import (
    choose_moment,
    give_sentence,
    propose_talk,
    share_with_other,
    write_line,
    write_takeaway,
)
from klimtouw.talks.choices import LineKind
from klimtouw.talks.models import CoachSentence, Takeaway, Talk
from klimtouw.talks.queries import next_talk_of, talks_waiting_for
from tests.stories import make_relation
from tests.talks.conftest import SignIn, days, make_held, make_planned

MOST_QUERIES = 12
"""Beside the bounds of the transaction in which a look is written."""


def queries_of(client: Client, url: str) -> int:
    """Return how many queries a page costs, once its reader has looked before."""
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len([one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]])


def add_talks(relation: Relation, at: datetime, number: int) -> None:
    """Add one talk of every state, with a shared takeaway and a sentence."""
    held = make_held(relation, days(-number, at))
    takeaway = write_takeaway(
        talk=held, by=relation.coachee, at=at, seen=0, text=f"Inzicht {number}", next_step="Bellen"
    )
    share_with_other(takeaway, by=relation.coachee, at=at)
    sentence = keep(CoachSentence, by=relation.coach, at=at, talk=held, text=f"Zin {number}")
    share(sentence, onto=relation.work_bond, by=relation.coach, at=at)
    make_planned(relation, days(number, at))
    make_planned(relation, days(-number - 10, at))
    for person in (relation.coach, relation.coachee):
        propose_talk(relation=relation, by=person, at=at, moments=[days(number + 20, at)], minutes=30)


def test_the_list_costs_the_same_with_one_row_and_with_three(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    url = reverse("talks:of_relation", args=[running_relation.pk])
    add_talks(running_relation, at, 1)
    one = {person: queries_of(sign_in(person), url) for person in (noor, bram)}
    for number in (2, 3):
        add_talks(running_relation, at, number)
    three = {person: queries_of(sign_in(person), url) for person in (noor, bram)}
    assert one == three
    assert max(one.values()) <= MOST_QUERIES, one


def test_a_talk_costs_the_same_with_one_line_and_with_three(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    add_talks(running_relation, at, 1)
    planned, held = Talk.objects.get(starts_at=days(1, at)), Talk.objects.get(starts_at=days(-1, at))
    proposed = Talk.objects.filter(state="proposed").earliest("pk")
    costs: list[dict[str, int]] = []
    for number in (1, 2, 3):
        for talk in (planned, proposed):
            for person in (noor, bram):
                write_line(
                    talk=talk,
                    by=person,
                    at=at,
                    line_kind=LineKind.PROUD_OF,
                    text=f"Regel {number}",
                    on_card=True,
                )
        pages = [(talk, person) for talk in (planned, held, proposed) for person in (noor, bram)]
        costs.append({f"{t.state} {p}": queries_of(sign_in(p), t.get_absolute_url()) for t, p in pages})
    assert costs[0] == costs[2]
    assert max(costs[0].values()) <= MOST_QUERIES, costs[0]


def test_the_count_is_a_calm_sentence_since_the_contract_began(
    running_relation: Relation, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    Contract.objects.update(starts_on=localdate(at - timedelta(days=10)))
    for day in (-1, -2, -3, -20):
        make_held(running_relation, days(day, at))
    page = sign_in(noor).get(reverse("talks:of_relation", args=[running_relation.pk])).content.decode()
    assert "3 van de 5 afgesproken gesprekken" in page
    assert "%" not in page.split("<main")[1].split("</main")[0]
    assert "<progress" not in page and "<meter" not in page


def test_v17_more_talks_than_agreed_is_no_fault(
    running_relation: Relation, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    Contract.objects.update(starts_on=localdate(at - timedelta(days=10)), talks=1)
    for day in (-1, -2):
        make_held(running_relation, days(day, at))
    page = sign_in(noor).get(reverse("talks:of_relation", args=[running_relation.pk])).content.decode()
    assert "Al 2 gesprekken; jullie spraken er 1 af." in page


@pytest.mark.parametrize("state", [State.ACQUAINTING, State.CLICKING, State.CONTRACTING, State.COMPLETED])
def test_nothing_is_counted_before_or_after_the_contract(
    noor: Person, bram: Person, at: datetime, sign_in: SignIn, state: State
) -> None:
    relation = make_relation(noor, bram, state, at)
    page = sign_in(noor).get(reverse("talks:of_relation", args=[relation.pk])).content.decode()
    assert "afgesproken gesprek" not in page


def test_a_pause_says_that_planning_rests(noor: Person, bram: Person, at: datetime, sign_in: SignIn) -> None:
    relation = make_relation(noor, bram, State.PAUSED, at)
    page = sign_in(bram).get(reverse("talks:of_relation", args=[relation.pk])).content.decode()
    assert "Jullie pauzeren even." in page
    assert reverse("talks:propose", args=[relation.pk]) not in page


def test_the_next_act_is_one(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    url = reverse("talks:of_relation", args=[running_relation.pk])
    for person, words in ((noor, "Stel een gesprek voor"), (bram, "Stel een gesprek voor")):
        page = sign_in(person).get(url).content.decode()
        assert words in page
        assert page.count("button--primary") == 1
    add_talks(running_relation, at, 1)
    page = sign_in(noor).get(url).content.decode()
    assert "Bram stelt een gesprek voor" in page
    assert page.count("button--primary") == 1


def test_pages_speak_english_too(
    running_relation: Relation, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    noor.language = "en"
    noor.save(update_fields=["language"])
    add_talks(running_relation, at, 1)
    page = sign_in(noor).get(reverse("talks:of_relation", args=[running_relation.pk])).content.decode()
    assert "Bram proposes a talk" in page
    assert "You agreed on 5 talks." in page


def test_the_next_talk_over_all_relations_in_one_query(
    noor: Person,
    bram: Person,
    amir: Person,
    programme: Programme,
    at: datetime,
    django_assert_num_queries: object,
) -> None:
    later = make_planned(make_relation(noor, bram, State.RUNNING, at, programme), days(5, at))
    sooner = make_planned(make_relation(amir, noor, State.RUNNING, at, programme), days(2, at))
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = next_talk_of(noor, at)
        assert found
        assert (found.relation.coachee.name, found.relation.coach.name) == ("Amir", "Noor")
    assert found == sooner
    assert next_talk_of(bram, at) == later


def test_a_talk_that_is_going_on_is_still_the_next_one(
    running_relation: Relation, noor: Person, stan: Person, at: datetime
) -> None:
    going_on = make_planned(running_relation, at - timedelta(minutes=20))
    assert next_talk_of(noor, at) == going_on
    assert next_talk_of(noor, at + timedelta(hours=3)) is None
    assert next_talk_of(stan, at) is None


@pytest.mark.parametrize("state", [State.PAUSED, State.COMPLETED, State.STOPPED])
def test_a_talk_of_a_relation_that_rests_or_is_over_is_not_next(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, state: State
) -> None:
    make_planned(running_relation, days(2, at))
    Relation.objects.update(state=state)
    assert next_talk_of(noor, at) is None
    assert next_talk_of(bram, at) is None


def test_what_waits_for_a_person_in_one_query(
    running_relation: Relation,
    noor: Person,
    bram: Person,
    stan: Person,
    at: datetime,
    django_assert_num_queries: object,
) -> None:
    proposal = propose_talk(relation=running_relation, by=bram, at=at, moments=[days(3, at)], minutes=30)
    begun = make_planned(running_relation, days(-1, at))
    lately, long_ago = make_held(running_relation, days(-2, at)), make_held(running_relation, days(-20, at))
    with django_assert_num_queries(1):  # type: ignore[operator]
        waiting = talks_waiting_for(noor, at)
        assert [talk.relation.coach.name for talk in waiting.to_choose] == ["Bram"]
    assert (waiting.to_choose, waiting.begun, waiting.without_takeaway) == ([proposal], [begun], [lately])
    assert long_ago not in waiting.without_takeaway
    write_takeaway(talk=lately, by=noor, at=at, seen=0, text="Iets.", next_step="")
    assert talks_waiting_for(noor, at).without_takeaway == []
    for_bram = talks_waiting_for(bram, at)
    assert (for_bram.to_choose, for_bram.begun, for_bram.without_takeaway) == ([], [], [])
    for_stan = talks_waiting_for(stan, at)
    assert (for_stan.to_choose, for_stan.begun, for_stan.without_takeaway) == ([], [], [])


def test_v17_a_coach_is_asked_the_same_day_alone(
    running_relation: Relation, bram: Person, at: datetime
) -> None:
    begun, held = make_planned(running_relation, days(-0.1, at)), make_held(running_relation, days(-0.2, at))
    asked = talks_waiting_for(bram, at)
    assert (asked.begun, asked.without_sentence) == ([begun], [held])
    give_sentence(talk=held, by=bram, at=at, seen=0, text="Mooi.", roles="")
    assert talks_waiting_for(bram, at).without_sentence == []
    tomorrow = talks_waiting_for(bram, days(1, at))
    assert (tomorrow.begun, tomorrow.without_sentence) == ([], [])


def test_a_chosen_proposal_waits_no_longer(proposed: Talk, noor: Person, at: datetime) -> None:
    moment = proposed.moments.first()
    assert moment
    choose_moment(talk=proposed, by=noor, at=at, moment_id=moment.pk)
    assert talks_waiting_for(noor, at).to_choose == []


def test_v1_the_coach_is_offered_no_takeaway_to_write(held: Talk, bram: Person, at: datetime) -> None:
    """V1: only the coachee is asked what they take with them."""
    assert talks_waiting_for(bram, at).without_takeaway == []
    assert not Takeaway.objects.exists()
