"""The route in a browser: a stage drawn to another place, one sheet on paper, and words in the drawing that never collide."""

import re
from collections.abc import Callable
from itertools import combinations

from playwright.sync_api import Page

from klimtouw.belongings.actions import keep
from klimtouw.climb.actions import route as actions
from klimtouw.climb.choices import StageMark, StageState, Weather
from klimtouw.climb.models import Goal, Route, Stage
from klimtouw.foundation.clock import now
from klimtouw.people.models import Person
from tests.journeys.scenes import on_a_rope
from tests.journeys.walker import Walker

NAMES = (
    "Mijn eerste gesprek met een bewoner alleen voeren",
    "De dagplanning van mijn afdeling begrijpen",
    "Om feedback durven vragen na een zorgmoment",
    "Verslag schrijven zonder hulp",
)
SIGNS = """() => [...document.querySelectorAll(".mountain-label text")].map(text => {
    const box = text.getBoundingClientRect(); return [box.left, box.top, box.right, box.bottom, parseFloat(getComputedStyle(text).fontSize)];
})"""
PAGE_IN_PDF = re.compile(rb"/Type\s*/Page\b")
LENGTHS = (1, 7, 30, 60)


def a_route_of(noor: Person, stages: int) -> Route:
    """Lay a route with every sort of stage on it."""
    at = now()
    goal = keep(Goal, by=noor, at=at, text="Ik word een verpleegkundige bij wie mensen zich veilig voelen.")
    for number in range(stages):
        stage = actions.add_stage(goal, by=noor, at=at, text=NAMES[number % len(NAMES)])
        if number < stages // 2:
            actions.set_state(stage, by=noor, at=at, state=StageState.REACHED)
        if number % 5 == 1:
            actions.set_weather(stage, by=noor, at=at, weather=list(Weather)[1 + number % 3])
        if number % 7 == 3:
            actions.set_mark(stage, by=noor, at=at, mark=StageMark.TURNING_POINT)
    return Route.objects.get(goal=goal)


def texts(route: Route) -> list[str]:
    """Return what stands on a route, in order."""
    return [str(stage.text) for stage in Stage.objects.filter(whole=route.pk).order_by("position")]


def drawn_down(page: Page, over: int) -> None:
    """Take the first stage by its grip and hold it below another one."""
    grip, other = page.locator("[data-grip]").first, page.locator(".stages > li").nth(over)
    grip.scroll_into_view_if_needed()
    start, end = grip.bounding_box(), other.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.locator(".is-drawn").wait_for()
    page.mouse.move(start["x"] + 8, end["y"] + end["height"] * 0.8, steps=8)
    page.locator(".has-gap, .has-gap-below").first.wait_for()


def test_a_stage_is_drawn_to_another_place_and_let_go_of_by_escape(walker: Callable[..., Walker]) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    on_a_rope(noor, bram)
    route = a_route_of(Person.objects.get(email=noor.email), 4)
    noor.page.set_viewport_size({"width": 1280, "height": 1800})
    noor.opens("climb:route", route.pk)
    drawn_down(noor.page, 2)
    noor.page.keyboard.press("Escape")
    noor.page.mouse.up()
    assert texts(route) == list(NAMES)
    drawn_down(noor.page, 2)
    with noor.page.expect_response(lambda answer: "/plaats/" in answer.url):
        noor.page.mouse.up()
    noor.page.wait_for_function("() => document.activeElement.classList.contains('stage')")
    assert texts(route) == [NAMES[1], NAMES[2], NAMES[0], NAMES[3]]
    shown = noor.page.locator(".stage__title .words").all_inner_texts()
    assert shown == [NAMES[1], NAMES[2], NAMES[0], NAMES[3]]


def test_the_sheet_is_one_page_on_a4_and_on_a3_however_long_the_route(walker: Callable[..., Walker]) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    on_a_rope(noor, bram)
    person = Person.objects.get(email=noor.email)
    for stages in LENGTHS:
        noor.opens("climb:route_print", a_route_of(person, stages).pk)
        for paper in ("A4", "A3"):
            sheet = noor.page.pdf(format=paper, landscape=True, print_background=True)
            assert len(PAGE_IN_PDF.findall(sheet)) == 1, (stages, paper)


def test_words_in_the_drawing_never_collide_and_stay_readable_on_any_screen(
    walker: Callable[..., Walker],
) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    on_a_rope(noor, bram)
    person = Person.objects.get(email=noor.email)
    for stages in LENGTHS:
        noor.opens("climb:route", a_route_of(person, stages).pk)
        for width in (320, 390, 1280):
            noor.page.set_viewport_size({"width": width, "height": 900})
            signs = noor.page.evaluate(SIGNS)
            assert [pair for pair in combinations(signs, 2) if collide(*pair)] == [], (stages, width)
            wide = noor.page.locator(".route__mountain svg").bounding_box()
            assert wide
            assert wide["width"] / 320 * signs[0][4] >= 11, (stages, width)


def collide(one: list[float], other: list[float]) -> bool:
    """Return whether two lines of words touch; the boxes of letters are a little higher than the letters."""
    beside = one[2] - 1 <= other[0] or other[2] - 1 <= one[0]
    above = one[3] - 5 <= other[1] or other[3] - 5 <= one[1]
    return not (beside or above)
