"""Everything can be done with the keyboard alone, and one always sees where one is."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from klimtouw.climb.models import CompassAnswer, Goal
from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from tests.journeys.scenes import a_goal_of, on_a_rope
from tests.journeys.walker import Walker

MOST_STOPS = 150
# What one must be able to reach: every link, button and field one can see; of a group of choices one is enough.
CAN_BE_REACHED = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter(it => !it.disabled && it.type !== "hidden" && it.checkVisibility())
    .map((it, number) => { it.stop = it.type === "radio" ? it.name : `${it.localName} ${number} ${it.textContent.trim().slice(0, 30)}`; return it.stop; })"""
HERE = """() => {
    const here = document.activeElement, ring = getComputedStyle(here.type === "radio" || here.type === "checkbox" ? here.closest("label") ?? here : here);
    const own = getComputedStyle(here);
    const seen = [own, ring].some(style => (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none");
    const box = here.getBoundingClientRect();
    return { stop: here.stop ?? null, seen, inside: box.bottom > 0 && box.top < innerHeight, atBody: here === document.body };
}"""
# Tab goes on from the last focus, also one that is gone, as of a page that begins in its text field.
TO_THE_TOP = """() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    getSelection().removeAllRanges();
    scrollTo(0, 0);
}"""
PAGES = (
    "account_login", "account_signup", "home", "people:settings", "relations:invite", "climb:home", "climb:goal_new",
    "climb:entry_new", "climb:trail", "climb:goal_edit", "climb:route", "belongings:share", "talks:propose",
    "relations:relation", "relations:contract_draft", "relations:acquaintance", "replies:suggest",
)  # fmt: skip
BEFORE_SIGNING_IN = ("account_login", "account_signup")
ABOUT_THE_GOAL = ("climb:goal_edit", "belongings:share", "replies:suggest")


@pytest.fixture
def at_a_page(walker: Callable[..., Walker]) -> Callable[[str], Walker]:
    """Open a page as whoever it is for."""

    def opened(name: str) -> Walker:
        noor, bram = walker("Noor"), walker("Bram")
        if name in BEFORE_SIGNING_IN:
            noor.opens(name)
            return noor
        relation = on_a_rope(
            noor, bram, State.CONTRACTING if name == "relations:contract_draft" else State.RUNNING
        )
        goal = a_goal_of(Person.objects.get(email=noor.email))
        who = noor
        if name == "climb:route":
            noor.opens("climb:goal", goal.pk)
            noor.follows(name, noor.key_in_link(name))
        elif name == "replies:suggest":
            noor.opens("belongings:share", goal.pk)
            noor.sends()
            bram.opens(name, goal.pk)
            who = bram
        elif name in ABOUT_THE_GOAL:
            noor.opens(name, goal.pk)
        elif name.startswith(("relations:", "talks:")) and name != "relations:invite":
            noor.opens(name, relation.pk)
        else:
            noor.opens(name)
        return who

    return opened


@pytest.mark.parametrize("name", PAGES)
def test_tab_reaches_everything_and_shows_where_one_is(at_a_page: Callable[[str], Walker], name: str) -> None:
    page = at_a_page(name).page
    wanted = set(page.evaluate(CAN_BE_REACHED))
    reached, shown = walk_with_tab(page)
    assert wanted - reached == set()
    assert reached - shown == set()


def walk_with_tab(page: Page) -> tuple[set[str], set[str]]:
    """Press Tab until the page is round; return where one came, and where one could see that."""
    page.evaluate(TO_THE_TOP)
    reached, shown = set(), set()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here["atBody"] or here["stop"] is None:
            break
        reached.add(here["stop"])
        if here["seen"] and here["inside"]:
            shown.add(here["stop"])
    return reached, shown


def test_the_first_tab_skips_to_the_content(walker: Callable[..., Walker]) -> None:
    noor = walker("Noor")
    noor.is_known()
    noor.opens("climb:trail")
    noor.page.evaluate(TO_THE_TOP)
    noor.page.keyboard.press("Tab")
    skip = noor.page.locator("a.skip:focus")
    assert skip.count() == 1
    assert skip.bounding_box()["y"] >= 0
    noor.page.keyboard.press("Enter")
    noor.page.keyboard.press("Tab")
    assert noor.page.locator("main :focus").count() == 1


def test_a_goal_is_written_and_a_stage_added_without_a_mouse(walker: Callable[..., Walker]) -> None:
    noor = walker("Noor")
    person = noor.is_known()
    noor.opens("climb:goal_new")
    noor.types_in("text", "Ik bel zelf naar de stageplaats.")
    noor.tabs_to("button.button--primary")
    noor.hits("Enter")
    goal = Goal.objects.get(owner=person)
    noor.tabs_to(f'a[href$="{goal.pk}/route/"]')
    noor.hits("Enter")
    noor.types_in("text", "Ik schrijf op wat ik wil vragen")
    noor.hits("Enter")
    assert noor.stages() == ["Ik schrijf op wat ik wil vragen"]


def test_a_wrong_form_puts_the_focus_on_what_to_repair(walker: Callable[..., Walker]) -> None:
    noor = walker("Noor")
    person = noor.is_known()
    noor.opens("climb:compass_write", "matters")
    noor.sends()
    assert noor.page.locator("[data-error-summary]:focus").count() == 1
    noor.page.keyboard.press("Tab")
    noor.page.keyboard.press("Enter")
    assert noor.page.locator("#id_text:focus").count() == 1
    noor.page.keyboard.type("Eerlijk zijn.")
    noor.tabs_to("button.button--primary")
    noor.hits("Enter")
    assert CompassAnswer.objects.get(owner=person).text == "Eerlijk zijn."
