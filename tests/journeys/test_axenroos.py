"""Three members and who guides them make a rose of what each chose to share (G4, V15)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from klimtouw.axenroos.choices import Animal
from klimtouw.foundation.clock import now
from tests.circles.stories import make_circle
from tests.journeys.walker import Walker, Way

WAYS = (Way("nl", 390, "dark"), Way("en", 1280, "light"))
MARK = '[name="share"]'


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_g4_each_chooses_for_oneself_and_the_rose_shows_what_was_shared(
    walker: Callable[..., Walker], way: Way
) -> None:
    bram, noor, amir, lotte = (walker(name) for name in ("Bram", "Noor", "Amir", "Lotte"))
    people = [one.is_known() for one in (bram, noor, amir, lotte)]
    circle = make_circle(people[0], people[1:], now() - timedelta(days=1))
    noor.opens("circles:circle", circle.pk)
    noor.follows("axenroos:rose", circle.pk)
    noor.reads(noor.says("Nobody has shared an animal here yet. The rose waits."))
    noor.follows("axenroos:choose", circle.pk, 1, "herken")
    noor.page.locator(f'[name="animal"][value="{Animal.OWL.value}"]').check()
    noor.sends(text="Ik keek eerst, en vroeg daarna.")
    noor.reads(noor.says("Only you can read this."))
    amir.opens("axenroos:rose", circle.pk)
    amir.cannot_find("Ik keek eerst")
    noor.sends(button=MARK)
    amir.opens("axenroos:rose", circle.pk)
    amir.reads("Ik keek eerst, en vroeg daarna.", "(N")
    assert amir.page.locator(".rose .rose-mark--filled").count() == 1
    # by keyboard alone: the radio buttons, the words, the button
    amir.follows("axenroos:choose", circle.pk, 1, "meer")
    amir.tabs_to('[name="animal"]')
    amir.page.keyboard.press("ArrowDown")
    amir.page.keyboard.press("Space")
    amir.types_in("text", "Vaker zien wat een ander toont.")
    amir.tabs_to("button.button--primary")
    amir.hits("Enter")
    amir.sends(button=MARK)
    bram.opens("axenroos:rose", circle.pk)
    bram.reads("Ik keek eerst", "Vaker zien wat een ander toont.")
    assert bram.page.locator(".rose .rose-mark--outlined").count() == 1
    bram.follows("axenroos:second_round", circle.pk)
    bram.sends()
    lotte.opens("axenroos:rose", circle.pk)
    assert lotte.page.locator("main .rose").count() == 2
    lotte.follows("axenroos:choose", circle.pk, 2, "herken")
    lotte.page.locator(f'[name="animal"][value="{Animal.BEAVER.value}"]').check()
    lotte.sends()
    lotte.follows("axenroos:own", circle.pk)
    assert lotte.page.locator("main .rose").count() == 2
    noor.opens("axenroos:card")
    noor.follows_link("?over=leeg")
    noor.follows("axenroos:animals")
    noor.follows("axenroos:animal", Animal.RACCOON.value)
