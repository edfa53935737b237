"""See the getting acquainted as Bram: word for word what Bram gets, nothing that is Bram's alone, and nobody acts in it (C9)."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.belongings.actions import keep, share
from klimtouw.belongings.choices import LOOK
from klimtouw.ledger.models import Line
from klimtouw.people.models import Person
from klimtouw.relations.choices import Question, State
from klimtouw.relations.models import CommonGround, Expectation, NeedsWishesLimits, Relation, WorkCard
from tests.relations.reading import words_of_page
from tests.stories import OVER, make_person, make_relation

SignIn = Callable[[Person], Client]


def wrote(
    relation: Relation, by: Person, model: Any, at: datetime, *, shared: bool = True, **words: Any
) -> None:
    """Let somebody write a piece in a relation, and share it there or keep it."""
    here = {} if model is WorkCard else {"relation": relation}
    thing = keep(model, by=by, at=at, **here, **words)
    if shared:
        share(thing, onto=relation.acquaintance_bond, by=by, at=at)


def filled(noor: Person, bram: Person, state: State, at: datetime, **more: Any) -> Relation:
    """Make a relation of one state in which both wrote in every piece, some of it for themselves alone."""
    relation = make_relation(noor, bram, State.ACQUAINTING, at - timedelta(days=3))
    for by, who in ((noor, "noor"), (bram, "bram")):
        wrote(relation, by, CommonGround, at, text=f"raakpunt-{who}")
        wrote(relation, by, WorkCard, at, how_i_work=f"kaart-{who}", good_to_know=f"weten-{who}")
        wrote(relation, by, NeedsWishesLimits, at, needs=f"nodig-{who}", limits=f"grens-{who}")
    wrote(relation, noor, Expectation, at, question=Question.HERE, text="antwoord-noor")
    wrote(relation, noor, Expectation, at, question=Question.LEARN, text="eigen-antwoord-noor", shared=False)
    wrote(relation, noor, CommonGround, at, text="eigen-raakpunt-noor", shared=False)
    Relation.objects.filter(pk=relation.pk).update(state=state, **more)
    if state in OVER:
        relation.acquaintance_bond.seats.update(closes_at=at)
    relation.refresh_from_db()
    return relation


def both(relation: Relation) -> tuple[str, str]:
    """Return the address of Bram's page and that of the example of it."""
    return tuple(reverse(f"relations:{name}", args=[relation.pk]) for name in ("acquaintance", "preview"))  # type: ignore[return-value]  # two of them


@pytest.mark.parametrize("double_hat", [None, True])
@pytest.mark.parametrize("state", list(State))
def test_the_example_is_word_for_word_what_bram_gets(
    state: State, double_hat: bool | None, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    real, example = both(filled(noor, bram, state, at, has_double_hat=double_hat))
    his, hers = sign_in(bram).get(real), sign_in(noor).get(example)
    assert hers.status_code == 200
    if his.status_code == 200:
        assert words_of_page(hers) == words_of_page(his)
        assert "antwoord-noor" in words_of_page(his) and "kaart-bram" in words_of_page(his)
    else:
        assert "-noor" not in hers.content.decode() and "-bram" not in hers.content.decode()
    assert (his.status_code == 200) == (state not in OVER)


def test_the_example_leaves_out_what_each_keeps_and_says_whose_it_is(
    noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    relation = filled(noor, bram, State.ACQUAINTING, at)
    wrote(relation, bram, CommonGround, at, text="geheim-van-bram", shared=False)
    real, example = both(relation)
    assert "geheim-van-bram" in sign_in(bram).get(real).content.decode()
    page = sign_in(noor).get(example).content.decode()
    assert "geheim" not in page and "eigen-" not in page
    assert "Zo ziet Bram dit nu." in page and "Alleen jij ziet dit voorbeeld." in page


def test_v25_the_example_says_nothing_of_another_coachee_of_bram(
    noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    relation = filled(noor, bram, State.ACQUAINTING, at)
    lena = make_person("Lena")
    hers = make_relation(lena, bram, State.ACQUAINTING, at - timedelta(days=3))
    share(WorkCard.objects.get(owner=bram), onto=hers.acquaintance_bond, by=bram, at=at)
    wrote(hers, lena, WorkCard, at, how_i_work="kaart-van-een-ander")
    real, example = both(relation)
    assert "Lena" in sign_in(bram).get(real).content.decode()  # under his own card stands who reads it
    page = sign_in(noor).get(example).content.decode()
    assert "Lena" not in page and "kaart-van-een-ander" not in page and "kaart-bram" in page


def test_v25_nobody_acts_in_the_example_and_it_leaves_no_look_of_bram(
    noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    for state in (State.ACQUAINTING, State.CLICKING, State.STOPPED):
        relation = filled(noor, bram, state, at, has_double_hat=True if state == State.CLICKING else None)
        client, (_real, example) = sign_in(noor), both(relation)
        answer = client.get(example)
        page = answer.content.decode()
        main = page[page.index("<main") : page.index("</main>")]
        band = main[main.index("notice--info") : main.index('class="page-head"')]
        assert "<form" not in main and "<button" not in main
        assert [
            link for link in re.findall(r'href="([^"]+)"', main.replace(band, "")) if link[0] != "#"
        ] == []
        assert client.post(example).status_code == 405
        assert answer.context["request"].person == noor
        Relation.objects.filter(pk=relation.pk).update(state=State.STOPPED)
    looks = Line.objects.filter(act=LOOK)
    assert not looks.filter(by_id=bram.pk).exists()
    assert set(looks.values_list("by_id", "owner_id", "hat")) == {(noor.pk, bram.pk, "coachee_once_shared")}


@pytest.mark.parametrize("who", ["bram", "vera", "stan"])
def test_v25_only_the_coachee_of_the_relation_gets_the_example(
    who: str, noor: Person, bram: Person, vera: Person, stan: Person, sign_in: SignIn, at: datetime
) -> None:
    _real, example = both(filled(noor, bram, State.ACQUAINTING, at))
    client = sign_in({"bram": bram, "vera": vera, "stan": stan}[who])
    assert client.get(example).status_code == 404


def test_the_way_to_the_example_stands_on_the_own_page_of_the_coachee(
    noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    real, example = both(filled(noor, bram, State.ACQUAINTING, at))
    assert f'href="{example}"' in sign_in(noor).get(real).content.decode()
    assert f'href="{example}"' not in sign_in(bram).get(real).content.decode()
    shared = reverse("climb:shared_with", args=[Relation.objects.get().pk])
    assert f'href="{example}"' in sign_in(noor).get(shared).content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_as_many_questions_for_three_as_for_one(
    many: int, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    relation = filled(noor, bram, State.ACQUAINTING, at)
    for number in range(many):
        for by in (noor, bram):
            wrote(relation, by, CommonGround, at, text=f"nog een {number}")
    client, (_real, example) = sign_in(noor), both(relation)
    client.get(example)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(example).status_code == 200
    assert len(asked) == 13, [
        query["sql"][:90] for query in asked.captured_queries
    ]  # as the own page of Bram
