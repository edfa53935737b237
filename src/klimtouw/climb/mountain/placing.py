"""Finding room for paper signs: never on each other, never off the paper, rather not on the drawing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, product

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


class Ground:
    """How busy the drawing is everywhere, so that the weight under any sign is known at once."""

    def __init__(self, width: float, height: float) -> None:
        self.paper = Box(0, 0, width, height).grown(-EDGE)
        self._columns, self._rows = int(width / CELL) + 2, int(height / CELL) + 2
        self._weights = [[0.0] * self._columns for _ in range(self._rows)]
        self._sums: list[list[float]] = []

    def put(self, box: Box, weight: float) -> None:
        """Make a place busier."""
        for row in range(*self._span(box.top, box.bottom, self._rows)):
            for column in range(*self._span(box.left, box.right, self._columns)):
                self._weights[row][column] += weight

    def weight(self, box: Box) -> float:
        """Tell how much drawing a sign here would cover."""
        if not self._sums:
            self._settle()
        top, bottom = self._span(box.top, box.bottom, self._rows)
        left, right = self._span(box.left, box.right, self._columns)
        low, high = self._sums[top], self._sums[bottom]
        return high[right] - low[right] - high[left] + low[left]

    def _settle(self) -> None:
        above = [0.0] * (self._columns + 1)
        self._sums = [above]
        for row in self._weights:
            above = [total + over for total, over in zip(accumulate(row, initial=0.0), above, strict=True)]
            self._sums.append(above)

    @staticmethod
    def _span(low: float, high: float, most: int) -> tuple[int, int]:
        first = min(max(int(low // CELL), 0), most - 1)
        return first, min(max(int(high // CELL) + 1, first + 1), most)


def place_tags(wishes: Iterable[Wish], ground: Ground) -> tuple[Tag, ...]:
    """Hang the signs in order of importance; one that is not needed may stay away."""
    placed = list[Tag]()
    for wish in wishes:
        tag = _best(wish, ground, [tag.box.grown(2) for tag in placed])
        if tag is not None:
            placed.append(tag)
    return tuple(placed)


def _best(wish: Wish, ground: Ground, taken: list[Box]) -> Tag | None:
    best, cheapest = None, float("inf") if wish.is_needed else TOO_COSTLY
    settings = list(_settings(wish))
    for gap in NEAR + FAR if wish.is_needed else NEAR:
        if gap * FARNESS >= cheapest:
            break
        for (lines, _, _, worth), box, detour in _offers(wish, settings, gap, ground.paper):
            cost = detour + worth
            if cost >= cheapest or not ground.paper.holds(box):
                continue
            cost += ground.weight(box)
            if cost < cheapest and not any(box.overlaps(other) for other in taken):
                best, cheapest = (lines, box), cost
    if wish.is_needed and cheapest > HIDES_A_STAGE:
        best = _anywhere(wish, settings, ground, taken, cheapest) or best
    if best is None:
        return None
    lines, box = best
    return Tag(wish.key, lines, box, wish.size, _leader(wish.about, box, wish.clear))


Setting = tuple[tuple[str, ...], float, float, float]


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
        yield lines, width, height, worth


def _offers(
    wish: Wish, settings: list[Setting], gap: int, paper: Box
) -> Iterator[tuple[Setting, Box, float]]:
    """Offer places at this distance around a point: beside it, or a little dearer below and above."""
    x, y, off, far = wish.about.x, wish.about.y, gap + wish.clear, gap * FARNESS
    for setting in settings:
        _, width, height, _ = setting
        for up in (-0.5, -0.1, -0.9):
            yield setting, Box(x + off, y + height * up, width, height), far + wish.beside
            yield setting, Box(x - off - width, y + height * up, width, height), far + wish.beside
        for over in (-0.5, -0.2, -0.8, 0.0, -1.0):
            left = min(max(x + width * over, EDGE), paper.right - width)
            yield setting, Box(left, y + off, width, height), far + 5
            yield setting, Box(left, y - off - height - 3, width, height), far + 8


def _anywhere(
    wish: Wish, settings: list[Setting], ground: Ground, taken: list[Box], cheapest: float
) -> tuple[tuple[str, ...], Box] | None:
    """Scan the whole paper; for a sign that must be there and has no good place close by."""
    best, about, paper = None, wish.about, ground.paper
    for lines, width, height, worth in settings[::-1]:
        tops = range(EDGE + 1, int(paper.bottom - height), STRIDE)
        for top, left in product(tops, range(EDGE + 1, int(paper.right - width), STRIDE)):
            far_x = max(left - about.x, about.x - left - width, 0)
            far_y = max(top - about.y, about.y - top - height, 0)
            cost = worth + FARNESS * (far_x + far_y)
            if cost >= cheapest:
                continue
            box = Box(left, top, width, height)
            cost += ground.weight(box)
            if cost < cheapest and not any(box.overlaps(other) for other in taken):
                best, cheapest = (lines, box), cost
    return best


def _leader(about: Point, box: Box, clear: float) -> tuple[Point, Point] | None:
    end = box.grown(-4).nearest(about)
    far = end.distance(about)
    if far < LEADER_FROM + clear:
        return None
    return about.to(end, (9 + clear * 0.5) / far), end
