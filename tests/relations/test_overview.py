"""The pages of one's relations: all of them on one calm page, and one with its next act."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.belongings.actions import keep, share
from klimtouw.climb.models import Goal
from klimtouw.people.models import Person
from klimtouw.relations.choices import Click, State
from klimtouw.relations.models import ClickAnswer, Contract, Relation
from klimtouw.relations.queries.overview import coached_by, coaching, past, present
from tests.stories import make_person, make_relation

OVERVIEW = reverse("relations:overview")


def text_of(client: Client, url: str) -> str:
    """Return a page as text."""
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_both_sides_stand_on_one_page(
    running_relation: Relation, noor: Person, amir: Person, at: datetime, sign_in: Callable[[Person], Client]
) -> None:
    make_relation(amir, noor, State.ACQUAINTING, at)
    text = text_of(sign_in(noor), OVERVIEW)
    assert text.index("Mijn coaches") < text.index("Bram") < text.index("Ik coach") < text.index("Amir")


def test_whoever_has_nobody_yet_finds_two_ways_in(noor: Person, sign_in: Callable[[Person], Client]) -> None:
    text = text_of(sign_in(noor), OVERVIEW)
    assert "Vraag een coach" in text
    assert "Nodig iemand uit om te coachen" in text
    assert "?as=coachee" in text
    assert "?as=coach&quot;" in text or '?as=coach"' in text


def test_relations_of_others_are_not_there(
    running_relation: Relation, stan: Person, vera: Person, sign_in: Callable[[Person], Client]
) -> None:
    for outsider in (stan, vera):
        text = text_of(sign_in(outsider), OVERVIEW)
        assert "Noor" not in text
        assert "Bram" not in text


def test_v6_no_words_of_anybody_stand_on_the_overview(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: Callable[[Person], Client]
) -> None:
    goal = keep(Goal, by=noor, at=at, text="KANARIE in een doel")
    share(goal, onto=running_relation.work_bond, by=noor, at=at)
    for contract in Contract.objects.all():
        contract.availability = "KANARIE in de afspraken"
        contract.save(update_fields=["availability"])
    for name in (OVERVIEW, running_relation.get_absolute_url()):
        assert "KANARIE" not in text_of(sign_in(bram), name)


def test_past_relations_fold_away_and_what_was_put_away_is_gone(
    noor: Person, bram: Person, amir: Person, stan: Person, at: datetime
) -> None:
    done = make_relation(noor, bram, State.COMPLETED, at)
    stopped = make_relation(noor, amir, State.STOPPED, at)
    gone = make_relation(noor, stan, State.NOT_STARTED, at)
    assert [row.standing.relation for row in coached_by(present(noor, at)).rows] == [gone]
    gone.coachee_put_away = True
    gone.save()
    assert coached_by(present(noor, at)).rows == []
    assert {row.standing.relation for row in past(noor, at).rows} == {done, stopped}
    assert [row.standing.relation for row in coaching(present(stan, at)).rows] == [gone], (
        "it is put away for Noor alone"
    )


def test_a_contract_that_ran_out_counts_as_past_before_the_job_says_so(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: Callable[[Person], Client]
) -> None:
    later = at + timedelta(days=200)
    assert coaching(present(bram, later)).rows == []
    assert [row.standing.state for row in past(noor, later).rows] == [State.COMPLETED]
    with time_machine.travel(later, tick=False):
        text = text_of(sign_in(bram), running_relation.get_absolute_url())
    assert "Jullie rondden dit stuk af" in text


@pytest.mark.parametrize(
    ("state", "act"),
    [
        (State.ACQUAINTING, "Naar de kennismaking"),
        (State.CONTRACTING, "Begin aan de afspraken"),
        (State.PAUSED, "Samen verdergaan"),
    ],
)
def test_every_relation_has_one_next_act(
    noor: Person, bram: Person, at: datetime, sign_in: Callable[[Person], Client], state: State, act: str
) -> None:
    relation = make_relation(noor, bram, state, at)
    for url in (OVERVIEW, relation.get_absolute_url()):
        assert act in text_of(sign_in(noor), url)
    assert text_of(sign_in(noor), relation.get_absolute_url()).count("button--primary") == 1


def test_v7_the_answer_of_the_other_changes_nothing_on_my_pages(
    noor: Person, bram: Person, at: datetime, sign_in: Callable[[Person], Client]
) -> None:
    relation = make_relation(noor, bram, State.CLICKING, at)
    Relation.objects.update(has_double_hat=False)
    client = sign_in(noor)
    pages = {}
    for answer in (None, Click.YES, Click.TIME, Click.NO):
        ClickAnswer.objects.all().delete()
        if answer:
            ClickAnswer.objects.create(relation=relation, person=bram, answer=answer)
        texts = [text_of(client, url) for url in (OVERVIEW, relation.get_absolute_url())]
        pages[answer] = [text.split("<main")[1].split("</main>")[0] for text in texts]
    assert pages[None] == pages[Click.YES] == pages[Click.TIME] == pages[Click.NO]


def test_v17_nothing_on_the_relation_page_counts_down_or_scolds(
    noor: Person, bram: Person, at: datetime, sign_in: Callable[[Person], Client]
) -> None:
    for state in (State.ACQUAINTING, State.RUNNING, State.PAUSED):
        Relation.objects.all().delete()
        relation = make_relation(noor, bram, state, at - timedelta(days=90))
        main = (
            text_of(sign_in(bram), relation.get_absolute_url()).split("<main")[1].split("</main>")[0].lower()
        )
        for word in (
            "te laat",
            "achter",
            "nog maar",
            "%",
            "verlopen",
            "herinnering",
            "notice--error",
            "inactief",
        ):
            assert word not in main


def test_each_person_reads_how_they_found_each_other(
    running_relation: Relation, noor: Person, bram: Person, sign_in: Callable[[Person], Client]
) -> None:
    assert "Dat vroeg je zelf." in text_of(sign_in(noor), running_relation.get_absolute_url())
    assert "De vraag kwam naar jou." in text_of(sign_in(bram), running_relation.get_absolute_url())


def test_v18_v20_the_closing_pages_blame_nobody(
    noor: Person, bram: Person, at: datetime, sign_in: Callable[[Person], Client]
) -> None:
    relation = make_relation(noor, bram, State.STOPPED, at)
    for person in (noor, bram):
        text = text_of(sign_in(person), relation.get_absolute_url()).lower()
        for word in ("mislukt", "jammer", "helaas", "waarom", "reden", "fout"):
            assert word not in text


def test_the_overview_of_forty_costs_as_much_as_of_one(
    bram: Person, at: datetime, sign_in: Callable[[Person], Client]
) -> None:
    client = sign_in(bram)
    counts = []
    for number in (1, 3, 40):
        while Relation.objects.count() < number:
            make_relation(make_person(f"Coachee{Relation.objects.count()}"), bram, State.RUNNING, at)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            text_of(client, OVERVIEW)
        counts.append(len(asked))
    assert counts == [6, 6, 6]


def test_fifty_on_a_page(bram: Person, at: datetime, sign_in: Callable[[Person], Client]) -> None:
    for number in range(51):
        make_relation(make_person(f"C{number:02}"), bram, State.ACQUAINTING, at)
    first, second = coaching(present(bram, at)), coaching(present(bram, at), page=2)
    assert (len(first.rows), first.next_number, first.previous_number) == (50, 2, 0)
    assert ([row.standing.other.name for row in second.rows], second.next_number, second.previous_number) == (
        ["C50"],
        0,
        1,
    )
    client = sign_in(bram)
    assert "C50" in text_of(client, f"{OVERVIEW}?coaching=2")
    for odd in ("0", "-1", "²", "x", "99999999999", "", "1.5"):
        assert "C00" in text_of(client, f"{OVERVIEW}?coaching={odd}")


def test_a_name_is_never_markup(bram: Person, at: datetime, sign_in: Callable[[Person], Client]) -> None:
    noor = make_person(
        "Noor2",
    )
    noor.display_name = "<b>Noor</b> 🧗"
    noor.save()
    relation = make_relation(noor, bram, State.RUNNING, at)
    for url in (OVERVIEW, relation.get_absolute_url(), reverse("relations:leave", args=[relation.pk])):
        text = text_of(sign_in(bram), url)
        assert "<b>Noor" not in text
        assert "&lt;b&gt;Noor&lt;/b&gt; 🧗" in text


def test_the_pages_speak_english_too(
    running_relation: Relation, bram: Person, sign_in: Callable[[Person], Client]
) -> None:
    bram.language = "en"
    bram.save()
    text = text_of(sign_in(bram), running_relation.get_absolute_url())
    assert "You coach Noor." in text
    assert "Pause, complete or stop" in text
