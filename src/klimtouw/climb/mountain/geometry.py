"""Points, boxes and curves in the units of the drawing; y grows downwards."""

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot
from typing import NamedTuple

from .hand import Hand

SAMPLES_PER_BEND = 18


class Point(NamedTuple):
    """A place on the paper."""

    x: float
    y: float

    def to(self, other: "Point", share: float) -> "Point":
        """Give the point that lies this share of the way to another."""
        return Point(self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share)

    def distance(self, other: "Point") -> float:
        """Measure how far another point is."""
        return hypot(self.x - other.x, self.y - other.y)


@dataclass(frozen=True)
class Box:
    """An upright rectangle."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    @property
    def middle(self) -> Point:
        """The point in the middle."""
        return Point(self.left + self.width / 2, self.top + self.height / 2)

    def overlaps(self, other: "Box") -> bool:
        """Tell whether the two share any surface."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        """Tell whether another box lies wholly inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def grown(self, margin: float) -> "Box":
        """Give the box with a margin around it."""
        return Box(self.left - margin, self.top - margin, self.width + 2 * margin, self.height + 2 * margin)

    def nearest(self, point: Point) -> Point:
        """Give the point of this box that is closest to a place."""
        return Point(min(max(point.x, self.left), self.right), min(max(point.y, self.top), self.bottom))


def box_around(middle: Point, width: float, height: float) -> Box:
    """Give the box of this size around a point."""
    return Box(middle.x - width / 2, middle.y - height / 2, width, height)


class Bend(NamedTuple):
    """One cubic curve of the route."""

    start: Point
    first: Point
    second: Point
    end: Point

    def at(self, t: float) -> Point:
        """Give the point at parameter `t` (0 is the start, 1 the end)."""
        u = 1 - t
        a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        return Point(
            a * self.start.x + b * self.first.x + c * self.second.x + d * self.end.x,
            a * self.start.y + b * self.first.y + c * self.second.y + d * self.end.y,
        )

    def split(self, t: float) -> tuple["Bend", "Bend"]:
        """Cut the curve in two (de Casteljau)."""
        a, b, c = self.start.to(self.first, t), self.first.to(self.second, t), self.second.to(self.end, t)
        d, e = a.to(b, t), b.to(c, t)
        cut = d.to(e, t)
        return Bend(self.start, a, d, cut), Bend(cut, e, c, self.end)


class Trail:
    """A chain of bends that can be walked by length."""

    def __init__(self, bends: Sequence[Bend]) -> None:
        self.bends = tuple(bends)
        self.points = [self.bends[0].start]
        self._walked = [0.0]
        for bend in self.bends:
            for step in range(1, SAMPLES_PER_BEND + 1):
                point = bend.at(step / SAMPLES_PER_BEND)
                self._walked.append(self._walked[-1] + point.distance(self.points[-1]))
                self.points.append(point)

    @property
    def length(self) -> float:
        """The whole way."""
        return self._walked[-1]

    def at(self, walked: float) -> Point:
        """Give the place after walking so far."""
        place = self._place(walked)
        bend = min(int(place / SAMPLES_PER_BEND), len(self.bends) - 1)
        return self.bends[bend].at(place / SAMPLES_PER_BEND - bend)

    def walked_to_height(self, y: float) -> float:
        """Tell how far one walks before first standing as high as `y`."""
        return next(walked for walked, point in zip(self._walked, self.points, strict=True) if point.y <= y)

    def split(self, walked: float) -> tuple[tuple[Bend, ...], tuple[Bend, ...]]:
        """Cut the trail in the part walked and the part ahead."""
        if walked <= 0:
            return (), self.bends
        if walked >= self.length:
            return self.bends, ()
        place = self._place(walked)
        number = min(int(place / SAMPLES_PER_BEND), len(self.bends) - 1)
        before, after = self.bends[number].split(place / SAMPLES_PER_BEND - number)
        return (*self.bends[:number], before), (after, *self.bends[number + 1 :])

    def _place(self, walked: float) -> float:
        walked = min(max(walked, 0.0), self.length)
        upper = max(bisect_left(self._walked, walked), 1)
        low, high = self._walked[upper - 1], self._walked[upper]
        return upper - 1 + ((walked - low) / (high - low) if high > low else 0.0)


def rugged(points: Sequence[Point], hand: Hand, *, tremble: float, rounds: int = 1) -> list[Point]:
    """Break straight lines into rock: every round adds a displaced point between two others."""
    line = list(points)
    for _ in range(rounds):
        finer = [line[0]]
        for before, after in itertools.pairwise(line):
            reach = tremble * before.distance(after)
            middle = before.to(after, hand.between(0.38, 0.62))
            finer += [Point(middle.x + hand.wobble(reach), middle.y + hand.wobble(reach * 0.7)), after]
        line = finer
    return line


def across(line: Sequence[Point], y: float) -> float:
    """Give the x of a line that runs downwards, at a height."""
    for before, after in itertools.pairwise(line):
        if before.y <= y <= after.y and after.y > before.y:
            return before.to(after, (y - before.y) / (after.y - before.y)).x
    return line[0].x if y < line[0].y else line[-1].x


def mean(numbers: Iterable[float]) -> float:
    """Give the mean of some lengths."""
    kept = list(numbers)
    return sum(kept) / len(kept)
