"""See the talks of a relation as Bram: the list word for word as he gets it, nothing of his alone, and nobody acts in it (C9)."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.belongings.actions import keep
from klimtouw.belongings.choices import LOOK
from klimtouw.ledger.models import Line
from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.talks.actions.promises import make_promise, tick_promise
from klimtouw.talks.models import Impression, Moment, Takeaway, Talk
from tests.climb.test_preview import words_of
from tests.guards.scene import share_by_hand
from tests.relations.reading import words_of_page
from tests.stories import OVER, SIGNED, make_relation

SignIn = Callable[[Person], Client]


def talk(relation: Relation, by: Person, at: datetime, days: int | None, state: str) -> Talk:
    """Make a talk some days from now; without days it is proposed."""
    starts_at = None if days is None else at + timedelta(days=days)
    proposed_at = at - timedelta(days=2)
    made = Talk.objects.create(
        relation=relation, proposed_by=by, proposed_at=proposed_at, minutes=30, place="Tuin", state=state, starts_at=starts_at,
    )  # fmt: skip
    if days is None:
        Moment.objects.create(talk=made, starts_at=at + timedelta(days=4))
    return made


def with_talks(state: State, noor: Person, bram: Person, at: datetime, first: str = "all") -> Relation:
    """Make a relation of one state with talks of every sort, or with one sort alone."""
    relation = make_relation(noor, bram, state, at - timedelta(days=30))
    bond = relation.work_bond if state in SIGNED else relation.acquaintance_bond
    if first in ("all", "choose"):
        talk(relation, noor, at, None, "proposed")
    if first in ("all", "theirs"):
        talk(relation, bram, at, None, "proposed")
    if first in ("all", "begun"):
        talk(relation, bram, at, -1, "planned")
    if first in ("all", "ahead"):
        talk(relation, bram, at, 2, "planned")
    if first in ("all", "earlier"):
        for days, shared in ((-9, True), (-5, False)):
            held = talk(relation, bram, at, days, "held")
            taken = keep(Takeaway, by=noor, at=at, talk=held, text=f"meegenomen-{shared}", next_step="")
            if shared:
                share_by_hand(taken, bond, at)
    return relation


def both(relation: Relation) -> tuple[str, str]:
    """Return the address of Bram's list and that of the example of it."""
    real = reverse("talks:of_relation", args=[relation.pk])
    return real, reverse("talks:preview_all", args=[relation.pk])


@pytest.mark.parametrize(
    ("state", "first"),
    [
        *((state, "all") for state in State),
        *((State.RUNNING, first) for first in ("choose", "theirs", "begun", "ahead", "earlier", "none")),
        (State.PAUSED, "none"),
    ],
)
def test_the_example_of_the_list_is_word_for_word_what_bram_gets(
    state: State, first: str, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    real, example = both(with_talks(state, noor, bram, at, first))
    his, hers = sign_in(bram).get(real), sign_in(noor).get(example)
    assert hers.status_code == 200
    assert (his.status_code == 200) == (state not in OVER)
    assert "meegenomen-False" not in hers.content.decode()
    if his.status_code == 200:
        assert words_of_page(hers) == words_of_page(his)
        assert ("meegenomen-True" in hers.content.decode()) == (first in ("all", "earlier"))
    else:
        assert "Bram opent jullie gesprekken niet meer" in hers.content.decode()
        assert "meegenomen" not in hers.content.decode() and "Tuin" not in hers.content.decode()


def test_v25_nobody_acts_in_the_example_and_it_leaves_no_look_of_bram(
    noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    relation = with_talks(State.RUNNING, noor, bram, at)
    client, (_real, example) = sign_in(noor), both(relation)
    answer = client.get(example)
    page = answer.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    band = main[main.index("notice--info") : main.index('class="page-head"')]
    links = re.findall(r'href="([^"]+)"', main.replace(band, ""))
    assert "<form" not in main and "<button" not in main and len(links) == 6
    assert all(re.fullmatch(r"/gesprek/[^/]+/zie-het-als/", link) for link in links)
    assert {client.get(link).status_code for link in links} == {200}
    assert client.post(example).status_code == 405
    assert answer.context["request"].person == noor
    assert not Line.objects.filter(act=LOOK, by_id=bram.pk).exists()


@pytest.mark.parametrize("is_written", [True, False])
@pytest.mark.parametrize("sort", ["held", "begun", "ahead"])
def test_the_example_of_one_talk_holds_the_promises_and_how_it_was_as_bram_gets_them(
    sort: str, is_written: bool, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    relation = make_relation(noor, bram, State.RUNNING, at - timedelta(days=30))
    state, days = ("held", -1) if sort == "held" else ("planned", 2 if sort == "ahead" else -1)
    of_them = talk(relation, noor, at, days, state)
    if is_written:
        for by in (noor, bram):
            promise = make_promise(talk=of_them, by=by, at=at, text=f"belofte-{by.name}")
            impression = keep(Impression, by=by, at=at, talk=of_them, text=f"indruk-{by.name}")
            share_by_hand(impression, relation.work_bond, at)
        tick_promise(promise=promise, by=bram, at=at, is_kept=True)
    his = sign_in(bram).get(of_them.get_absolute_url())
    looked = Line.objects.filter(act=LOOK, by_id=bram.pk).count()
    hers = sign_in(noor).get(reverse("talks:preview", args=[of_them.pk]))
    assert words_of(hers.content.decode()) == words_of(his.content.decode())
    page, has_begun = hers.content.decode(), sort != "ahead"
    assert "Wat we elkaar beloofden" in page and ("Hoe dit gesprek was" in page) == has_begun
    for name in ("Noor", "Bram"):
        assert (f"belofte-{name}" in page) == is_written
        assert (f"indruk-{name}" in page) == (is_written and has_begun)
    assert "<form" not in page[page.index("<main") : page.index("</main>")]
    assert Line.objects.filter(act=LOOK, by_id=bram.pk).count() == looked


def test_v25_how_it_was_for_bram_alone_stays_out_of_the_example(
    noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    relation = make_relation(noor, bram, State.RUNNING, at - timedelta(days=30))
    held = talk(relation, noor, at, -1, "held")
    address, client = reverse("talks:preview", args=[held.pk]), sign_in(noor)
    before = words_of_page(client.get(address))
    for by in (noor, bram):
        keep(Impression, by=by, at=at, talk=held, text=f"geheim-{by.name}")
    assert words_of_page(client.get(address)) == before
    assert "geheim" not in client.get(address).content.decode()


@pytest.mark.parametrize("who", ["bram", "vera", "stan"])
def test_v25_only_the_coachee_of_the_relation_gets_the_example_of_the_list(
    who: str, noor: Person, bram: Person, vera: Person, stan: Person, sign_in: SignIn, at: datetime
) -> None:
    _real, example = both(with_talks(State.RUNNING, noor, bram, at))
    client = sign_in({"bram": bram, "vera": vera, "stan": stan}[who])
    assert client.get(example).status_code == 404


def test_the_way_to_the_example_stands_on_the_own_list_of_the_coachee(
    noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    real, example = both(with_talks(State.RUNNING, noor, bram, at))
    assert f'href="{example}"' in sign_in(noor).get(real).content.decode()
    assert f'href="{example}"' not in sign_in(bram).get(real).content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_as_many_questions_for_three_as_for_one(
    many: int, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    relation = make_relation(noor, bram, State.RUNNING, at - timedelta(days=30))
    for number in range(many):
        held = talk(relation, bram, at, -1 - number, "held")
        taken = keep(Takeaway, by=noor, at=at, talk=held, text="mee", next_step="")
        share_by_hand(taken, relation.work_bond, at)
    client, (_real, example) = sign_in(noor), both(relation)
    client.get(example)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(example).status_code == 200
    assert len(asked) == 6, [query["sql"][:90] for query in asked.captured_queries]
