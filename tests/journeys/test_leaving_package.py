"""The folder in the leaving package opens from a disk in a real browser: no server, no script, nothing from elsewhere (P4)."""

import io
import zipfile
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from klimtouw.belongings.models import Thing
from klimtouw.relations.models import Relation
from klimtouw.takeaway.package.actions import bring_back
from klimtouw.takeaway.package.making import make_file
from klimtouw.takeaway.package.opening import content_in
from tests.journeys.conftest import NUMBERS
from tests.journeys.house import House
from tests.journeys.watch import judged_by_axe
from tests.stories import make_person
from tests.takeaway.lives import live

pytestmark = pytest.mark.slow

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SIZES = ((390, "light"), (1280, "light"), (390, "dark"))
NARROWEST = 320


@pytest.fixture(params=["nl", "en"])
def folder(request: pytest.FixtureRequest, house: House, at: datetime, tmp_path: Path) -> Path:
    """Unpack the package of somebody who brought an earlier one along, so that every page there can be is in it.

    It is made in the database of the house: a second one in this process would take its place.
    """
    number = next(NUMBERS)
    noor, bram = make_person(f"Noor{number}"), make_person(f"Bram{number}")
    live(noor, bram, at)
    file = make_file(by=noor, at=at)
    Thing.objects.filter(owner__in=(noor, bram)).delete()
    Relation.objects.filter(coachee=noor).delete()
    there = make_person(f"Noortje{number}", language=request.param)
    bring_back(content_in(file), by=there, at=at)
    live(there, bram, at)
    with zipfile.ZipFile(io.BytesIO(make_file(by=there, at=at + timedelta(minutes=1)))) as package:
        package.extractall(tmp_path)
    return tmp_path / "klimtouw"


def faults_of(page: Page, address: str) -> list[str]:
    """Open one page and return what is wrong with it."""
    page.goto(address)
    found = judged_by_axe(page, preload=False)  # or axe itself asks for the style once more
    faults = [f"{address}: {violation['id']}" for violation in found.response["violations"]]
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    if page.evaluate(SIDEWAYS) > 0:
        faults.append(f"{address}: scrolls sideways on the narrowest phone")
    return faults


def _note(where: list[str], name: str, what: object) -> None:
    where.append(getattr(what, name))


def test_every_page_opens_from_the_disk_and_axe_finds_nothing(folder: Path, browser: Browser) -> None:
    pages = sorted(folder.glob("*.html"))
    assert len(pages) > 12
    faults: list[str] = []
    asked: list[str] = []
    for width, theme in SIZES:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)  # type: ignore[arg-type]  # one of two words
        page = context.new_page()
        page.on("console", partial(_note, faults, "text"))
        page.on("request", partial(_note, asked, "url"))
        for path in pages:
            page.set_viewport_size({"width": width, "height": 900})
            faults += faults_of(page, path.as_uri())
        context.close()
    assert faults == []
    assert {url.split(":", 1)[0] for url in asked} == {"file"}


def test_one_walks_from_the_first_page_to_a_mountain_and_back_with_the_keyboard(
    folder: Path, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    page.locator("a[href='route-1.html']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/route-1.html")
    assert page.locator("svg.mountain").is_visible()
    assert page.locator("p", has_text="Eerst kijken.").first.is_visible()
    page.locator("a[href='index.html']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/index.html")
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    context.close()
