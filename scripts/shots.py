"""Walk through the demo as everybody in it, and take a picture of every kind of page."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import django

django.setup()

from django.test import Client
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page, sync_playwright

from klimtouw.people.models import Person

NAMES = ("Noor", "Bram", "Vera")
WIDTHS = {390: 844, 1280: 900}
SCHEMES = ("light", "dark")
MOST_PAGES = 60
FAILED = 400
CHROMIUM = (
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
)  # fmt: skip


def main() -> None:
    """Serve the demo, walk, photograph."""
    into = Path(sys.argv[1])
    shutil.rmtree(into, ignore_errors=True)
    broken: list[str] = []
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(CHROMIUM))
        for name in ("", *NAMES):
            cookie, folder = cookie_of(name), into / (name or "nobody")
            seen = paths(browser, address, cookie, broken)
            number = sum(photograph(browser, address, path, cookie, folder) for path in seen)
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


def paths(browser: Browser, address: str, cookie: str, broken: list[str]) -> Iterator[str]:
    """Follow the links from the first page on; one page of each kind is enough. Note what is broken."""
    page = open_page(browser, address, cookie)
    ahead, kinds = ["/"], set()
    while ahead and len(kinds) < MOST_PAGES:
        path = ahead.pop(0)
        try:
            kind = resolve(path).view_name
        except Resolver404:
            continue
        if kind in kinds:
            continue
        kinds.add(kind)
        answer = page.request.get(address + path)
        if answer.status >= FAILED:
            broken.append(f"{path} answered {answer.status}")
            continue
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        page.goto(address + path)
        yield path
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        ahead += [urlsplit(link).path for link in links if link.startswith(address)]
    page.context.close()


def photograph(browser: Browser, address: str, path: str, cookie: str, into: Path) -> int:
    """Take the pictures of one page."""
    name = path.strip("/").replace("/", "-")[:60] or "first-page"
    for width, height in WIDTHS.items():
        for scheme in SCHEMES:
            page = open_page(browser, address, cookie, width, height, scheme)
            page.goto(address + path)
            page.screenshot(path=into / f"{name}-{width}-{scheme}.png", full_page=True)
            page.context.close()
    return len(WIDTHS) * len(SCHEMES)


def open_page(
    browser: Browser, address: str, cookie: str, width: int = 1280, height: int = 900, scheme: str = "light"
) -> Page:
    """Open an empty page of somebody."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="nl-BE",
        reduced_motion="reduce",
    )
    if cookie:
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
    return context.new_page()


if __name__ == "__main__":
    main()
