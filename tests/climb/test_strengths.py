"""Strengths and work points on the compass (C1): private at first, arranged by their owner, never counted."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.access.decide import Denied
from klimtouw.belongings.actions import remove
from klimtouw.belongings.models import Share, Version
from klimtouw.climb.actions.compass import answer_compass
from klimtouw.climb.actions.strengths import move_strength, turn_strength, write_strength
from klimtouw.climb.choices import CompassQuestion, FoundIn, StrengthSort
from klimtouw.climb.models import Strength
from klimtouw.climb.queries.strengths import strengths_of
from klimtouw.foundation.clock import now
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from tests.climb.writing_stories import seen, sent, shared
from tests.stories import looks_of_others, texts_beside

SignIn = Callable[[Person], Client]


def three(by: Person, at: datetime, sort: StrengthSort = StrengthSort.STRENGTH) -> list[Strength]:
    """Let somebody write three of one sort."""
    return [write_strength(by=by, at=at, text=text, sort=sort) for text in ("Eén", "Twee", "Drie")]


def order(person: Person) -> list[str]:
    """Return the words in the order of their owner."""
    return [one.text for one in strengths_of(person)]


def test_c1_noor_writes_a_strength_from_home_and_a_work_point_for_herself_alone(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    client = sign_in(noor)
    sent(client, "strength_new", text="Ik kook voor acht.", found_in="home", sort="strength", id=uuid4())
    sent(client, "strength_new", text="Ik durf nog niet te bellen.", sort="work_point", id=uuid4())
    strength, work_point = strengths_of(noor)
    assert (strength.text, strength.sort, strength.found_in) == ("Ik kook voor acht.", "strength", "home")
    assert (work_point.sort, work_point.found_in) == ("work_point", "")
    page = seen(client, "compass")
    assert "Ik kook voor acht." in page
    assert "thuis" in page
    assert not Share.objects.exists()
    assert not Strength.objects.visible_to(bram, at).exists()


def test_v12_each_is_shared_one_by_one(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    first, second, _ = three(noor, at)
    shared(running_relation, at, first)
    coach = sign_in(bram)
    page = seen(coach, "follow", running_relation.pk)
    assert "Eén" in page
    assert "Twee" not in page
    assert "Eén" in seen(coach, "strength", first.pk)
    seen(coach, "strength", second.pk, status=404)
    assert [thing for _, thing, _, _ in looks_of_others(noor, now())] == [first]


@pytest.mark.parametrize("name", ["strength_edit", "strength_move", "strength_turn"])
def test_v1_a_coach_who_reads_a_strength_can_change_nothing_about_it(
    name: str, running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    first, *_ = three(noor, at)
    shared(running_relation, at, first)
    before = list(Strength.objects.order_by("position").values("pk", "sort", "position", "version"))
    fields = {"text": "Van Bram.", "to": "later" if name == "strength_move" else "work_point", "seen": 1}
    assert sent(sign_in(bram), name, first.pk, **fields).status_code == 404
    assert list(Strength.objects.order_by("position").values("pk", "sort", "position", "version")) == before
    page = seen(sign_in(bram), "strength", first.pk)
    assert reverse("climb:strength_turn", args=[first.pk]) not in page
    with pytest.raises(Denied):
        turn_strength(first, by=bram, at=at, to=StrengthSort.WORK_POINT)
    with pytest.raises(Denied):
        move_strength(first, by=bram, at=at, is_later=True)


def test_their_owner_puts_them_in_order_and_the_ends_are_the_ends(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    first, _, third = three(noor, at)
    client = sign_in(noor)
    sent(client, "strength_move", first.pk, to="later")
    assert order(noor) == ["Twee", "Eén", "Drie"]
    sent(client, "strength_move", third.pk, to="later")
    sent(client, "strength_move", third.pk, to="earlier")
    assert order(noor) == ["Twee", "Drie", "Eén"]
    assert sent(client, "strength_move", first.pk, to="top").status_code == 404
    assert client.get(reverse("climb:strength_move", args=[first.pk])).status_code == 302
    assert order(noor) == ["Twee", "Drie", "Eén"]


def test_what_was_put_away_leaves_no_hole_in_the_order(noor: Person, at: datetime) -> None:
    first, second, third = three(noor, at)
    remove(second, by=noor, at=at)
    move_strength(first, by=noor, at=at, is_later=True)
    assert order(noor) == ["Drie", "Eén"]
    move_strength(second, by=noor, at=at, is_later=True)
    assert order(noor) == ["Drie", "Eén"]
    assert third.pk != first.pk


def test_a_work_point_becomes_a_strength_by_the_act_of_its_owner_with_its_words_and_versions(
    running_relation: Relation, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    point, *_ = three(noor, at, StrengthSort.WORK_POINT)
    shared(running_relation, at, point)
    client = sign_in(noor)
    sent(client, "strength_edit", point.pk, text="Ik bel al.", found_in="work", seen=1)
    answer = client.post(reverse("climb:strength_turn", args=[point.pk]), {"to": "strength"}, follow=True)
    assert "Dit is nu een van je krachten." in answer.content.decode()
    point.refresh_from_db()
    assert (point.sort, point.position, point.text, point.found_in) == ("strength", 1, "Ik bel al.", "work")
    assert Version.objects.filter(thing=point.pk).count() == 1
    assert Share.objects.filter(thing_id=point.pk, revoked_at=None).exists()
    assert sent(client, "strength_turn", point.pk, to="talent").status_code == 404


def test_sending_twice_keeps_one_and_two_tabs_stand_side_by_side(noor: Person, sign_in: SignIn) -> None:
    client, id = sign_in(noor), uuid4()
    for _ in range(2):
        assert sent(client, "strength_new", text="Rustig.", sort="strength", id=id).status_code == 302
    assert Strength.objects.get().version == 1
    sent(client, "strength_edit", id, text="Eerste tab.", seen=1)
    assert texts_beside(sent(client, "strength_edit", id, text="Tweede tab.", seen=1)) == [
        ("Eerste tab.", "Tweede tab.")
    ]


def test_nothing_is_kept_of_an_empty_or_endless_text_and_words_are_never_mark_up(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    client = sign_in(noor)
    for text in (" \n ", "a" * 20_001):
        assert sent(client, "strength_new", text=text, sort="strength", id=uuid4()).status_code == 200
    assert not Strength.objects.exists()
    one = write_strength(by=noor, at=at, text="<script>alert(1)</script> 🧗🏽 مرحبا")
    for page in (seen(client, "compass"), seen(client, "compass_sheet"), seen(client, "strength", one.pk)):
        assert "<script>alert" not in page
        assert "🧗🏽 مرحبا" in page


def test_v5_the_compass_on_one_sheet_shows_words_and_no_score_or_count(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    answer_compass(by=noor, at=at, question=CompassQuestion.MATTERS, text="Rust.")
    three(noor, at)
    write_strength(by=noor, at=at, text="Nog niet.", sort=StrengthSort.WORK_POINT, found_in=FoundIn.CLUB)
    page = seen(sign_in(noor), "compass_sheet")
    for text in ("Rust.", "Eén", "Twee", "Drie", "Nog niet.", "in een club of hobby"):
        assert text in page
    sheet = page[page.index('<article class="compass-sheet">') : page.index("</article>")]
    assert "%" not in sheet
    assert "<ol" not in sheet


@pytest.mark.parametrize("name", ["compass", "compass_sheet"])
def test_the_compass_asks_the_database_as_often_for_one_as_for_three(
    name: str, running_relation: Relation, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    client, asked = sign_in(noor), []
    for number in (1, 3):
        while len(strengths_of(noor)) < number:
            shared(running_relation, at, write_strength(by=noor, at=at, text="Rustig."))
        with CaptureQueriesContext(connection) as queries:
            seen(client, name)
        asked.append(len(queries))
    assert asked == [6, 6]
