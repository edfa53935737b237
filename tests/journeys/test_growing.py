"""A coach grows: reads, practises a talk, looks back, draws a card, sees two pictures beside each other, jots something down (T5–T9)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from klimtouw.foundation.clock import now
from klimtouw.growth.texts.library import library
from klimtouw.talks.actions import give_sentence
from tests.journeys.scenes import on_a_rope
from tests.journeys.walker import Walker, Way
from tests.talks.conftest import make_held

WAYS = (
    Way("nl", 390, "light"),
    Way("en", 1280, "dark"),
    Way("nl", 390, "dark", has_javascript=False),
)
SILENT = "sam-zwijgt"
JOTTED = "Ik stelde drie vragen na elkaar."
SENTENCE = "Ik zag je rustig worden."


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_t8_bram_reads_practises_goes_back_and_looks_back(walker: Callable[..., Walker], way: Way) -> None:
    bram = walker("Bram")
    bram.is_known()
    bram.opens("relations:overview")
    bram.follows("growth:home")
    bram.follows("growth:chapter", "signalen")
    bram.reads(getattr(library().chapters["signalen"].title, way.language))
    bram.follows("growth:home")
    bram.follows("growth:practice", SILENT)
    talk = library().talks[SILENT]
    for way_so_far in ("b", "ba", "bab"):
        bram.follows_link(f"?weg={way_so_far}#nu")
        here = talk.walk(way_so_far).here
        bram.reads(*(getattr(choice.say, way.language) for choice in here.choices))
    bram.goes_back()
    bram.reads(getattr(talk.walk("ba").here.scene, way.language))
    bram.follows_link("?weg=baa#nu")
    bram.follows_link("?weg=baaa#nu")
    bram.reads(
        bram.says("This is where this talk ended"),
        *(getattr(turn.chosen.note, way.language) for turn in talk.walk("baaa").turns),
    )
    bram.follows("growth:practice_note", SILENT)
    bram.sends(text="Stil zijn lukt al.")
    bram.opens(f"/groei/oefenen/{SILENT}/?weg=baaa")
    bram.reads(bram.says("My note about this talk"))


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_t5_t7_bram_reads_of_the_roles_and_draws_a_card(walker: Callable[..., Walker], way: Way) -> None:
    bram = walker("Bram")
    bram.is_known()
    bram.opens("growth:home")
    bram.follows("growth:roles")
    bram.follows_link("/groei/kaart/?rol=supporter")
    words = bram.page.locator(".question-card__words")
    first = words.inner_text()
    assert first in {getattr(card.text, way.language) for card in library().decks["supporter"].cards}
    bram._go_by(bram.page.locator("main .actions .button--primary"))
    assert words.inner_text() != first
    bram.goes_back()
    assert words.inner_text() == first
    bram.page.locator("main summary").click()
    bram.watch.look()


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_t6_t9_two_pictures_beside_each_other_and_a_jotting(walker: Callable[..., Walker], way: Way) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    relation, at = on_a_rope(noor, bram), now()
    talk = make_held(relation, at - timedelta(hours=2))
    give_sentence(talk=talk, by=relation.coach, at=at, seen=0, text=SENTENCE, roles="challenger")
    noor.opens("talks:talk", talk.pk)
    noor.follows("growth:helped", talk.pk)
    noor.reads(noor.says("Only you can read this."))
    noor.sends("[name=share]", roles="supporter", text="Dat je wachtte.")
    bram.opens("growth:home")
    bram.follows("growth:mirror")
    bram.reads(SENTENCE, "Dat je wachtte.", "Noor")
    bram.opens("relations:relation", relation.pk)
    bram.follows("growth:jotting", relation.pk)
    bram.sends(text=JOTTED)
    bram.reads(bram.says("Kept for yourself."))
    bram.follows("growth:jotting", relation.pk)
    bram.reads(JOTTED)
    noor.opens("relations:relation", relation.pk)
    noor.reads(
        noor.says(
            "%(name)s keeps a short note about their own acting as a coach. Nobody else can read it. It is wiped at the end.",
            name="Bram",
        )
    )
    noor.cannot_find(JOTTED)
    bram.page.locator("main details[data-ask] > summary").click()
    wipe = "dialog[open] button[name=wipe]" if way.has_javascript else "main button[name=wipe]"
    bram.page.locator(wipe).wait_for(state="visible")
    bram.watch.look()
    bram._go_by(bram.page.locator(wipe))
    bram.cannot_find(JOTTED)
