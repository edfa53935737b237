"""The table: one line per page, each figure beside the floors of the same run."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import data
from bench.browser import Asked, Browser, UnexpectedAnswer
from bench.measure import Act, Load, Server, load, server
from bench.pages import Page, pages
from klimtouw.config import prepare
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person

KLIMTOUW = ("klimtouw.config.command", "serve", "--port", "PORT", "--workers", "1", "--threads", "4")
BARE = ("gunicorn", "django.core.wsgi:get_wsgi_application()", "--preload", "--bind", "127.0.0.1:PORT", "--worker-class", "gthread",
        "--threads", "4", "--log-level", "warning")  # fmt: skip
BACKENDS = {
    "bench.settings": "klimtouw.people.backends.Backend",
    "bench.floor_settings": "django.contrib.auth.backends.ModelBackend",
}
TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
COLUMNS = ("page", "rows", "CPU ms", "floor a", "floor b", "× a", "× b", "queries", "p50 ms (1)", "p95 ms (1)", "p50 ms (8)",
           "p95 ms (8)", "kB cold", "files", "kB warm")  # fmt: skip


@dataclass(frozen=True)
class Weight:
    """What a first and a second visit cost on the wire; fonts apart."""

    cold: int
    files: int
    warm: int


def measure_all() -> None:
    """Fill the database, start both servers, measure, print."""
    if connection.vendor == "postgresql":
        make_database()
    prepare.bring_up_to_date()
    school = data.make_school()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # PostgreSQL does so by itself, within minutes of so much being written
    connections.close_all()
    print(f"| {' | '.join(COLUMNS)} |\n|{' --- |' * len(COLUMNS)}")
    with server(KLIMTOUW, "bench.settings") as klimtouw, server(BARE, "bench.floor_settings") as bare:
        one = load(bare, "", lambda browser: _open(browser, f"/one/{school.few.person.pk}/"))
        for page in asked_for(pages(school), sys.argv[1:]):
            print(_line(page, klimtouw, bare, one), flush=True)
        print(
            f"\nMemory of a worker: {klimtouw.memory_mb():.0f} MB; of the bare one: {bare.memory_mb():.0f} MB."
        )


def asked_for(pages: Iterable[Page], names: Sequence[str]) -> list[Page]:
    """Leave out the pages of which the name holds none of the words that were asked for; without words all are measured."""
    return [page for page in pages if not names or any(name in page.name for name in names)]


def _line(page: Page, klimtouw: Server, bare: Server, one: Load) -> str:
    cookie = _signed_in(page.reader, BACKENDS[klimtouw.settings])
    rows = _rows(page, klimtouw, cookie)
    plain = _signed_in(page.reader, BACKENDS[bare.settings])
    floor = load(bare, plain, lambda browser: _open(browser, f"/rows/{page.owner.pk}/{rows}/"))
    single, eight = (load(klimtouw, cookie, _act(page), connections=number) for number in (1, 8))
    weight = _weight(page, klimtouw, cookie)
    cpu = single.cpu_ms
    figures = [
        str(rows), f"{cpu:.1f}", f"{one.cpu_ms:.1f}", f"{floor.cpu_ms:.1f}", _times(cpu, one), _times(cpu, floor),
        str(_queries(page)),
        *(f"{figure:.1f}" for figure in (single.p50, single.p95, eight.p50, eight.p95)),
        f"{weight.cold / 1000:.1f}", str(weight.files), f"{weight.warm / 1000:.1f}",
    ]  # fmt: skip
    return f"| {page.name} | {' | '.join(figures)} |"


def _times(cpu: float, floor: Load) -> str:
    """Return how many times a floor; a floor on which nothing was measured is nothing to compare with."""
    return f"{cpu / floor.cpu_ms:.1f}" if floor.cpu_ms else "?"


def _rows(page: Page, klimtouw: Server, cookie: str) -> int:
    """Count the rows a page really prints; a form counts as one."""
    browser = Browser(klimtouw.port, cookie)
    browser.encoding = "identity"
    body = browser.send(page.path, _search(browser, page)) if page.sought else browser.get(page.path)
    return max(body.decode().count(page.row), 1) if page.row else 1


def _search(browser: Browser, page: Page) -> dict[str, str]:
    """Return the form that looks for the words of a page, filled in as a browser does."""
    encoding, browser.encoding = browser.encoding, "identity"
    form = Asked(browser.get(page.path)).form_of({"sought": page.sought})
    browser.encoding = encoding
    return form


def _act(page: Page) -> Act:
    """Give what is done over and over: opening a page, or sending its form with a new key every time."""
    if page.sought:
        searches: dict[Browser, dict[str, str]] = {}

        def look(browser: Browser) -> None:
            if browser not in searches:
                searches[browser] = _search(browser, page)
            browser.send(page.path, searches[browser])

        return look
    if not page.text:
        return lambda browser: _open(browser, page.path)
    forms: dict[Browser, dict[str, str]] = {}

    def save(browser: Browser) -> None:
        if browser not in forms:
            browser.encoding = "identity"
            forms[browser] = Asked(browser.get(page.path)).form_with(page.text)
        id = str(new_id())
        # Other words every time: the very same form sent again is kept once.
        sent = {name: value.replace(page.text, f"{page.text} {id}") for name, value in forms[browser].items()}
        browser.post(page.path, sent | {"id": id})

    return save


def _open(browser: Browser, path: str) -> None:
    browser.get(path)


def _queries(page: Page) -> int:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(page.reader, BACKENDS["bench.settings"])
    form = Asked(client.get(page.path).content).form_with(page.text) if page.text else None
    form = {"sought": page.sought} if page.sought else form
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(page.path) if form is None else client.post(page.path, form)
    if answer.status_code not in {200, 302}:
        raise UnexpectedAnswer(f"{page.path} answered {answer.status_code}")
    return sum(not query["sql"].startswith(TRANSACTION) for query in queries.captured_queries)


def _weight(page: Page, klimtouw: Server, cookie: str) -> Weight:
    plain, browser = Browser(klimtouw.port, cookie), Browser(klimtouw.port, cookie)
    plain.encoding = "identity"
    files = [file for file in Asked(plain.get(page.path)).files if not file.endswith((".woff2", ".woff"))]
    warm = browser.size_over_the_wire(page.path, _search(browser, page) if page.sought else None)
    return Weight(warm + sum(browser.size_over_the_wire(file) for file in files), 1 + len(files), warm)


def _signed_in(person: Person, backend: str) -> str:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(person, backend)
    return client.cookies["sessionid"].value


def make_database() -> None:
    """Make the database, which a throw-away server does not have yet."""
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
