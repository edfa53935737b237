"""The trail on a phone and on a desktop: within one tap from anywhere one writes, with and without scripts (C8)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from klimtouw.climb.models import Entry
from klimtouw.relations.choices import State
from tests.journeys.scenes import a_goal_of, on_a_rope
from tests.journeys.walker import Walker, Way
from tests.journeys.watch import NARROWEST, SIDEWAYS

EVERYWHERE = (
    "home",
    "climb:home",
    "climb:trail",
    "relations:overview",
    "belongings:looks",
    "people:settings",
)
WAYS = [
    Way(),
    Way(width=390, theme="dark"),
    Way(language="en", width=390),
    Way(width=390, has_javascript=False),
]


def pen(page: Page) -> Locator:
    """Return the way to write that stands on every page."""
    return page.locator(".site-head .tool--write")


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_c8_from_every_page_one_tap_leads_to_a_field_to_write_in(walker: Callable[..., Walker]) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    relation = on_a_rope(noor, bram, State.RUNNING)
    goal = a_goal_of(relation.coachee)
    pages = [(name,) for name in EVERYWHERE]
    pages += [("climb:goal", goal.pk), ("climb:goal_edit", goal.pk), ("relations:relation", relation.pk)]
    for name, *args in pages:
        noor.opens(name, *args)
        expect(pen(noor.page)).to_have_count(1)
        pen(noor.page).click()
        expect(noor.page.locator("textarea[name=text]")).to_be_visible()
        expect(noor.page.locator("textarea[name=text]")).to_be_focused()
        expect(pen(noor.page)).to_have_count(0)


@pytest.mark.parametrize("way", [Way(), Way(width=390)], ids=str)
def test_it_is_reached_with_the_keyboard_and_says_what_it_is(walker: Callable[..., Walker]) -> None:
    noor = walker("Noor")
    noor.is_known()
    noor.opens("climb:home")
    page = noor.page
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.tool--write')"):
            break
    expect(pen(page)).to_be_focused()
    expect(page.get_by_role("link", name=noor.says("Write in my trail"), exact=True)).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("textarea[name=text]")).to_be_focused()
    page.keyboard.type("Meteen geschreven.")
    page.locator("main form .button--primary").click()
    expect(page.locator("main .words--own")).to_have_text("Meteen geschreven.")
    assert Entry.objects.filter(owner__email=noor.email).count() == 1


@pytest.mark.parametrize("way", [Way(width=390), Way(width=390, has_javascript=False)], ids=str)
def test_on_the_narrowest_phone_it_stands_on_one_line_with_the_rest_and_covers_nothing(
    walker: Callable[..., Walker],
) -> None:
    noor = walker("Noor")
    noor.is_known()
    noor.page.set_viewport_size({"width": NARROWEST, "height": 640})
    noor.opens("climb:home")
    tools = noor.page.locator(".site-head .tool, .site-head .wordmark")
    boxes = [box for box in (one.bounding_box() for one in tools.all()) if box]
    middles = {round(box["y"] + box["height"] / 2) for box in boxes}
    assert max(middles) - min(middles) <= 4
    assert all(box["width"] >= 24 and box["height"] >= 24 for box in boxes)
    heading = noor.page.locator("main h1").first.bounding_box()
    assert heading is not None
    assert max(box["y"] + box["height"] for box in boxes) <= heading["y"]
    assert noor.page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize("way", [Way(), Way(width=390, has_javascript=False)], ids=str)
def test_going_back_after_keeping_gives_the_text_back_and_keeps_it_once(
    walker: Callable[..., Walker],
) -> None:
    noor = walker("Noor")
    noor.is_known()
    noor.opens("climb:home")
    pen(noor.page).click()
    noor.page.locator("textarea[name=text]").fill("Eén keer bewaard.")
    noor.page.locator("main form .button--primary").click()
    expect(noor.page.locator("main .words--own")).to_have_text("Eén keer bewaard.")
    noor.page.go_back()
    field = noor.page.locator("textarea[name=text]")
    expect(field).to_be_visible()
    if field.input_value():
        noor.page.locator("main form .button--primary").click()
        expect(noor.page.locator("main .words--own")).to_have_text("Eén keer bewaard.")
    assert Entry.objects.filter(owner__email=noor.email).count() == 1
