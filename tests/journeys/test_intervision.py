"""An intervision on eight phones and a large screen: a phone that drops out, a house that starts anew in the middle, nothing lost."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django import DjangoDbBlocker

from klimtouw.climb.models import Entry
from klimtouw.intervision.models import Contribution, Room
from klimtouw.people import keyring
from tests.circles.stories import make_circle
from tests.journeys.house import House
from tests.journeys.watch import judged_by_axe
from tests.migrated import home_to_copy
from tests.stories import make_person

pytestmark = pytest.mark.slow
NAMES = ("Noor", "Amir", "Lena", "Bram", "Zoë", "Tuur", "Mila", "Kobe")
HOSTILE = "\u202e<img src=x onerror=alert(1)>"
STEP, PUT = "Naar de volgende stap", "Leg op tafel"


class OwnHouse:
    """A house of this journey's own, so that it can be stopped and started while people are in it."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.home, self.address = home, f"http://127.0.0.1:{self.port}"
        shutil.copytree(home_to_copy(), home, dirs_exist_ok=True)

    @contextmanager
    def open(self) -> Iterator[None]:
        """Serve until the block ends."""
        surroundings = os.environ | {
            "KLIMTOUW_HOME": str(self.home),
            "KLIMTOUW_SECRET_KEY": settings.SECRET_KEY,
            "PYTHONPATH": str(Path(__file__).parents[2] / "src"),
        }
        serve = [
            "-m",
            "klimtouw.config.command",
            "serve",
            "--prepare",
            "--port",
            str(self.port),
            "--workers",
            "1",
        ]
        with (self.home / "said").open("a") as said:
            server = subprocess.Popen([sys.executable, *serve], env=surroundings, stdout=said, stderr=said)
        try:
            self._wait(server)
            yield
        finally:
            server.terminate()
            server.wait(30)

    def _wait(self, server: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and server.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError(House(self.address, self.home).last_words)


@pytest.fixture
def own_house(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[OwnHouse]:
    """Look into its database, and not into that of the other journeys."""
    house = OwnHouse(tmp_path / "house")
    before = connections.settings["default"]["NAME"], settings.MASTER_KEY_FILE
    with django_db_blocker.unblock():
        connections["default"].close()
        connections["default"].settings_dict["NAME"] = house.home / "klimtouw.sqlite3"
        settings.MASTER_KEY_FILE = house.home / "master.keys"
        keyring.forget()
        yield house
        connections["default"].close()
        connections["default"].settings_dict["NAME"], settings.MASTER_KEY_FILE = before
        keyring.forget()


def signed_in(name: str, browser: Browser, house: OwnHouse, *, width: int = 390, height: int = 844) -> Page:
    """Give somebody a phone on which they are signed in."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="nl-BE",
        service_workers="block",
        reduced_motion="reduce",
    )
    client = Client()
    client.force_login(PEOPLE[name])
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": house.address}])
    return context.new_page()


PEOPLE = {}


def put(page: Page, text: str) -> None:
    """Put something on the table and see it lie there."""
    page.locator("#room textarea").fill(text)
    page.get_by_role("button", name=PUT).click()
    expect(page.locator(".room-lines").get_by_text(text)).to_be_visible()


def everybody_comes_in(phones: dict[str, Page], address: str) -> str:
    """Let Noor open a room and the others come in; return its address."""
    noor = phones["Noor"]
    noor.goto(address)
    noor.get_by_label("Ik breng iets in").check()
    noor.get_by_role("button", name="Open een ruimte").click()
    noor.wait_for_url("**/intervisie/*/")
    for name in NAMES[1:]:
        phones[name].goto(noor.url + "binnen/")
        phones[name].get_by_role("button", name="Kom binnen").click()
        phones[name].wait_for_url(noor.url)
    return noor.url


def comes_back_when_the_house_answers_again(lena: Page, amir: Page, room: str) -> None:
    """While what stands before the house answers for it, the room stays on the screen, and is asked for again."""
    lena.locator("#room textarea").fill("Nog een halve gedachte")
    lena.route(room, lambda asked: asked.fulfill(status=502, content_type="text/html", body="Bad gateway"))
    with lena.expect_response(lambda answer: answer.status == 502):
        amir.get_by_role("button", name=STEP).click()
    expect(lena.locator("#room textarea")).to_have_value("Nog een halve gedachte")
    lena.unroute(room)
    expect(lena.get_by_role("heading", name="Wat zou ik doen, als ik daar stond?")).to_be_visible(
        timeout=15_000
    )
    expect(lena.locator(".room-typed").last).to_contain_text("Nog een halve gedachte")


def takes_along_what_was_typed_when_signed_out(mila: Page) -> None:
    """What was typed stands on that screen alone; nothing of the others does; then the way leads to signing in."""
    mila.locator("#room textarea").fill("Wat ik zou doen")
    mila.context.clear_cookies()
    mila.get_by_role("button", name=PUT).click()
    expect(mila.locator(".room-typed")).to_contain_text("Wat ik zou doen")
    expect(mila.get_by_text("Wie stond erbij?")).to_have_count(0)
    mila.locator(".room-typed").get_by_role("button").click()
    mila.wait_for_url("**/account/login/**")


def test_g5_an_incident_on_eight_phones_and_a_large_screen_survives_a_phone_and_a_house_that_start_anew(
    own_house: OwnHouse, browser: Browser, at: datetime
) -> None:
    with own_house.open():
        PEOPLE.update({name: make_person(name) for name in NAMES})
        PEOPLE["Kobe"].display_name = HOSTILE
        PEOPLE["Kobe"].save(update_fields=["display_name"])
        circle = make_circle(PEOPLE["Bram"], [PEOPLE[name] for name in NAMES if name != "Bram"], at)
        phones = {name: signed_in(name, browser, own_house) for name in NAMES}
        noor, amir, lena, kobe = (phones[name] for name in ("Noor", "Amir", "Lena", "Kobe"))
        room = everybody_comes_in(
            phones, own_house.address + reverse("intervision:of_circle", args=[circle.pk])
        )
        wall = signed_in("Amir", browser, own_house, width=1920, height=1080)
        wall.goto(room + "scherm/")
        amir.get_by_role("button", name="Ik leid").click()
        amir.get_by_role("button", name="Begin").click()
        for screen in (*phones.values(), wall):
            expect(screen.get_by_role("heading", name="Wat gebeurde er?")).to_be_visible()
        put(noor, "Een ouder werd boos.")
        expect(wall.get_by_text("Een ouder werd boos.")).to_have_count(0)  # not unless the presenter lets it
        amir.get_by_role("button", name=STEP).click()
        put(kobe, "Wie stond erbij?")
        for screen in phones.values():
            expect(screen.get_by_text("Wie stond erbij?")).to_be_visible()
        for screen in (noor, wall):
            assert judged_by_axe(screen).response["violations"] == []
        assert wall.evaluate("document.documentElement.scrollWidth <= innerWidth")
        lena.locator("#room textarea").fill("Een halve vraag")
        phones["Tuur"].close()  # a phone drops out

    # The house is closed; whatever stands on the screens stays, and so does what was being typed.
    time.sleep(2)
    expect(lena.locator("#room textarea")).to_have_value("Een halve vraag")
    with own_house.open():
        tuur = signed_in("Tuur", browser, own_house)
        tuur.goto(room)  # back by the same address
        expect(tuur.get_by_text("Wie stond erbij?")).to_be_visible()
        amir.get_by_role("button", name=STEP).click()
        for screen in (*[phone for name, phone in phones.items() if name != "Tuur"], tuur, wall):
            expect(screen.get_by_role("heading", name="Wat speelt hier, zoals ik het zie?")).to_be_visible(
                timeout=15_000
            )
        expect(lena.locator(".room-typed")).to_contain_text("Een halve vraag")
        put(lena, "Misschien was het schrik.")
        expect(tuur.get_by_text("Misschien was het schrik.")).to_have_count(0)
        comes_back_when_the_house_answers_again(lena, amir, room)
        takes_along_what_was_typed_when_signed_out(phones["Mila"])
        for _ in range(2):
            amir.get_by_role("button", name=STEP).click()
            amir.wait_for_timeout(1500)
        expect(tuur.get_by_text("Misschien was het schrik.")).to_be_visible()
        amir.get_by_role("button", name="Naar het einde").click()
        noor.get_by_role("link", name="Kies wat ik bewaar").click()
        noor.get_by_label("Misschien was het schrik.").check()
        noor.get_by_role("button", name="Bewaar dit en wis de rest").click()
        noor.wait_for_url("**/spoor/*/")
        for screen in (lena, tuur, wall):
            screen.wait_for_url("**/intervisie/?over=1")
        assert Entry.objects.get().text == "– Misschien was het schrik."
        assert not (Room.objects.exists() or Contribution.objects.exists())
        for phone in (*phones.values(), tuur, wall):
            phone.context.close()
