"""A device of somebody: a browser that keeps things, on whose disk a test may look, and whose network a test may cut."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.journeys.walker import Walker

IS_READY = """async () => {
    if (!navigator.serviceWorker.controller) return false;
    const names = await indexedDB.databases();
    if (!names.some((base) => base.name === "klimtouw")) return false;
    return await new Promise((resolve) => {
        const request = indexedDB.open("klimtouw");
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
KEPT_HERE = """async () => {
    const found = { bases: [], holders: [], records: 0, caches: [], bodies: "" };
    for (const { name } of await indexedDB.databases()) {
        found.bases.push(name);
        const base = await new Promise((resolve) => { const it = indexedDB.open(name); it.onsuccess = () => resolve(it.result); });
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
        self.context.set_offline(True)

    def comes_back(self) -> None:
        """Bring the network back."""
        self.context.set_offline(False)
        self.walker.watch.faults.clear()  # what could not be fetched was meant so

    def types_address(self, name: str, *args: object) -> None:
        """Type an address where there is no network."""
        self.page.goto(self.walker.house.address + reverse(name, args=args))

    def presses(self, button: str) -> None:
        """Press a button of the form on this page."""
        self.page.locator(f"main button{button}").first.click()

    def is_told(self, english: str) -> None:
        """Must see one of our sentences somewhere on the page."""
        expect(self.page.locator("main")).to_contain_text(self.walker.says(english))

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
