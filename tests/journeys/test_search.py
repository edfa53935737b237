"""Finding something back in one's own trail, and a selection to print, on a phone and on a desktop, with and without scripts (C8)."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from klimtouw.climb.actions.goals import write_goal
from klimtouw.climb.actions.trail import write_entry
from klimtouw.climb.choices import EntryForm
from klimtouw.foundation.clock import now
from tests.journeys.walker import Walker, Way
from tests.journeys.watch import NARROWEST, SIDEWAYS

FIND = "main form.find__form"
SELECTION = "main form:has(.find__tick)"
WAYS = [
    Way(),
    Way(width=390, theme="dark"),
    Way(language="en", width=390, has_javascript=False),
]


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_c8_own_words_find_an_entry_back_and_a_selection_is_printed(walker: Callable[..., Walker]) -> None:
    noor = walker("Noor")
    person = noor.is_known()
    goal = write_goal(
        by=person, at=now(), text="Durven vragen aan wie ik nog niet ken, ook in een volle les."
    )
    write_entry(by=person, at=now() - timedelta(days=70), text="Ik heb ver gelopen.", goal=goal)
    given = {"result": "Zij loopt nu mee."}
    write_entry(by=person, at=now(), text="", form=EntryForm.STARR, given=given)
    write_entry(by=person, at=now(), text="Heel iets anders.")
    noor.opens("climb:trail")
    noor.sends(".button", within=FIND, sought="lopen")
    expect(noor.page.locator("main mark")).to_have_text(["loopt", "gelopen"])
    noor.cannot_find("Heel iets anders.")
    expect(noor.page.locator(f"{FIND} [name=sought]")).to_have_value("lopen")
    assert "lopen" not in noor.page.url
    noor.page.set_viewport_size({"width": NARROWEST, "height": 700})
    assert noor.page.evaluate(SIDEWAYS) <= 0

    noor.page.locator("main .find__tick input").last.check()
    noor.sends('[value="page"]', within=SELECTION)
    noor.reads(noor.says("Own selection"), "Noor", "Ik heb ver gelopen.")
    noor.cannot_find("Zij loopt nu mee.")
    noor.page.emulate_media(media="print")
    expect(noor.page.locator("main .selection__stamp")).to_be_visible()
    expect(noor.page.locator("main .crumb")).to_be_hidden()
    noor.page.emulate_media(media="screen")


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_filter_stands_in_the_address_and_nothing_found_is_no_dead_end(
    walker: Callable[..., Walker],
) -> None:
    noor = walker("Noor")
    person = noor.is_known()
    goal = write_goal(by=person, at=now(), text="Durven vragen.")
    write_entry(by=person, at=now(), text="Bij mijn doel.", goal=goal)
    write_entry(by=person, at=now(), text="Los ervan.")
    noor.opens("climb:trail")
    noor.sends(".button", within=FIND, goal=goal.pk)
    noor.reads("Bij mijn doel.")
    noor.cannot_find("Los ervan.")
    assert noor.page.url.endswith(f"?goal={goal.pk}")
    noor.sends(".button", within=FIND, sought="zoekgeraakt")
    noor.reads(noor.says("Nothing found with this yet."))
    expect(noor.page.locator(f"{FIND} [name=goal]")).to_have_value(str(goal.pk))
    noor.follows("climb:trail")
    noor.reads("Los ervan.")


@pytest.mark.parametrize("way", [Way(), Way(width=390, has_javascript=False)], ids=str)
def test_a_selection_comes_as_a_file_to_keep(walker: Callable[..., Walker]) -> None:
    noor = walker("Noor")
    write_entry(by=noor.is_known(), at=now(), text="Vandaag vroeg ik iets.")
    noor.opens("climb:trail_search")
    noor.sends(".button", within=FIND, sought="vandaag")
    with noor.page.expect_download() as download:
        noor.page.locator(f'{SELECTION} [value="file"]').click()
    assert re.fullmatch(r"eigen-keuze-\d{4}-\d\d-\d\d\.html", download.value.suggested_filename)
    kept = download.value.path().read_text()
    assert "Eigen keuze" in kept
    assert "Vandaag vroeg ik iets." in kept
    assert noor.path == reverse("climb:trail_search")
