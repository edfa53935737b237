"""A device of somebody: a browser that keeps things, on whose disk a test may look, and whose network a test may cut."""

import os
import re
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.urls import reverse
from playwright.sync_api import Error, Page, Route, expect

from tests.journeys.walker import Walker

MARK = "zonnebloemkwartier"
"""A word that stands nowhere but in what somebody writes in these stories."""
IS_READY = """async () => {
    if (!navigator.serviceWorker.controller) return false;
    const names = await indexedDB.databases();
    if (!names.some((base) => base.name === "klimtouw")) return false;
    return await new Promise((resolve) => {
        const request = indexedDB.open("klimtouw");
        request.onupgradeneeded = () => request.transaction.abort(); // gone meanwhile: looking makes nothing
        request.onerror = () => resolve(false);
        request.onsuccess = () => {
            const base = request.result;
            if (!base.objectStoreNames.contains("sealed")) { base.close(); return resolve(false); }
            const both = base.transaction(["holder", "sealed"]);
            const key = both.objectStore("holder").get("here"), count = both.objectStore("sealed").count();
            both.oncomplete = () => { base.close(); resolve(Boolean(key.result?.key) && count.result > 0); };
        };
    });
}"""
COUNT = """async (type) => {
    const files = await (await caches.open((await caches.keys()).find((name) => name !== "kept"))).keys();
    const store = await import(files.find(({ url }) => /store\\.[0-9a-f]+\\.js$/.test(url)).url);
    return (await store.of(type)).length;
}"""
KEPT_HERE = """async () => {
    const found = { bases: [], holders: [], records: 0, caches: [], bodies: "" };
    for (const { name } of await indexedDB.databases()) {
        found.bases.push(name);
        const base = await new Promise((resolve) => {
            const it = indexedDB.open(name);
            it.onupgradeneeded = () => it.transaction.abort(); // gone meanwhile: looking makes nothing
            it.onsuccess = () => resolve(it.result);
            it.onerror = () => resolve(null);
        });
        if (!base) continue;
        if (base.objectStoreNames.contains("sealed")) {
            const both = base.transaction(["holder", "sealed"]);
            const all = both.objectStore("holder").getAll(), count = both.objectStore("sealed").count();
            await new Promise((resolve) => { both.oncomplete = resolve; });
            found.holders = all.result.map((one) => ({ person: one.person, device: one.device, has_key: Boolean(one.key) }));
            found.records = count.result;
        }
        base.close();
    }
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            found.caches.push(new URL(request.url).pathname);
            const kind = (await cache.match(request)).headers.get("Content-Type") ?? "";
            if (kind.startsWith("text")) found.bodies += await (await cache.match(request)).text();
        }
    }
    return found;
}"""


class Device:
    """The browser of a walker, with a worker and a sealed store."""

    def __init__(self, walker: Walker) -> None:
        self.walker = walker
        self.context = walker.page.context
        self.is_offline, self.disk = False, Path()
        self._note, walker.watch._note = walker.watch._note, self._note_what_was_not_meant  # type: ignore[method-assign]

    @property
    def page(self) -> Page:
        """The page that is open."""
        return self.walker.page

    def is_ready(self, address: str = "climb:home") -> None:
        """Open a page, and wait until the worker, the key and the rucksack are there."""
        self.walker.opens(address)
        self.waits_until(lambda: self.page.evaluate(IS_READY))

    def waits_until(self, holds: Callable[[], Any], most: float = 12) -> None:
        """Wait until something holds."""
        until = time.monotonic() + most
        while time.monotonic() < until:
            try:
                if holds():
                    return
            except Exception as error:  # the page is on its way out
                if "context was destroyed" not in str(error):
                    raise
            self.page.wait_for_timeout(60)
        raise AssertionError(f"waited in vain at {self.page.url}")

    def goes_offline(self) -> None:
        """Cut the network."""
        self.is_offline = True
        self.context.set_offline(True)

    def comes_back(self) -> None:
        """Bring the network back."""
        self.context.set_offline(False)
        self.is_offline = False

    def _note_what_was_not_meant(self, fault: str) -> None:
        if not self.is_offline and "net::ERR_" not in fault:
            self._note(fault)

    def types_address(self, name: str, *args: object) -> None:
        """Type an address where there is no network."""
        self.page.goto(self.walker.house.address + reverse(name, args=args))

    def presses(self, button: str) -> None:
        """Press a button of the form on this page."""
        self.page.locator(f"main button{button}").first.click()

    def is_told(self, english: str) -> None:
        """Must see one of our sentences somewhere on the page."""
        expect(self.page.locator("main")).to_contain_text(self.walker.says(english))

    def count(self, kind: str) -> int:
        """Return how many records of a kind this device can open now: drafts, or what waits."""
        found: int = self.page.evaluate(COUNT, kind)
        return found

    def looks_at_the_shell(self) -> None:
        """Look at the page without network as at any page, with axe as well."""
        self.walker.watch.faults.clear()
        self.walker.watch.look()

    def writes(self, kind: str, **fields: str) -> None:
        """Fill in a form of the rucksack, and keep it."""
        before = len(self.waits())
        form = self.page.locator(f'details[data-kind="{kind}"]').first
        if form.get_attribute("open") is None:
            form.locator("summary").click()
        for name, value in fields.items():
            form.locator(f'[name="{name}"]').fill(value)
        form.locator("button").first.click()
        self.waits_until(lambda: len(self.waits()) == before + 1)

    def changes_what_waits(self, before: str, **fields: str) -> None:
        """Say something that waits in other words."""
        self._waiting(before).locator('[data-act="change"]').click()
        for name, value in fields.items():
            self.page.locator(f'[data-list="waiting"] [name="{name}"]').fill(value)
        self.page.locator('[data-list="waiting"] form button').first.click()
        self.waits_until(lambda: next(iter(fields.values())) in self.waits())

    def throws_away(self, text: str) -> None:
        """Throw something away that waits, and be sure of it."""
        button = self._waiting(text).locator('[data-act="drop"]')
        button.click()
        button.click()
        self.waits_until(lambda: text not in self.waits())

    def opens_what_waits(self) -> None:
        """Follow the note to what waits, and open the first on its own page."""
        self.page.locator("main a[data-shell]").first.click()
        button = self.page.locator('[data-act="open"]:visible').first
        button.click()
        self.page.wait_for_load_state()

    def _waiting(self, text: str) -> Any:
        return self.page.locator('[data-list="waiting"] > li').filter(has_text=text)

    def loses_its_tab(self) -> None:
        """Close the tab without a word, and open another."""
        page = self.page
        self.walker.page = self.walker.watch.page = self.context.new_page()
        page.close()

    def tab_crashes(self) -> None:
        """Have the tab go down as a browser's tab does, and open another."""
        page = self.page
        with page.expect_event("crash"), suppress(Error):
            page.goto("chrome://crash")
        self.walker.page = self.walker.watch.page = self.context.new_page()
        with suppress(Error):
            page.close()

    def crashes(self) -> None:
        """Have the browser go at once, as when the battery is empty."""
        for process in browsers_on(self.disk):
            os.kill(process, signal.SIGKILL)

    def loses_the_answer(self) -> None:
        """Let forms reach the house, and cut the way back."""

        def cut(route: Route) -> None:
            if route.request.method == "POST":
                route.fetch()
                route.abort("connectionreset")
            else:
                route.continue_()

        self.context.route("**/spoor/**", cut)

    def refuses_forms(self) -> None:
        """Let nothing that is sent for the trail reach the house."""
        self.context.route("**/spoor/nieuw/", lambda route: route.abort("connectionrefused"))

    def presses_sign_out(self) -> None:
        """Press "sign out" at the foot of the page."""
        self.page.locator(f'form[action="{reverse("account_logout")}"] button').first.click()

    def signs_out(self) -> None:
        """Sign out, and wait for the page that comes."""
        self.presses_sign_out()
        self.page.wait_for_url(f"{self.walker.house.address}/")

    def finds_answers_again(self) -> None:
        """Let answers come back; the browser says that the network is there again."""
        self.context.unroute("**/spoor/**")
        self.walker.watch.faults.clear()
        self.page.evaluate("() => window.dispatchEvent(new Event('online'))")

    def waits(self) -> list[str]:
        """Return what waits, as the page without network lists it."""
        return self.page.locator('[data-list="waiting"] [data-slot="text"]').all_text_contents()

    def kept(self) -> dict[str, Any]:
        """Return what this browser keeps, whoever it is of."""
        found: dict[str, Any] = self.page.evaluate(KEPT_HERE)
        return found


def files_with(folder: Path, *marks: str | bytes) -> list[str]:
    """Return the files of a folder in which a mark stands, in letters of one byte or of two."""
    wanted = [mark if isinstance(mark, bytes) else mark.encode() for mark in marks]
    wanted += [mark.encode("utf-16-le") for mark in marks if isinstance(mark, str)]
    pattern = re.compile(b"|".join(map(re.escape, wanted)))
    found = []
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink() and pattern.search(file.read_bytes()):
            found.append(str(file.relative_to(folder)))
    return found


def browsers_on(disk: Path) -> list[int]:
    """Return the processes of the browser with this disk."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"--user-data-dir={disk}" in (folder / "cmdline").read_bytes().decode(errors="replace"):
                found.append(int(folder.name))
    return found
