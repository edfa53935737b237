"""Walk through the demo as everybody in it, and take a picture of every kind of page in every dress it can wear.

``shots.py FOLDER`` takes them all; ``shots.py FOLDER en-390-light print`` only those dresses. Beside the pictures come contact
sheets, so that one can judge many at once, and a list of the pages that scroll sideways.
"""

import shutil
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import django

django.setup()

from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from playwright.sync_api import Browser, FloatRect, Page, sync_playwright

from klimtouw.people.models import Person

NAMES = ("Noor", "Bram", "Vera", "Ines")
HEIGHTS = {320: 640, 390: 844, 1280: 900}
PRINTED = (
    "climb:route",
    "climb:route_print",
    "climb:compass_sheet",
    "climb:framework_overview",
    "climb:goal",
    "talks:talk",
    "relations:contract",
    "climb:trail",
    "belongings:looks",
)
PAPERS = ("A4", "A3")
ON_A_SHEET = 4
SCHEMES: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
TWICE = (
    "relations:relation",
    "relations:contract",
    "talks:talk",
    "climb:goal",
)  # they look different with time
# What looks different for each person; every other kind of page is photographed once, for the first who meets it.
FOR_EACH = (
    "home",
    "climb:home",
    "climb:goal",
    "climb:trail",
    "growth:home",
    "relations:overview",
    "relations:relation",
    "relations:acquaintance",
    "relations:contract",
    "talks:of_relation",
    "talks:talk",
    "talks:together",
)
MISSING = "/hier-is-niets/"
# Forms that are also shown as they come back when something in them still needs a look.
SENT_BACK = ("climb:goal_new", "relations:invite", "climb:evidence_new", "account_login")
MOST_PAGES = 300
FAILED = 400
ONLY_A_BUTTON = 405
CHROMIUM = (
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--lang=nl-BE",
)  # fmt: skip


@dataclass(frozen=True)
class Dress:
    """One way in which a page can look: language, width, colours and reading settings."""

    name: str
    language: str = "nl"
    width: int = 390
    scheme: Literal["light", "dark"] = "light"
    settings: dict[str, str] = field(default_factory=dict)


LARGE = {"reading_size": "large", "reading_spacing": "wide"}
DRESSES = (
    *(
        Dress(f"{language}-{width}-{scheme}", language, width, scheme)
        for language in ("nl", "en")
        for width in (390, 1280)
        for scheme in SCHEMES
    ),
    Dress("nl-320-light", width=320),
    Dress("nl-390-cream", settings={"theme": "cream"}),
    Dress("nl-320-large", width=320, settings=LARGE),
    Dress("nl-1280-large", width=1280, settings=LARGE),
)
AS_BEFORE = {"language": "nl", "theme": "auto", "reading_size": "normal", "reading_spacing": "normal"}
HIGH = "() => document.documentElement.scrollHeight"
MOST_PIXELS = 15_000
TOO_LONG = "Ik durf het nog niet, maar ik wil het wel: " * 500
OVERFLOWS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"

# The few pictures in the guide and the README, made anew by `scripts/shots.sh --guide`: width, from where, how high.
GUIDE = {
    "Noor/climb-route": ("mountain", 950, 376, 588),
    "Noor/home": ("first-page", 390, 0, 640),
    "Noor/belongings-share": ("sharing", 390, 0, 640),
    "Noor/belongings-looks": ("looks", 390, 0, 640),
    "Noor/talks-talk": ("talk", 390, 0, 640),
    "Bram/climb-goal": ("following", 390, 0, 640),
}


def main() -> None:
    """Serve the demo, walk, photograph."""
    into, wanted = Path(sys.argv[1]), set(sys.argv[2:])
    guide = "--guide" in wanted
    if not wanted:
        shutil.rmtree(into, ignore_errors=True)
    broken: list[str] = []
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(CHROMIUM))
        met: set[str] = set()
        for name in ("", *NAMES):
            page = open_page(browser, address, cookie_of(name))
            if not name:
                let_the_mail_come(page, address)
            shots = [(shot, page.url) for shot in pages(page, address, broken)]
            if not guide:
                shots = [each for each in shots if is_new(each[0], met)]
            if guide:
                pictures_for_the_guide(page, name, shots)
            else:
                photograph(page, name, shots, into, wanted, broken)
            page.context.close()
            print(f"{name or 'Nobody signed in'}: {len(shots)} pages", flush=True)
        if not guide:
            sheets(browser, into)
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
        deadline = time.monotonic() + 240
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
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def let_the_mail_come(page: Page, address: str) -> None:
    """Let Klimtouw write the mails it would send now, so that there are letters to look at."""
    page.goto(address + reverse("notices:demo_mailbox"))
    page.locator("main form button").first.click()
    page.wait_for_load_state("networkidle")


def is_new(shot: str, met: set[str]) -> bool:
    """Tell whether nobody had a picture of this page yet, or it looks different for each."""
    kind = shot.replace("-", ":", 1).removesuffix("-2")
    if shot in met and kind not in FOR_EACH and shot not in FOR_EACH:
        return False
    met.add(shot)
    return True


def pages(page: Page, address: str, broken: list[str]) -> Iterator[str]:
    """Follow the links and the addresses of forms from the first page on and stand still at a page of each kind. Note what is broken."""
    page.goto(address + MISSING)
    yield "missing"
    ahead, seen = ["/", f"{reverse('climb:trail_search')}?q=zin"], Counter[str]()
    been: set[str] = set()
    while ahead and len(been) < MOST_PAGES:
        path = ahead.pop(0)
        kind = kind_of(path)
        if path in been or kind is None or seen[kind] >= (2 if kind in TWICE else 1):
            continue
        been.add(path)
        seen[kind] += 1
        answer = page.request.get(address + path)
        if kind_of(path_of(answer.url)) != kind:
            ahead.insert(0, path_of(answer.url))  # a button's address that only leads on
        elif answer.status >= FAILED and answer.status != ONLY_A_BUTTON:
            broken.append(f"{path} answered {answer.status}")
        elif answer.ok and "text/html" in answer.headers.get("content-type", ""):
            page.goto(address + path)
            yield f"{kind.replace(':', '-')}{'' if seen[kind] == 1 else f'-{seen[kind]}'}"
            links = page.eval_on_selector_all(
                "a[href], form[action]",
                "all => all.map(one => new URL(one.getAttribute('href') ?? one.getAttribute('action'), location).href)",
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


def photograph(
    page: Page, name: str, shots: list[tuple[str, str]], into: Path, wanted: set[str], broken: list[str]
) -> None:
    """Take the pictures of all pages of one person, in every dress and on paper. Note what scrolls sideways."""
    for dress in DRESSES:
        if wanted and dress.name not in wanted:
            continue
        put_on(page, name, dress)
        for shot, url in shots:
            look_at(page, url, dress)
            keep_picture(page, into, dress, f"{name or 'nobody'}-{shot}", broken)
            if shot.replace("-", ":", 1) in SENT_BACK or shot in SENT_BACK:
                send_back(page, dress)
                keep_picture(page, into, dress, f"{name or 'nobody'}-{shot}-sent-back", broken)
    put_on(page, name, Dress("nl-1280-light", width=1280))
    if not wanted or "print" in wanted:
        for shot, url in shots:
            if shot.replace("-", ":", 1).removesuffix("-2") in PRINTED:
                page.goto(url)
                print_out(page, into / "print" / f"{name}-{shot}")


def keep_picture(page: Page, into: Path, dress: Dress, shot: str, broken: list[str]) -> None:
    """Take one picture of the page that is open, and note when it scrolls sideways."""
    page.screenshot(path=into / dress.name / f"{shot}.png", full_page=True)
    if page.evaluate(OVERFLOWS):
        broken.append(f"{shot} scrolls sideways as {dress.name}")


def send_back(page: Page, dress: Dress) -> None:
    """Send the form that is open with far too long texts and without what it needs, so that it comes back."""
    page.eval_on_selector_all(
        "main textarea", f"all => all.slice(0, 1).forEach(one => one.value = {TOO_LONG!r})"
    )
    page.eval_on_selector_all("main form", "all => all.forEach(one => one.noValidate = true)")
    page.locator("main form button:visible").first.click()
    page.wait_for_load_state()
    page.set_viewport_size({"width": dress.width, "height": min(page.evaluate(HIGH), MOST_PIXELS)})


def put_on(page: Page, name: str, dress: Dress) -> None:
    """Let this person see Klimtouw in a dress; who is not signed in has only a language, a width and colours."""
    page.set_viewport_size({"width": dress.width, "height": HEIGHTS[dress.width]})
    page.emulate_media(color_scheme=dress.scheme, reduced_motion="reduce")
    page.context.add_cookies(
        [{"name": settings.LANGUAGE_COOKIE_NAME, "value": dress.language, "url": page.url}]
    )
    if name:
        fields = AS_BEFORE | {"language": dress.language} | dress.settings
        Person.objects.filter(display_name__startswith=name).update(**fields)


def look_at(page: Page, url: str, dress: Dress) -> None:
    """Open a page and make the window as high as the page, so that the bar at the bottom covers nothing."""
    page.set_viewport_size({"width": dress.width, "height": HEIGHTS[dress.width]})
    page.goto(url)
    page.set_viewport_size({"width": dress.width, "height": min(page.evaluate(HIGH), MOST_PIXELS)})


def print_out(page: Page, into: Path) -> None:
    """Print a page on each paper, and make a picture of it where Debian's poppler-utils are there to do it."""
    into.parent.mkdir(parents=True, exist_ok=True)
    for paper in PAPERS:
        pdf = Path(f"{into}-{paper}.pdf")
        page.pdf(path=pdf, format=paper, print_background=False, prefer_css_page_size=False)
        if painter := shutil.which("pdftoppm"):
            subprocess.run([painter, "-r", "60", "-png", str(pdf), str(pdf.with_suffix(""))], check=True)


def sheets(browser: Browser, into: Path) -> None:
    """Lay the pictures of each dress beside each other on contact sheets: four phones in a row, or four windows two by two."""
    page = browser.new_page()
    for folder in sorted(into.iterdir()):
        pictures = sorted(folder.glob("*.png"))
        is_narrow = folder.name != "print" and "-1280-" not in folder.name
        for number, some in enumerate(batched(pictures, ON_A_SHEET), 1):
            sheet(
                page, some, ON_A_SHEET if is_narrow else 2, into / "sheets" / f"{folder.name}-{number:02}.png"
            )
    page.close()


def batched(pictures: list[Path], size: int) -> Iterator[list[Path]]:
    """Divide pictures over sheets."""
    for start in range(0, len(pictures), size):
        yield pictures[start : start + size]


def sheet(page: Page, pictures: list[Path], across: int, into: Path) -> None:
    """Make one contact sheet: each picture under its name, cut off where a page is very long."""
    cells = "".join(
        f"<figure><figcaption>{each.stem}</figcaption><div><img src='{each.resolve().as_uri()}'></div></figure>"
        for each in pictures
    )
    style = (
        f"body{{margin:8px;display:grid;grid-template-columns:repeat({across},1fr);gap:8px;background:#888;font:14px sans-serif}}"
        "figure{margin:0}div{max-height:1500px;overflow:hidden}img{width:100%;display:block}"
    )
    draft = into.with_suffix(".html")
    draft.parent.mkdir(exist_ok=True)
    draft.write_text(f"<!doctype html><style>{style}</style>{cells}")
    page.set_viewport_size({"width": 1600, "height": 900})
    page.goto(draft.resolve().as_uri())
    page.screenshot(path=into, full_page=True)
    draft.unlink()


def pictures_for_the_guide(page: Page, name: str, shots: list[tuple[str, str]]) -> None:
    """Take the few pictures of parts of pages that stand in the guide."""
    for shot, url in shots:
        if wanted := GUIDE.get(f"{name}/{shot}"):
            page.goto(url)
            picture_for_the_guide(page, *wanted)


def picture_for_the_guide(page: Page, name: str, width: int, top: int, height: int) -> None:
    """Take one picture of a part of the page that is open."""
    page.set_viewport_size({"width": width, "height": top + height})
    clip: FloatRect = {"x": 0, "y": top, "width": width, "height": height}
    page.screenshot(path=f"docs/guide/{name}.png", clip=clip)


def open_page(browser: Browser, address: str, cookie: str) -> Page:
    """Open an empty page of somebody."""
    context = browser.new_context(locale="nl-BE", reduced_motion="reduce")
    if cookie:
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])
    return context.new_page()


if __name__ == "__main__":
    main()
