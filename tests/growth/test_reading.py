"""Reading as a coach: roles, one card at the right moment, chapters (T5, T7, T8)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from klimtouw.growth.choices import Phase
from klimtouw.growth.queries.reading import card_for
from klimtouw.growth.texts.library import library
from klimtouw.people.models import Person
from klimtouw.programmes.models import CoachRole

SignIn = Callable[[Person], Client]
ASKED = {"role": "", "phase": "", "number": 0}


def body(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(f"growth:{name}", args=args) + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_first_page_leads_everywhere_and_ticks_nothing_off(bram: Person, sign_in: SignIn) -> None:
    page = body(sign_in(bram), "home")
    for chapter in library().chapters.values():
        assert reverse("growth:chapter", args=[chapter.key]) in page
        assert chapter.title.nl in page
    for name in ("roles", "card"):
        assert reverse(f"growth:{name}") in page


def test_t5_the_page_of_roles_names_each_as_the_school_calls_it_with_its_phases(
    bram: Person, sign_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    CoachRole.objects.filter(key="supporter").update(name_nl="ruggensteun <b>")
    client = sign_in(bram)
    body(client, "roles")
    with django_assert_num_queries(3):  # the session, the person, the roles
        page = body(client, "roles")
    assert "Ruggensteun &lt;b&gt;" in page
    for deck in library().decks.values():
        for how in deck.helps_in.values():
            assert how.nl.replace("“", "“") in page
    assert page.count("Een werknaam van ons") == 3


def test_t5_a_role_of_the_school_without_cards_stands_there_too(bram: Person, sign_in: SignIn) -> None:
    CoachRole.objects.create(
        key="gids", name_nl="gids", name_en="guide", help_nl="Ik wijs.", help_en="I point.", position=9
    )
    client = sign_in(bram)
    assert "Ik wijs." in body(client, "roles")
    assert "Hier past nog geen kaart bij" in body(client, "card", query="?rol=gids")


def test_t7_one_card_is_shown_and_another_one_comes_with_one_tap(
    bram: Person, at: datetime, sign_in: SignIn
) -> None:
    first, second = (card_for(bram, at, **{**ASKED, "number": number}) for number in (0, 1))
    assert first and second
    assert first.card != second.card
    page = body(sign_in(bram), "card")
    assert first.card.text.nl in page
    shown = [card for card in library().cards if f">{card.text.nl}<" in page]
    assert shown == [first.card], "one card, not a library"
    assert "nr=1" in page
    assert second.card.text.nl in body(sign_in(bram), "card", query="?nr=1")


def test_t7_a_card_fits_the_role_and_the_moment(bram: Person, at: datetime) -> None:
    for deck in library().decks.values():
        for phase in deck.helps_in:
            hand = card_for(bram, at, role=deck.role, phase=phase.value, number=3)
            assert hand
            assert (hand.card.role, phase in hand.card.phases) == (deck.role, True)


def test_t7_every_card_comes_by_before_one_comes_back(bram: Person, at: datetime) -> None:
    wish = {"role": "supporter", "phase": Phase.WINDING.value}
    fitting = [card for card in library().decks["supporter"].cards if Phase.WINDING in card.phases]
    hands = [card_for(bram, at, **wish, number=number) for number in range(len(fitting))]
    assert {hand.card for hand in hands if hand} == set(fitting)


def test_t7_the_card_stays_the_same_all_day_and_is_another_one_on_another_day(
    bram: Person, at: datetime
) -> None:
    cards = [card_for(bram, at + timedelta(days=day), **ASKED) for day in range(12)]
    assert card_for(bram, at, **ASKED) == cards[0]
    assert len({hand.card for hand in cards if hand}) > 3


@pytest.mark.parametrize(
    "query", ["?rol=koning", "?fase=ooit", "?nr=-1", "?nr=x", "?nr=99999999999", "?rol=%00&fase=%00"]
)
def test_an_odd_address_asks_for_nothing_in_particular(bram: Person, sign_in: SignIn, query: str) -> None:
    assert "question-card__words" in body(sign_in(bram), "card", query=query)


def test_a_chapter_is_read_in_both_languages_and_nothing_has_to_come_next(
    bram: Person, sign_in: SignIn
) -> None:
    chapters = list(library().chapters.values())
    page = body(sign_in(bram), "chapter", chapters[0].key)
    assert chapters[0].example.paragraphs[0][:40] in page
    assert chapters[1].title.nl in page
    assert "Ook in deze rij" not in body(sign_in(bram), "chapter", chapters[-1].key)
    bram.language = "en"
    bram.save(update_fields=["language"])
    assert chapters[0].lede.en in body(sign_in(bram), "chapter", chapters[0].key)


def test_a_chapter_that_is_not_there_is_a_page_that_does_not_exist(bram: Person, sign_in: SignIn) -> None:
    assert sign_in(bram).get(reverse("growth:chapter", args=["nergens"])).status_code == 404


def test_whoever_is_signed_out_is_asked_to_sign_in(client: Client, db: None) -> None:
    for name in ("home", "roles", "card"):
        assert client.get(reverse(f"growth:{name}")).status_code == 302
