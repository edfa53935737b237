"""The journeys walk through the real thing: a server of their own, a real browser, one browser context per person."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from pytest_django import DjangoDbBlocker

from tests.journeys.house import House, running_house
from tests.journeys.walker import PATIENCE, Walker, Way
from tests.journeys.watch import Seen

# The browser's driver runs an event loop in this process; the tests still use the database in plain sequence.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

HEIGHTS = {390: 844, 1280: 900}
CHROMIUM = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip
NUMBERS = count(1)
expect.set_options(timeout=PATIENCE * 1000)
LONGEST = ("test_semester.py", "test_the_first_climb.py", "test_leaving_package.py")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest: then no process waits for another that began one at the end."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Use the Chromium of the system: the one without windows where it is there, in which a new page costs a fifth."""
    browser = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    return {"executable_path": browser, "args": CHROMIUM}


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """Serve Klimtouw for all journeys of this process."""
    with running_house(tmp_path_factory.mktemp("house")) as house, django_db_blocker.unblock():
        yield house


@pytest.fixture(scope="session")
def seen(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Seen:
    """Remember which kinds of pages were looked at, for all processes of this run."""
    base = tmp_path_factory.getbasetemp()
    notes = (base if worker_id == "master" else base.parent) / "seen"
    notes.mkdir(exist_ok=True)
    return Seen(notes)


@pytest.fixture
def way() -> Way:
    """How this journey is walked."""
    return Way()


@pytest.fixture
def walker(browser: Browser, house: House, way: Way, seen: Seen) -> Iterator[Callable[..., Walker]]:
    """Give somebody a browser of their own; afterwards nothing may be wrong with any page they saw."""
    number, walkers = next(NUMBERS), []

    def walker(name: str, **options: Any) -> Walker:
        new_context = partial(
            browser.new_context,
            viewport={"width": way.width, "height": HEIGHTS[way.width]},
            locale="nl-BE" if way.language == "nl" else "en-GB",
            timezone_id="Europe/Brussels",
            color_scheme=way.theme,
            reduced_motion="reduce",
            java_script_enabled=way.has_javascript,
            # Only the journeys without network (test_offline*.py) let a worker in: it fetches files in every new browser.
            **{"service_workers": "block", **options},
        )
        email = f"{name.lower()}.{number}@dekade.example"
        walkers.append(
            Walker(name, email, page=lambda: new_context().new_page(), house=house, way=way, seen=seen)
        )
        return walkers[-1]

    yield walker
    for each in [walker for walker in walkers if walker.has_begun]:
        each.watch.close()
        each.page.context.close()
        each.watch.settle()
