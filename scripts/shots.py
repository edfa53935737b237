"""Walk through the demo as everybody in it, and take a picture of every kind of page."""

import shutil
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import django

django.setup()

from django.test import Client
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, FloatRect, Page, sync_playwright

from klimtouw.people.models import Person

NAMES = ("Noor", "Bram", "Vera")
WIDTHS = {390: 844, 1280: 900}
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
TWICE = (
    "relations:relation",
    "relations:contract",
    "talks:talk",
    "climb:goal",
)  # they look different with time
MOST_PAGES = 60
FAILED = 400
CHROMIUM = (
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--lang=nl-BE",
)  # fmt: skip


# The few pictures in the guide and the README, made anew by `scripts/shots.sh --guide`: width, from where, how high.
GUIDE = {
    "Noor/climb-route": ("mountain", 950, 312, 588),
    "Noor/home": ("first-page", 390, 0, 640),
    "Noor/belongings-share": ("sharing", 390, 0, 640),
    "Noor/belongings-looks": ("looks", 390, 0, 640),
    "Noor/talks-talk": ("talk", 390, 0, 640),
    "Bram/climb-goal": ("following", 390, 0, 640),
}


def main() -> None:
    """Serve the demo, walk, photograph."""
    into = Path(sys.argv[1])
    if "--guide" not in sys.argv:
        shutil.rmtree(into, ignore_errors=True)
    broken: list[str] = []
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(CHROMIUM))
        for name in ("", *NAMES):
            page = open_page(browser, address, cookie_of(name))
            number = sum(
                photograph(page, into / (name or "nobody") / shot) for shot in pages(page, address, broken)
            )
            page.context.close()
            print(f"{name or 'Nobody signed in'}: {number} pictures")
        browser.close()
    if broken:
        sys.exit("\n".join(broken))


@contextmanager
def serving() -> Iterator[str]:
    """Run Klimtouw with its demo until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "klimtouw.config.command", "serve", "--prepare", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while socket.socket().connect_ex(("127.0.0.1", port)):
            if server.poll() is not None or time.monotonic() > deadline:
                sys.exit("Klimtouw did not start; what it said stands above.")
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def cookie_of(name: str) -> str:
    """Sign somebody of the demo in."""
    if not name:
        return ""
    person = Person.objects.filter(display_name__startswith=name).first()
    if person is None:
        sys.exit(f"There is no {name} in the demo.")
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(person)
    return client.cookies["sessionid"].value


def pages(page: Page, address: str, broken: list[str]) -> Iterator[str]:
    """Follow the links from the first page on and stand still at a page of each kind. Note what is broken."""
    ahead, seen = ["/"], Counter[str]()
    been: set[str] = set()
    while ahead and len(been) < MOST_PAGES:
        path = ahead.pop(0)
        kind = kind_of(path)
        if path in been or kind is None or seen[kind] >= (2 if kind in TWICE else 1):
            continue
        been.add(path)
        seen[kind] += 1
        answer = page.request.get(address + path)
        if answer.status >= FAILED:
            broken.append(f"{path} answered {answer.status}")
        elif "text/html" in answer.headers.get("content-type", ""):
            page.goto(address + path)
            yield f"{kind.replace(':', '-')}{'' if seen[kind] == 1 else f'-{seen[kind]}'}"
            links = page.eval_on_selector_all(
                "a[href]",
                "links => links.map(link => new URL(link.href.baseVal ?? link.href, location).href)",
            )
            ahead += [path_of(link) for link in links if link.startswith(address)]


def kind_of(path: str) -> str | None:
    """Name the kind of page at a path; none for what is no page of ours."""
    try:
        return str(resolve(urlsplit(path).path).view_name)
    except Resolver404:
        return None


def path_of(link: str) -> str:
    """Return what comes after the address, without the place on the page."""
    parts = urlsplit(link)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def photograph(page: Page, into: Path) -> int:
    """Take the pictures of the page that is open: the same page, made narrow and wide, light and dark."""
    if "--guide" in sys.argv:
        return picture_for_the_guide(page, *wanted) if (wanted := GUIDE.get("/".join(into.parts[-2:]))) else 0
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=f"{into}-{width}-{scheme}.png", full_page=True)
    return len(WIDTHS) * len(SCHEMES)


def picture_for_the_guide(page: Page, name: str, width: int, top: int, height: int) -> int:
    """Take one picture of a part of the page that is open."""
    page.set_viewport_size({"width": width, "height": top + height})
    clip: FloatRect = {"x": 0, "y": top, "width": width, "height": height}
    page.screenshot(path=f"docs/guide/{name}.png", clip=clip)
    return 1


def open_page(browser: Browser, address: str, cookie: str) -> Page:
    """Open an empty page of somebody."""
    context = browser.new_context(locale="nl-BE", reduced_motion="reduce")
    if cookie:
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
    return context.new_page()


if __name__ == "__main__":
    main()
