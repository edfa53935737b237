"""Somebody who walks through Klimtouw in a browser of their own, with the verbs of the story."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from django.urls import resolve, reverse
from django.utils import translation
from django.utils.translation import gettext, pgettext
from playwright.sync_api import Locator, Page, expect

from klimtouw.people.models import Person
from tests.journeys.house import House, text_of
from tests.journeys.watch import Seen, Watch

PASSWORD = "een lange zin over touw"
QUESTION = "dialog[open]"
PATIENCE, PHONE = 45, 390  # seconds: other stages may load the machine meanwhile; and pixels
# A page or part that came takes the place of what was marked.
MARK = "() => { for (const part of document.querySelectorAll('main, #content, h1')) part.isOld = true; }"
HAS_COME = """() => document.readyState === "complete" && document.querySelector("main")
    && !document.querySelector("main").isOld && !document.querySelector(".htmx-request, .htmx-settling, .htmx-swapping")"""


@dataclass(frozen=True)
class Way:
    """How a journey is walked: in which language, on how wide a screen, in which colours, with or without scripts."""

    language: str = "nl"
    width: int = 1280
    theme: str = "light"
    has_javascript: bool = True

    def __str__(self) -> str:
        return (
            f"{self.language}-{self.width}-{self.theme}{'' if self.has_javascript else '-without-javascript'}"
        )


class Walker:
    """One person, one browser; it opens at the first step, for many are only there for somebody else."""

    def __init__(
        self, name: str, email: str, *, page: Callable[[], Page], house: House, way: Way, seen: Seen
    ) -> None:
        self.name, self.email, self.house, self.way = name, email, house, way
        self.new_page, self.seen, self.session = page, seen, ""

    @cached_property
    def page(self) -> Page:
        """The page that is open in this person's browser."""
        page = self.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        way, kind = self.way, (self.name, self.way.theme, "with" if self.way.has_javascript else "without")
        self.watch = Watch(page, self.house, way.language, kind=kind, seen=self.seen)
        self.watch.has_javascript, self.watch.measures_narrow = way.has_javascript, way.width <= PHONE
        if self.session:
            self._show_session(page)
        return page

    @cached_property
    def watch(self) -> Watch:
        """What keeps an eye on the page, from before its first address."""
        assert self.page
        return vars(self)["watch"]  # type: ignore[no-any-return]  # the page brought it along

    @property
    def has_begun(self) -> bool:
        """Whether this person took a step."""
        return "page" in vars(self)

    # -- words --

    def says(self, english: str, context: str = "", **names: object) -> str:
        """Return one of our sentences in the language of this person."""
        with translation.override(self.way.language):
            text = pgettext(context, english) if context else gettext(english)
        return text % names if names else text

    # -- going somewhere --

    def opens(self, address: str, *args: object, answers: int = 200) -> None:
        """Type an address: a path, a whole link from a mail, or the name of a page."""
        path = address if address.startswith(("/", "http")) else reverse(address, args=args)
        with self._expecting(answers):
            self.page.goto(path if path.startswith("http") else self.house.address + path)
        self.watch.look()

    def follows(self, name: str, *args: object, answers: int = 200) -> None:
        """Click the link on this page that leads somewhere."""
        path = reverse(name, args=args)
        self._go_by(self._link_to(path), answers)

    def follows_link(self, path: str) -> None:
        """Click the link with exactly this address."""
        self._go_by(self.page.locator(f'a[href="{path}"]').first, 200)

    def _link_to(self, path: str) -> Locator:
        """Find the link to a page: in the text before the navigation; the drawing's own links are small."""
        here = f'a:not(svg *):is([href="{path}"], [href^="{path}?"], [href^="{path}#"])'
        within = self.page.locator(f"main {here}")
        return (within if within.count() else self.page.locator(here)).first

    def _go_by(self, target: Locator, answers: int = 200) -> None:
        """Press something that brings another page, and look at that page."""
        assert target.count(), f"{self.name} does not find {target} at {self.page.url}"
        self._unfold(target)
        if self.way.has_javascript and target.get_attribute("data-ask") is not None:
            self._is_asked(target.click)
        else:
            self._goes(target.click, answers)

    def _is_asked(self, act: Callable[[], object]) -> None:
        """Do something that asks a question in a dialog, and look at the page with the question on it."""
        act()
        expect(self.page.locator(QUESTION)).to_be_visible()
        self.watch.look()

    def _goes(self, act: Callable[[], object], answers: int = 200) -> None:
        """Do something that brings another page, and look at that page."""
        self.page.evaluate(MARK)
        with self._expecting(answers):
            act()
            self._wait_for_page()
        self.watch.look()

    def _unfold(self, target: Locator) -> None:
        """Open the fold that hides it, as a person would."""
        if (
            not target.is_visible()
            and (fold := target.locator("xpath=ancestor::details[not(@open)]")).count()
        ):
            fold.first.locator("summary").first.click()

    def _wait_for_page(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if self.page.evaluate(HAS_COME):
                    return
            except Exception as error:  # the page is on its way out
                if "context was destroyed" not in str(error) and "navigat" not in str(error):
                    raise
            self.page.wait_for_timeout(15)
        raise AssertionError(f"{self.name} still waits at {self.page.url}")

    @contextmanager
    def _expecting(self, answers: int) -> Iterator[None]:
        self.watch.may_answer = {answers}
        yield
        self.watch.may_answer = set()

    # -- writing and pressing --

    def fills(self, within: str = "main", **fields: object) -> None:
        """Fill in fields by their names."""
        for name, value in fields.items():
            self._fill(self.page.locator(f'{within} [name="{name}"]:not([type=hidden])'), str(value))

    def _fill(self, field: Locator, value: str) -> None:
        self._unfold(field.first)
        kind = field.first.evaluate("field => field.type")
        if kind == "radio":
            field.and_(self.page.locator(f'[value="{value}"]')).check()
        elif kind == "select-one":
            field.select_option(value)
        elif kind == "checkbox":
            (field.and_(self.page.locator(f'[value="{value}"]')) if field.count() > 1 else field).check()
        else:
            field.first.fill(value)

    def sends(
        self,
        button: str = ".button--primary",
        *,
        within: str = "main form[method=post]",
        answers: int = 200,
        **fields: object,
    ) -> None:
        """Fill in a form of this page, or of the question on it, and press its button."""
        if self.page.locator(QUESTION).count():
            within = f"{QUESTION} form[method=post]"
        self.fills(within, **fields)
        forms = self.page.locator(within)
        if fields:
            forms = forms.filter(has=self.page.locator(f'[name="{next(iter(fields))}"]'))
        self._go_by(forms.locator(f"button{button}").first, answers)

    def presses_twice(self, button: str = ".button--primary") -> None:
        """Double click, as some people do on every button."""
        target = self.page.locator(f"main form[method=post] button{button}").first
        self._goes(lambda: target.dblclick(no_wait_after=True))

    def goes_back(self) -> None:
        """Press the back button of the browser."""
        self.page.go_back()
        self._wait_for_page()

    def presses_again(self, **fields: str) -> None:
        """Press the button of a form one came back to, with what the browser still has in it."""
        assert self.value_of(next(iter(fields))) in (*fields.values(), "")
        self.sends()

    def value_of(self, name: str) -> str:
        """Return what stands in a field."""
        return self.page.locator(f'main [name="{name}"]').input_value()

    # -- by keyboard --

    def tabs_to(self, selector: str, most: int = 80) -> None:
        """Press Tab until this has the focus."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if self.page.locator(f"main {selector}:focus").count():
                return
        raise AssertionError(f"Tab does not reach {selector} at {self.page.url}")

    def types_in(self, name: str, text: str) -> None:
        """Go to a field with Tab and type."""
        self.tabs_to(f'[name="{name}"]')
        self.page.keyboard.type(text)

    def hits(self, key: str) -> None:
        """Press a key that brings another page."""
        self._goes(lambda: self.page.keyboard.press(key))

    # -- on a route --

    def stages(self) -> list[str]:
        """Return the stages as the list tells them."""
        return self.page.locator("main li.stage .stage__title .words").all_text_contents()

    def camps_on_the_mountain(self) -> list[str]:
        """Return the stages as the drawing tells them to who cannot see it."""
        told = self.page.locator("main svg.mountain").first.locator("title").all_text_contents()
        camps = [found for text in told if (found := re.match(r"(\d+)\. (.+?)(?: \([^)]*\))?$", text))]
        return [camp[2] for camp in sorted(camps, key=lambda camp: int(camp[1]))]

    def stage(self, text: str) -> Locator:
        """Find a stage by its words."""
        return self.page.locator("main li.stage").filter(has=self.page.get_by_text(text, exact=True))

    def key_of_stage(self, text: str) -> str:
        """Return the key of a stage."""
        return (self.stage(text).get_attribute("id") or "").removeprefix("stage-")

    def unfolds_stage(self, text: str) -> None:
        """Ask for more of what can be done with a stage."""
        self._go_by(self.stage(text).locator("a.stage__more"))

    def presses_on_stage(self, text: str, button: str) -> None:
        """Press a button of a stage."""
        self._go_by(self.stage(text).locator(f"button{button}").first)

    def moves_stage_by_keyboard(self, text: str, key: str) -> None:
        """Move a stage with Alt and an arrow; the focus stays with it."""
        self.stage(text).locator("[data-move]:not([disabled])").first.focus()
        self._goes(lambda: self.page.keyboard.press(f"Alt+{key}"))
        expect(self.stage(text).locator(":focus")).to_have_count(1)

    # -- with what a coach left --

    def answers_suggestion(self, text: str, name: str) -> None:
        """Press one of the answers under a suggestion: take it over, park it or not now."""
        suggestion = self.page.locator("main .beside__one").filter(has_text=text)
        key = re.search(
            r"[0-9a-f-]{36}", suggestion.locator("a, form").first.evaluate("it => it.href || it.action")
        )
        assert key
        path = reverse(name, args=[key[0]])
        self._go_by(suggestion.locator(f'a[href="{path}"], form[action="{path}"] button').first)

    def downloads(self, name: str, *args: object) -> str:
        """Fetch a file by the link on this page; the page itself stays."""
        with self.page.expect_download() as download:
            self._link_to(reverse(name, args=args)).click()
        return download.value.path().read_text()

    # -- looking --

    @property
    def here(self) -> dict[str, Any]:
        """The names and keys in the address that is open."""
        return resolve(urlsplit(self.page.url).path).kwargs

    @property
    def path(self) -> str:
        """The path that is open."""
        return urlsplit(self.page.url).path

    def main_text(self) -> str:
        """Return all that can be read on the page."""
        return self.page.locator("main").inner_text()

    def is_at(self, name: str) -> bool:
        """Return whether this page is open."""
        return self.watch.pattern == name

    def reads(self, *texts: str) -> None:
        """Must see these texts on the page."""
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(
                re.compile(re.escape(text).replace(r"\ ", r"\s+"))
            )

    def cannot_find(self, *texts: str) -> None:
        """These texts are nowhere in what the page was sent, seen or unseen."""
        source = self.page.content()
        assert [text for text in texts if text in source] == []

    def shows_as_text(self, text: str) -> None:
        """The page shows this as the letters it is made of, and none of it has come alive."""
        self.reads(text)
        assert self.page.locator("main img[src=x], main script, main b:text-is('vet')").count() == 0

    def key_in_link(self, name: str) -> str:
        """Return the key in the first link on this page that leads to a page of this name."""
        hrefs = self.page.locator("main p a[href]").evaluate_all("links => links.map(link => link.pathname)")
        return next(str(next(iter(m.kwargs.values()))) for m in map(resolve, hrefs) if m.view_name == name)

    def brightness(self) -> float:
        """Return how light the page is, from 0 to 255."""
        colour = self.page.evaluate("() => getComputedStyle(document.documentElement).backgroundColor")
        red, green, blue = (float(part) for part in re.findall(r"[\d.]+", colour)[:3])
        return 0.2 * red + 0.7 * green + 0.1 * blue

    def opens_mail(self, containing: str) -> None:
        """Open the mail with this text and follow its first link."""
        mail = text_of(self.house.mail_to(self.email, containing))
        link = re.search(re.escape(self.house.address) + r"\S*", mail)
        assert link, f"No link in: {mail}"
        self.opens(link[0])

    # -- coming in --

    def is_known(self, **fields: object) -> Person:
        """Have an account and be signed in, for a story that begins later."""
        person = Person(email=self.email, display_name=self.name, language=self.way.language, **fields)
        # Hashed in one round instead of a million; signing in replaces it.
        person.password = PBKDF2PasswordHasher().encode(PASSWORD, "salt", iterations=1)
        person.save()
        person.emailaddress_set.create(email=self.email, verified=True, primary=True)
        self._is_signed_in(person)
        return person

    def _is_signed_in(self, person: Person) -> None:
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(person)
        self.session = client.cookies["sessionid"].value
        if self.has_begun:
            self._show_session(self.page)

    def _show_session(self, page: Page) -> None:
        page.context.add_cookies([{"name": "sessionid", "value": self.session, "url": self.house.address}])

    def in_another_tab(self) -> "Walker":
        """Open a second tab of the same browser."""
        return Walker(
            self.name,
            self.email,
            page=self.page.context.new_page,
            house=self.house,
            way=self.way,
            seen=self.seen,
        )

    def signs_in(self) -> None:
        """Fill in address and password on the page that asks for them."""
        self.sends(login=self.email, password=PASSWORD)

    def signs_up(self, pronouns: str = "") -> None:
        """Make an account on the page that is open, and confirm the address with the code from the mail."""
        about_me = {"display_name": self.name, "pronouns": pronouns, "is_old_enough": "yes"}
        self.sends(**about_me, email=self.email, password1=PASSWORD)
        mail = text_of(self.house.mail_to(self.email, ""))
        code = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", mail, re.MULTILINE)
        assert code, mail
        self.sends(code=code[1])

    def signs_out(self) -> None:
        """Press "sign out" at the foot of the page."""
        self._go_by(self.page.locator(f'form[action="{reverse("account_logout")}"] button').first)
