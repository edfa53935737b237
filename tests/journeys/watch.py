"""What every page a journey visits is held to, whoever looks at it and however it was reached."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from django.urls import resolve
from playwright.sync_api import ConsoleMessage, Dialog, Page, Request, Response, Route

from tests.journeys.house import House

NARROWEST = 320
ERROR, FAILED = 400, 500
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Only the faults come back: to tell all that axe looked at takes as long as looking.
JUDGE = """asked => axe.run({ resultTypes: ["violations"], ...asked }).then(({ violations }) => ({ violations }))"""
IS_DARK = "() => matchMedia('(prefers-color-scheme: dark)').matches"
STATED_AGAIN = "Failed to load resource"  # the console repeats what the answer's status says
TYPED_BY_SOMEBODY = "{{ 7 }}"
LEFT_BEFORE_IT_CAME = "net::ERR_ABORTED"  # a page left, or a file downloaded instead of shown
FACTS = """() => ({
    language: document.documentElement.lang, title: document.title,
    text: document.documentElement.outerHTML, headings: document.querySelectorAll("h1").length,
})"""


def judged_by_axe(page: Page, **asked: bool) -> AxeResults:
    """Ask axe what is wrong with a page as it stands."""
    page.evaluate(AXE_SCRIPT)
    return AxeResults(page.evaluate(JUDGE, asked))


def _as_it_stands(route: Route, page: str) -> None:
    """Answer with the page itself; its styles come from the house, and none of its scripts comes at all."""
    match route.request.resource_type:
        case "document":
            route.fulfill(body=page, content_type="text/html; charset=utf-8")
        case "script":
            route.fulfill(body="", content_type="text/javascript")
        case _:
            route.continue_()


@dataclass(frozen=True)
class Seen:
    """What was looked at already in this run, also by tests in another process: one look at each kind of page is enough."""

    notes: Path

    def is_first(self, *look: str) -> bool:
        """Return whether nobody looked like this before; from now on somebody did."""
        try:
            self._note_of(look).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def has_seen(self, *look: str) -> bool:
        """Return whether somebody looked like this before."""
        return self._note_of(look).exists()

    def _note_of(self, look: tuple[str, ...]) -> Path:
        return self.notes / quote("-".join(look), safe="")


class Watch:
    """Keeps an eye on one page of a browser; whatever is wrong is told at the next look."""

    def __init__(self, page: Page, house: House, language: str, *, kind: tuple[str, ...], seen: Seen) -> None:
        self.page, self.house, self.language, self.kind, self.seen = page, house, language, kind, seen
        self.may_answer: set[int] = set()
        self.measures_narrow = False
        self.by_axe = self.has_javascript = True
        self.copy: Page | None = None
        self.faults: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._note(f"script: {error}"))
        page.on("request", self._ask)
        page.on("requestfailed", self._miss)
        page.on("dialog", self._be_asked)
        page.on("response", self._answer)

    @property
    def pattern(self) -> str:
        """The name of the address that is open."""
        return resolve(urlsplit(self.page.url).path).view_name

    def look(self) -> None:
        """Look at the page as it stands; fail with everything that is wrong."""
        self._look_at_the_whole()
        if self.measures_narrow and self.seen.is_first("narrow", self.pattern, *self.kind):
            self._look_at_its_narrowest()
        if (
            self.by_axe
            and not self._was_seen_with_scripts()
            and self.seen.is_first("axe", self.pattern, *self.kind)
        ):
            self._look_with_axe()
        self.settle()

    def _was_seen_with_scripts(self) -> bool:
        """Return whether axe looked at this page where scripts run: without them the same page comes from the house."""
        return not self.has_javascript and self.seen.has_seen("axe", self.pattern, *self.kind[:-1], "with")

    def settle(self) -> None:
        """Fail with everything that was noted."""
        faults, self.faults = self.faults, []
        assert not faults, "\n".join(faults)

    def _note(self, fault: str) -> None:
        self.faults.append(f"{urlsplit(self.page.url).path}: {fault}")

    def _look_at_the_whole(self) -> None:
        page = self.page.evaluate(FACTS)
        if page["language"] != self.language:
            self._note(f"is in “{page['language']}”, not in “{self.language}”")
        if not page["title"].strip():
            self._note("has no title")
        if page["headings"] != 1:
            self._note(f"has {page['headings']} first headings")
        text = page["text"].replace(TYPED_BY_SOMEBODY, "")
        if left := re.search(r"\{\{|\{%|%\(\w+\)s", text):
            self._note(f"shows its template: {text[left.start() - 40 : left.end() + 40]}")

    def _look_at_its_narrowest(self) -> None:
        size = self.page.viewport_size or {"width": NARROWEST, "height": NARROWEST}
        self.page.set_viewport_size({"width": NARROWEST, "height": size["height"]})
        if (over := self.page.evaluate(SIDEWAYS)) > 0:
            self._note(f"scrolls sideways by {over} at {NARROWEST}")
        self.page.set_viewport_size(size)

    def _look_with_axe(self) -> None:
        found = judged_by_axe(self._where_scripts_run())
        if found.violations_count:
            self._note(found.generate_report())

    def _where_scripts_run(self) -> Page:
        """Return a page axe can run in. Where scripts are off it would wait for ever: it gets a copy of what stands there."""
        if self.has_javascript:
            return self.page
        here = self.page.content()
        self.copy = self.copy or self._empty_copy()
        self.copy.unroute_all()
        self.copy.route("**/*", lambda route: _as_it_stands(route, here))
        self.copy.goto(self.page.url)
        return self.copy

    def _empty_copy(self) -> Page:
        browser, scheme = self.page.context.browser, "dark" if self.page.evaluate(IS_DARK) else "light"
        assert browser
        return browser.new_page(
            viewport=self.page.viewport_size, color_scheme=scheme, reduced_motion="reduce"
        )

    def close(self) -> None:
        """Close what was opened to look."""
        if self.copy:
            self.copy.close()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(STATED_AGAIN):
            self._note(f"console: {message.text}")

    def _ask(self, request: Request) -> None:
        if not request.url.startswith((self.house.address, "data:", "blob:")):
            self._note(f"asks elsewhere: {request.url}")

    def _be_asked(self, dialog: Dialog) -> None:
        self._note(f"pops up “{dialog.message}”")
        dialog.dismiss()

    def _miss(self, request: Request) -> None:
        if request.failure != LEFT_BEFORE_IT_CAME:
            self._note(f"did not get {request.url}: {request.failure}")

    def _answer(self, response: Response) -> None:
        if response.status >= ERROR and response.status not in self.may_answer:
            self._note(f"{response.request.method} {urlsplit(response.url).path} answered {response.status}")
        if response.status >= FAILED:
            self._note(self.house.last_words)
