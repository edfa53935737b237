"""Finding room for paper signs: never on each other, never off the paper, rather not on the drawing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from operator import add
from typing import NamedTuple

from .geometry import Box, Point
from .lettering import ELLIPSIS, width_of, wrapped

CELL = 6
LEADING = 1.24
PADDING = Point(6, 3)
LEADER_FROM = 22.0
NEAR, FAR = (11, 17, 25), (38, 54, 72, 92, 116, 142, 172, 205)
TOO_COSTLY, HIDES_A_STAGE = 260.0, 400.0
FARNESS = 2.3
EDGE, STRIDE = 7, 12


@dataclass(frozen=True)
class Tag:
    """A paper sign with words, and the line to what it names when it hangs farther away."""

    key: str
    lines: tuple[str, ...]
    box: Box
    size: float
    leader: tuple[Point, Point] | None


@dataclass(frozen=True)
class Wish:
    """A sign that would like a place: what it says, what it names and how much it matters."""

    key: str
    text: tuple[str, ...]
    about: Point
    size: float
    is_needed: bool
    rooms: tuple[float, ...]
    clear: float = 0.0
    is_bold: bool = False
    beside: float = 0.0

    @property
    def measure(self) -> float:
        """The letter size to measure with: bold letters are a little wider."""
        return self.size * (1.08 if self.is_bold else 1.0)


class Setting(NamedTuple):
    """The words of a sign in lines, the room these take, and what it costs that they are set so."""

    lines: tuple[str, ...]
    width: float
    height: float
    worth: float


Edges = tuple[float, float, float, float]
"""Left, top, right and bottom."""
Offer = tuple[float, float, float]
"""Left and top of a place for a sign, and what it costs that it hangs there."""


class Ground:
    """How busy the drawing is everywhere, so that the weight under any sign is known at once."""

    def __init__(self, width: float, height: float) -> None:
        self.paper = Box(0, 0, width, height).grown(-EDGE)
        self._columns, self._rows = int(width / CELL) + 2, int(height / CELL) + 2
        self._weights = [[0.0] * self._columns for _ in range(self._rows)]

    def put(self, box: Box, weight: float) -> None:
        """Make a place busier."""
        for row in range(*self._span(box.top, box.bottom, self._rows)):
            for column in range(*self._span(box.left, box.right, self._columns)):
                self._weights[row][column] += weight

    @cached_property
    def sums(self) -> list[list[float]]:
        """The weight of everything above and to the left of each corner, once all is put in its place."""
        above = [0.0] * (self._columns + 1)
        sums = [above]
        for row in self._weights:
            above = list(map(add, accumulate(row, initial=0.0), above))
            sums.append(above)
        return sums

    @staticmethod
    def _span(low: float, high: float, most: int) -> tuple[int, int]:
        first = min(max(int(low // CELL), 0), most - 1)
        return first, min(max(int(high // CELL) + 1, first + 1), most)


def place_tags(wishes: Iterable[Wish], ground: Ground) -> tuple[Tag, ...]:
    """Hang the signs in order of importance; one that is not needed may stay away."""
    placed, taken = list[Tag](), list[Edges]()
    for wish in wishes:
        tag = _best(wish, ground, taken)
        if tag is not None:
            placed.append(tag)
            box = tag.box.grown(2)
            taken.append((box.left, box.top, box.right, box.bottom))
    return tuple(placed)


def _best(wish: Wish, ground: Ground, taken: list[Edges]) -> Tag | None:
    best, cheapest = None, float("inf") if wish.is_needed else TOO_COSTLY
    settings = list(_settings(wish))
    for gap in NEAR + FAR if wish.is_needed else NEAR:
        if gap * FARNESS >= cheapest:
            break
        for setting in settings:
            if gap * FARNESS + setting.worth >= cheapest:
                continue
            offers = _offers(wish, setting, gap, ground.paper)
            if found := _cheapest(offers, setting, ground, taken, cheapest):
                best, cheapest = found
    if wish.is_needed and cheapest > HIDES_A_STAGE:
        places = _anywhere(wish, settings, ground.paper)
        for setting, offers in places:
            if found := _cheapest(offers, setting, ground, taken, cheapest):
                best, cheapest = found
    if best is None:
        return None
    lines, box = best
    return Tag(wish.key, lines, box, wish.size, _leader(wish.about, box, wish.clear))


def _cheapest(
    offers: Iterable[Offer], setting: Setting, ground: Ground, taken: list[Edges], limit: float
) -> tuple[tuple[tuple[str, ...], Box], float] | None:
    """Choose the first of the cheapest free places below a limit. Plain numbers: this is asked a thousand times a drawing."""
    lines, width, height, worth = setting
    paper, sums, found = ground.paper, ground.sums, None
    low_x, low_y, high_x, high_y = paper.left, paper.top, paper.right, paper.bottom
    for left, top, detour in offers:
        cost, right, bottom = detour + worth, left + width, top + height
        if cost >= limit or left < low_x or top < low_y or right > high_x or bottom > high_y:
            continue
        above, under = sums[int(top) // CELL], sums[int(bottom) // CELL + 1]
        first, after = int(left) // CELL, int(right) // CELL + 1
        cost += under[after] - above[after] - under[first] + above[first]
        if cost < limit and _is_free(left, top, right, bottom, taken):
            found, limit = (left, top), cost
    return ((lines, Box(*found, width, height)), limit) if found else None


def _is_free(left: float, top: float, right: float, bottom: float, taken: list[Edges]) -> bool:
    for low_x, low_y, high_x, high_y in taken:
        if left < high_x and low_x < right and top < high_y and low_y < bottom:
            return False
    return True


def _settings(wish: Wish) -> Iterator[Setting]:
    """Set the words wide or narrow; an ellipsis or a broken word costs a little."""
    seen = set[tuple[str, ...]]()
    for room in wish.rooms:
        lines = wish.text if len(wish.text) > 1 else wrapped(wish.text[0], wish.measure, room)
        if lines in seen:
            continue
        seen.add(lines)
        width = min(max(width_of(line, wish.measure) for line in lines), max(wish.rooms)) + 2 * PADDING.x
        height = len(lines) * wish.size * LEADING + 2 * PADDING.y
        hidden = (
            1 - min(sum(map(len, lines)) / max(len(wish.text[0]), 1), 1)
            if lines[-1].endswith(ELLIPSIS)
            else 0
        )
        worth = 140.0 * hidden + 14.0 * lines[0].endswith("-") + 4.0 * (len(lines) - 1)
        yield Setting(lines, width, height, worth)


def _offers(wish: Wish, setting: Setting, gap: int, paper: Box) -> Iterator[Offer]:
    """Offer places at this distance around a point: beside it, or a little dearer below and above."""
    x, y, off, far = wish.about.x, wish.about.y, gap + wish.clear, gap * FARNESS
    width, height, most = setting.width, setting.height, paper.right - setting.width
    for up in (-0.5, -0.1, -0.9):
        yield x + off, y + height * up, far + wish.beside
        yield x - off - width, y + height * up, far + wish.beside
    for over in (-0.5, -0.2, -0.8, 0.0, -1.0):
        left = min(max(x + width * over, EDGE), most)
        yield left, y + off, far + 5
        yield left, y - off - height - 3, far + 8


def _anywhere(wish: Wish, settings: list[Setting], paper: Box) -> Iterator[tuple[Setting, Iterator[Offer]]]:
    """Offer the whole paper; for a sign that must be there and has no good place close by."""
    return ((setting, _all_over(wish.about, setting, paper)) for setting in settings[::-1])


def _all_over(about: Point, setting: Setting, paper: Box) -> Iterator[Offer]:
    _, width, height, _ = setting
    tops = range(EDGE + 1, int(paper.bottom - height), STRIDE)
    lefts = range(EDGE + 1, int(paper.right - width), STRIDE)
    far = [(left, max(left - about.x, about.x - left - width, 0)) for left in lefts]
    for top in tops:
        far_y = max(top - about.y, about.y - top - height, 0)
        yield from [(left, top, FARNESS * (far_x + far_y)) for left, far_x in far]


def _leader(about: Point, box: Box, clear: float) -> tuple[Point, Point] | None:
    end = box.grown(-4).nearest(about)
    far = end.distance(about)
    if far < LEADER_FROM + clear:
        return None
    return about.to(end, (9 + clear * 0.5) / far), end
