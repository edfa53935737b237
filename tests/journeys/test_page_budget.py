"""A first visit stays light: counts and bytes, which are the same on every machine."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Response

from klimtouw.people.models import Person
from tests.journeys.device import Device
from tests.journeys.scenes import a_goal_of, on_a_rope
from tests.journeys.walker import Walker, Way

MOST_REQUESTS, MOST_BYTES, MOST_JAVASCRIPT = 12, 60_000, 20_000
MOST_AGAIN, MOST_KEPT = 10_000, 250_000
"""On a second visit no file comes again; what the worker keeps on the device, unpacked, is less than one photo."""
KEPT_BYTES = """async () => {
    let bytes = 0;
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) bytes += (await (await cache.match(request)).blob()).size;
    }
    return bytes;
}"""
MOVED = """() => new Promise(done => {
    let moved = 0;
    new PerformanceObserver(list => list.getEntries().filter(it => !it.hadRecentInput).forEach(it => { moved += it.value; }))
        .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => done(moved), 300);
})"""


@dataclass(frozen=True)
class Weight:
    """What came over the wire for one page."""

    kinds: list[str]
    bytes_of: dict[str, int]

    def of(self, *kinds: str) -> int:
        """Return the bytes of these kinds of answers, all but fonts when none is named."""
        return sum(
            size for kind, size in self.bytes_of.items() if (kind in kinds if kinds else kind != "font")
        )


def weigh(walker: Walker, name: str, *args: object) -> Weight:
    """Open a page in a browser that kept nothing, and weigh what came."""
    answers: list[Response] = []
    walker.page.on("response", lambda answer: _note(answers, answer))
    walker.opens(name, *args)
    walker.page.wait_for_load_state("networkidle")
    came = [answer for answer in answers if urlsplit(answer.url).scheme.startswith("http")]
    sizes: dict[str, int] = {}
    for answer in came:
        size = answer.request.sizes()
        kind = answer.request.resource_type
        sizes[kind] = sizes.get(kind, 0) + size["responseBodySize"] + size["responseHeadersSize"]
    return Weight([answer.request.resource_type for answer in came], sizes)


def _note(answers: list[Response], answer: Response) -> None:
    answers.append(answer)  # a method of a list itself is not taken as a listener


@pytest.fixture
def pages(walker: Callable[..., Walker]) -> Iterator[Callable[[str], Weight]]:
    """Weigh the first page or a goal with its mountain, on a first visit."""

    def weighed(name: str) -> Weight:
        noor, bram = walker("Noor"), walker("Bram")
        on_a_rope(noor, bram)
        goal = a_goal_of(Person.objects.get(email=noor.email), stages=7)
        Person.objects.filter(email=noor.email).update(has_mirror=True)
        noor.watch.by_axe = False
        weight = weigh(noor, name, *([goal.pk] if name == "climb:goal" else []))
        assert round(noor.page.evaluate(MOVED), 3) == 0
        return weight

    yield weighed


@pytest.mark.parametrize("way", [Way(), Way(width=390)], ids=str)
@pytest.mark.parametrize("name", ["home", "climb:goal", "climb:trail"])
def test_a_first_visit_is_light_and_nothing_jumps(
    pages: Callable[[str], Weight], name: str, way: Way
) -> None:
    weight = pages(name)
    assert len(weight.kinds) <= MOST_REQUESTS, weight.kinds
    assert weight.of() <= MOST_BYTES, weight.bytes_of
    assert weight.of("script") <= MOST_JAVASCRIPT, weight.bytes_of


@pytest.mark.parametrize("way", [Way(width=390)], ids=str)
@pytest.mark.parametrize("name", ["home", "climb:trail"])
def test_e2_with_the_worker_running_a_first_visit_stays_light_and_a_second_brings_no_file(
    walker: Callable[..., Walker], name: str
) -> None:
    """What makes Klimtouw work without network comes once, after the page stands there; later files come from the device."""
    noor = walker("Noor", service_workers="allow")
    noor.is_known()
    noor.watch.by_axe = False
    first = weigh(noor, name)
    assert first.of() <= MOST_BYTES, first.bytes_of
    assert first.of("script") <= MOST_JAVASCRIPT, first.bytes_of
    Device(noor).is_ready(name)
    by_worker = noor.page.evaluate(KEPT_BYTES)
    assert by_worker <= MOST_KEPT
    again = weigh(noor, name)
    assert again.of("script", "stylesheet") == 0, again.bytes_of
    assert again.of() <= MOST_AGAIN, again.bytes_of
