"""A page that asks "are you sure" comes as a dialog over the page one is on; without scripts it stays a page."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, expect

from klimtouw.climb.models import Goal
from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from klimtouw.relations.models import Invitation, Relation
from tests.journeys.scenes import a_goal_of, a_letter_to, on_a_rope
from tests.journeys.walker import QUESTION, Walker, Way
from tests.journeys.watch import NARROWEST, SIDEWAYS, judged_by_axe


def opens_dialog(walker: Walker, link: str) -> Locator:
    """Open the question behind a link with the keyboard, and wait for it."""
    opener = walker.page.locator(f"main {link}").first
    walker._unfold(opener)
    opener.focus()
    walker.page.keyboard.press("Enter")
    dialog = walker.page.locator(QUESTION)
    expect(dialog).to_be_visible()
    return dialog


@pytest.fixture
def noor_at_her_goal(walker: Callable[..., Walker]) -> Walker:
    noor = walker("Noor")
    goal = a_goal_of(noor.is_known())
    noor.opens("climb:goal", goal.pk)
    return noor


@pytest.mark.parametrize("way", [Way(), Way(width=390, theme="dark"), Way(language="en", width=390)], ids=str)
def test_a_question_opens_with_enter_closes_with_escape_and_gives_the_focus_back(
    noor_at_her_goal: Walker,
) -> None:
    noor, page = noor_at_her_goal, noor_at_her_goal.page
    address = page.url
    dialog = opens_dialog(noor, "a[data-ask]")
    expect(page.get_by_role("dialog", name=noor.says("Put this away?"))).to_have_count(1)
    expect(dialog.get_by_role("heading")).to_be_focused()
    assert page.locator("h1").count() == 1
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "() => document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator("main a[data-ask]")).to_be_focused()
    assert page.url == address
    assert Goal.objects.get(owner__email=noor.email).removed_at is None


@pytest.mark.parametrize("way", [Way(), Way(width=390, theme="dark"), Way(language="en", width=390)], ids=str)
def test_axe_finds_nothing_in_an_open_question_and_it_fits_the_narrowest_phone(
    noor_at_her_goal: Walker,
) -> None:
    noor = noor_at_her_goal
    dialog = opens_dialog(noor, "a[data-ask]")
    found = judged_by_axe(noor.page)
    assert found.violations_count == 0, found.generate_report()
    noor.page.set_viewport_size({"width": NARROWEST, "height": 480})
    assert noor.page.evaluate(SIDEWAYS) <= 0
    box = dialog.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= NARROWEST and box["y"] >= 0
    assert dialog.evaluate("dialog => dialog.scrollWidth <= dialog.clientWidth")


def test_the_answer_in_a_question_does_what_the_page_does(noor_at_her_goal: Walker) -> None:
    noor = noor_at_her_goal
    dialog = opens_dialog(noor, "a[data-ask]")
    dialog.locator("button").focus()
    noor.hits("Enter")
    assert Goal.objects.get(owner__email=noor.email).removed_at is not None
    expect(noor.page.locator("dialog")).to_have_count(0)
    expect(noor.page.locator("[data-messages]")).to_be_focused()


def test_the_way_back_in_a_question_closes_it(noor_at_her_goal: Walker) -> None:
    noor = noor_at_her_goal
    here = urlsplit(noor.page.url).path
    opens_dialog(noor, "a[data-ask]").locator(f'a[href="{here}"]').last.click()
    expect(noor.page.locator("dialog")).to_have_count(0)
    expect(noor.page.locator("main a[data-ask]")).to_be_focused()


@pytest.mark.parametrize(
    ("page", "act", "state"),
    [
        ("relation", "pause", State.PAUSED),
        ("closing", "complete", State.COMPLETED),
        ("relation", "leave", State.STOPPED),
    ],
    ids=["pause", "complete", "stop"],
)
def test_pausing_completing_and_stopping_ask_in_a_dialog(
    walker: Callable[..., Walker], page: str, act: str, state: State
) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    relation = on_a_rope(noor, bram)
    noor.opens(f"relations:{page}", relation.pk)
    dialog = opens_dialog(noor, f'a[href="{reverse(f"relations:{act}", args=[relation.pk])}"]')
    noor._goes(dialog.locator("button").click)
    assert Relation.objects.get(pk=relation.pk).state == state


def test_withdrawing_an_invitation_asks_in_a_dialog(walker: Callable[..., Walker]) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    letter = a_letter_to(noor, bram)
    bram.opens("relations:sent", letter.pk)
    dialog = opens_dialog(bram, "details[data-ask] > summary")
    expect(dialog.get_by_role("heading")).to_have_text(bram.says("Withdraw this invitation?"))
    dialog.locator("a").click()
    expect(bram.page.locator("dialog")).to_have_count(0)
    expect(bram.page.locator("summary")).to_be_focused()
    bram._goes(opens_dialog(bram, "details[data-ask] > summary").locator("button").click)
    assert not Invitation.objects.filter(pk=letter.pk).exists() or bram.is_at("relations:overview")


def test_signed_out_in_another_tab_the_question_comes_as_the_page_that_asks_to_sign_in(
    noor_at_her_goal: Walker,
) -> None:
    noor = noor_at_her_goal
    noor.page.context.clear_cookies()
    noor.page.locator("main a[data-ask]").click()
    noor.page.wait_for_url("**/account/**")
    assert noor.page.locator("dialog").count() == 0


@pytest.mark.parametrize("way", [Way(has_javascript=False)], ids=str)
def test_without_scripts_the_question_is_a_page(noor_at_her_goal: Walker) -> None:
    noor = noor_at_her_goal
    goal = Goal.objects.get(owner=Person.objects.get(email=noor.email))
    noor.follows("climb:put_away", goal.pk)
    noor.sends()
    assert Goal.objects.get(pk=goal.pk).removed_at is not None
