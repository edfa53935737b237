"""Where everything stands in the rose: reckoned from how many marks there are, never from whose they are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, pi, sin

from klimtouw.axenroos.choices import Animal

WIDTH = 340.0
SIZES = (
    (470.0, 11.0), (470.0, 10.5), (520.0, 11.0), (520.0, 10.0), (580.0, 10.5), (640.0, 10.0), (700.0, 9.5), (700.0, 8.5),
    (700.0, 8.0), (700.0, 7.5), (700.0, 7.0),
)  # fmt: skip
"""How tall a rose is and how large its marks: it stands upright, as a phone and a sheet of paper do, and grows with its fullest petal."""
MARGIN, GAP, INWARDS = 3.0, 1.6, 48.0
ANIMAL, NAME_WIDTH, NAME_HEIGHT = 42.0, 62.0, 15.0
SIDE_OF_PETAL = ((0.13, 0.0), (0.3, 0.1), (0.55, 0.19), (0.72, 0.222))
TIP_OF_PETAL = ((0.72, 0.222), (0.88, 0.27), (0.995, 0.17), (0.995, 0.0))
"""One half of a petal that lies along the line to the right, from the knot to its tip, as two bends of a rose of radius 1."""
STEPS = 7

Point = tuple[float, float]


@dataclass(frozen=True)
class Mark:
    """One pick that its owner shared: short letters, and what is said of it."""

    letters: str
    said: str
    is_filled: bool


Rose = Mapping[Animal, Sequence[Mark]]


@dataclass(frozen=True)
class Petal:
    """One petal: its outline, the middle of its animal, and where marks can stand, the outermost first."""

    animal: Animal
    bends: tuple[tuple[Point, ...], ...]
    middle: Point
    places: tuple[Point, ...]


@dataclass(frozen=True)
class Layout:
    """A whole rose: how tall it is, how large a mark is, and its ten petals."""

    height: float
    mark: float
    petals: tuple[Petal, ...]


def lay_out(rose: Rose) -> Layout:
    """Find the lowest rose with the largest marks in which every mark has a place of its own."""
    most = max((len(marks) for marks in rose.values()), default=0)
    return _layout_for(most)


@lru_cache(maxsize=32)
def _layout_for(most: int) -> Layout:
    layout = _laid(*SIZES[0])
    for height, mark in SIZES:
        layout = _laid(height, mark)
        if all(len(petal.places) >= most for petal in layout.petals):
            break
    return layout


def _laid(height: float, mark: float) -> Layout:
    petals = (_petal(animal, number, height, mark) for number, animal in enumerate(Animal))
    return Layout(height, mark, tuple(petals))


def _petal(animal: Animal, number: int, height: float, mark: float) -> Petal:
    angle = (18 + 36 * number) * pi / 180
    out, back = (SIDE_OF_PETAL, TIP_OF_PETAL), (_mirrored(TIP_OF_PETAL), _mirrored(SIDE_OF_PETAL))
    bends = tuple(tuple(_turned(point, angle, height) for point in bend) for bend in (*out, *back))
    outline = [_along(bend, step / STEPS) for bend in bends for step in range(STEPS)]
    middle = _middle(angle, height, outline)
    places = _places(outline, middle, mark, (WIDTH / 2, height / 2))
    return Petal(animal, bends, middle, places)


def _mirrored(bend: Sequence[Point]) -> tuple[Point, ...]:
    return tuple((along, -across) for along, across in reversed(bend))


def _turned(point: Point, angle: float, height: float) -> Point:
    """Turn a point clockwise from the top, and stretch the round rose to its height."""
    along, across = point
    right, up = along * sin(angle) + across * cos(angle), along * cos(angle) - across * sin(angle)
    return WIDTH / 2 + right * (WIDTH / 2 - MARGIN), height / 2 - up * (height / 2 - MARGIN)


def _along(bend: Sequence[Point], part: float) -> Point:
    left = 1 - part
    weights = (left**3, 3 * left**2 * part, 3 * left * part**2, part**3)
    x, y = (sum(weight * point[axis] for weight, point in zip(weights, bend, strict=True)) for axis in (0, 1))
    return x, y


def _middle(angle: float, height: float, outline: Sequence[Point]) -> Point:
    """Put the animal and its name as far out as they fit."""
    tried = (_turned((along / 50, 0), angle, height) for along in range(46, 24, -1))
    return max(tried, key=lambda at: round(min(_room(corner, outline) for corner in _corners(at)), 1))


def _corners(middle: Point) -> Iterator[Point]:
    x, y = middle
    half, name = ANIMAL / 2, NAME_WIDTH / 2
    foot = y + half + NAME_HEIGHT
    for side in (-1, 1):
        yield x + side * half * 0.8, y - half * 0.9
        yield x + side * name, y + half
        yield x + side * name * 0.9, foot


def _room(point: Point, outline: Sequence[Point]) -> float:
    """Return how far a point lies inside an outline; below zero when it lies outside."""
    x, y = point
    nearest, is_inside = 1e9, False
    for (ax, ay), (bx, by) in zip(outline, (*outline[1:], outline[0]), strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            is_inside = not is_inside
        length = (bx - ax) ** 2 + (by - ay) ** 2 or 1.0
        part = max(0.0, min(1.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
        nearest = min(nearest, hypot(x - ax - part * (bx - ax), y - ay - part * (by - ay)))
    return nearest if is_inside else -nearest


def _places(outline: Sequence[Point], middle: Point, mark: float, knot: Point) -> tuple[Point, ...]:
    """Return where marks fit in a petal, in rows; those just inside the animal, towards the knot, first."""
    shifts = [(right / 3, down / 3) for right in range(3) for down in range(3)]
    found = max((_in_rows(outline, middle, mark, shift) for shift in shifts), key=len)
    way = hypot(knot[0] - middle[0], knot[1] - middle[1])
    first = [middle[axis] + (knot[axis] - middle[axis]) * INWARDS / way for axis in (0, 1)]
    return tuple(sorted(found, key=lambda at: (round(hypot(at[0] - first[0], at[1] - first[1])), at)))


def _in_rows(outline: Sequence[Point], middle: Point, mark: float, shift: tuple[float, float]) -> list[Point]:
    left, right = min(x for x, _ in outline), max(x for x, _ in outline)
    top, foot = min(y for _, y in outline), max(y for _, y in outline)
    across, down = 2 * mark + GAP, (2 * mark + GAP) * 0.87
    found = []
    for row in range(int((foot - top) / down) + 1):
        aside = across * (shift[0] + row % 2 / 2)
        for column in range(-1, int((right - left) / across) + 1):
            at = left + mark + aside + column * across, top + mark + (row + shift[1]) * down
            if not _hides(at, middle, mark) and _room(at, outline) >= mark + 0.8:
                found.append(at)
    return found


def _hides(at: Point, middle: Point, mark: float) -> bool:
    """Whether a mark here would stand on the animal or its name."""
    x, y = at[0] - middle[0], at[1] - middle[1]
    on_animal = hypot(x, y) < ANIMAL / 2 + mark - 1
    name = y - ANIMAL / 2 - NAME_HEIGHT / 2
    on_name = abs(x) < NAME_WIDTH / 2 + mark - 2 and abs(name) < NAME_HEIGHT / 2 + mark
    return on_animal or on_name
