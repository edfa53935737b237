"""Knowing oneself: strengths in one's own order, a work point that becomes one, a sharper goal and its story, a choice."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from klimtouw.climb.choices import StrengthSort
from klimtouw.climb.models import ChoiceMoment, Strength
from tests.journeys.walker import Walker, Way

WAYS = (
    Way("nl", 390, "dark"),
    Way("en", 1280, "light"),
    Way("nl", 390, "light", has_javascript=False),
)
CALM, NAMES, YET = "Ik blijf rustig.", "Ik onthoud namen.", "Bellen durf ik nog niet."


def order_on_the_page(walker: Walker) -> list[str]:
    """Return the strengths as the list tells them."""
    return walker.page.locator("main ol.ordered").first.locator("a").all_text_contents()


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_c1_c5_noor_arranges_what_she_knows_of_herself(walker: Callable[..., Walker], way: Way) -> None:
    noor = walker("Noor")
    noor.is_known()
    noor.opens("climb:compass")
    for sort, texts in ((StrengthSort.STRENGTH, (CALM, NAMES)), (StrengthSort.WORK_POINT, (YET,))):
        for text in texts:
            noor.follows_link(f"{reverse('climb:strength_new')}?sort={sort}")
            noor.reads(noor.says("Only you can read this."))
            noor.sends(text=text, found_in="club")
    assert order_on_the_page(noor) == [CALM, NAMES]
    first = noor.page.locator("main ol.ordered > li").first
    if way.has_javascript:
        first.locator("[data-move=down]").focus()
        noor.hits("Alt+ArrowDown")
    else:
        noor._go_by(first.locator("[data-move=down]"))
    assert order_on_the_page(noor) == [NAMES, CALM]
    noor.follows("climb:strength", Strength.objects.get(owner__email=noor.email, sort="work_point").pk)
    noor.sends("[value=strength]")
    noor.opens("climb:compass_sheet")
    noor.reads(CALM, NAMES, YET)
    noor.opens("climb:starting")
    noor.follows("climb:starting_write", "coach")
    noor.sends(text="Ik durf nog niet alles te zeggen.")
    noor.reads(noor.says("Only you can read this, always. It cannot be shared."))


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_c2_c3_c12_a_goal_gets_sharper_and_a_choice_is_made(walker: Callable[..., Walker], way: Way) -> None:
    noor = walker("Noor")
    noor.is_known()
    noor.opens("climb:goal_new")
    noor.sends(text="Ik bel zelf.", context_name="Stage", worked="Ik neem op.", context_day="2026-03-02")
    noor.reads("Stage", "Ik neem op.")
    goal = noor.here["goal"]
    noor.sends("[value=resting]")
    noor.follows("climb:story", goal)
    noor.reads(
        "Ik bel zelf.", noor.says("Only you can read this story, also when you share the goal or dream.")
    )
    noor.opens("climb:goal", goal)
    noor.follows_link(f"{reverse('climb:choice_new')}?goal={goal}")
    noor.sends(question="Wie bel ik eerst?", own="Mijn tante.", other="De bakker.")
    moment = ChoiceMoment.objects.get(owner__email=noor.email)
    noor.follows("climb:choice_decide", moment.pk)
    option = noor.page.locator("main [name=option]").first.get_attribute("value")
    noor.sends(option=option, decision="Zij lacht altijd.")
    noor.reads("Zij lacht altijd.", noor.says("How do you see this choice now?"))
    noor.follows("climb:choice_look_back", moment.pk)
    noor.sends(look_back="Goed begin.")
    noor.reads("Goed begin.")
