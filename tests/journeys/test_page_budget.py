"""A first visit stays light: counts and bytes, which are the same on every machine."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Response

from klimtouw.people.models import Person
from tests.journeys.scenes import a_goal_of, on_a_rope
from tests.journeys.walker import Walker, Way

MOST_REQUESTS, MOST_BYTES, MOST_JAVASCRIPT = 12, 60_000, 20_000
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
