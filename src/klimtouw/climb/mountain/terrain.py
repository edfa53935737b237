"""The land: paper size, the mountain's own ridge, snow, rock, hills, trees and sky, all from the seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .climb import Shape
from .geometry import Point, across, rugged
from .hand import Hand

ROOMY = 8
GROWTH = 5.2
# Profiles of half a mountain, top to foot: how far out (share of the half width) at which depth (share of the height).
STEEP = ((0, 0), (0.08, 0.07), (0.12, 0.19), (0.27, 0.31), (0.33, 0.42), (0.53, 0.58), (0.66, 0.74), (1, 1))
SHOULDER = ((0, 0), (0.06, 0.1), (0.21, 0.17), (0.28, 0.3), (0.45, 0.38), (0.53, 0.53), (0.74, 0.7), (1, 1))
BROAD = ((0, 0), (0.11, 0.06), (0.19, 0.16), (0.24, 0.29), (0.41, 0.44), (0.47, 0.55), (0.7, 0.73), (1, 1))
FLANKS = ((STEEP, SHOULDER), (SHOULDER, STEEP), (BROAD, SHOULDER), (STEEP, BROAD), (BROAD, STEEP))
SPINE = ((0, 0), (0.02, 0.06), (-0.03, 0.14), (0.045, 0.24), (0.0, 0.33), (0.07, 0.46), (0.03, 0.6), (0.12, 0.78), (0.1, 1))


@dataclass(frozen=True)
class Frame:
    """The paper and the few measures everything else follows from."""

    width: float
    height: float
    peak: Point
    foot: float
    reach: float
    letter: float

    @property
    def rise(self) -> float:
        """How high the mountain stands above its foot."""
        return self.foot - self.peak.y


def frame_for(shape: Shape, camps: int, seed: str) -> Frame:
    """Choose the paper; upright paper grows with the number of camps, for a phone scrolls."""
    hand = Hand(seed=seed, part="frame")
    if shape == Shape.LANDSCAPE:
        peak = Point(320 + hand.wobble(34), 88)
        return Frame(width=640, height=452, peak=peak, foot=368, reach=318, letter=13.5)
    height = 468 + max(0, camps - ROOMY) * GROWTH
    peak = Point(160 + hand.wobble(20), 92)
    return Frame(width=320, height=round(height), peak=peak, foot=round(height) - 100, reach=196, letter=12.6)


@dataclass(frozen=True)
class Terrain:
    """Every outline of the land, ready to be put on paper."""

    sky: list[Point]
    sun: Point
    clouds: list[Point]
    birds: list[Point]
    far: list[Point]
    ridge: list[Point]
    near: list[Point]
    shade: list[Point]
    facets: list[list[Point]]
    snow: list[Point]
    snow_shade: list[Point]
    ribs: list[list[Point]]
    hatches: list[tuple[Point, Point]]
    valley: list[Point]
    meadow: list[Point]
    trees: list[tuple[Point, float]]
    grass: list[Point]
    left: list[Point]
    right: list[Point]

    def room_at(self, y: float) -> tuple[float, float]:
        """Give the left and right edge of the mountain at a height."""
        return across(self.left, y), across(self.right, y)


def terrain_for(frame: Frame, seed: str) -> Terrain:
    """Shape the land of this climb."""
    left, right, spine = _outlines(frame, seed)
    snow, snow_shade = _snow(frame, left, right, spine, seed)
    hand = Hand(seed=seed, part="sky")
    side = 1 if hand.wobble(1) > 0 else -1
    return Terrain(
        sky=_torn_paper(frame, seed),
        sun=Point(frame.width * (0.5 + 0.3 * side), frame.peak.y + hand.between(20, 46)),
        clouds=[
            Point(frame.width * (0.5 - 0.31 * side), frame.peak.y + hand.between(4, 30)),
            Point(frame.width * (0.5 + 0.37 * side), frame.peak.y + hand.between(66, 92)),
        ],
        birds=[Point(frame.width * (0.5 - 0.22 * side) + 15 * n, frame.peak.y + 52 + hand.wobble(9)) for n in range(3)],
        far=_skyline(frame, Hand(seed=seed, part="far"), height=0.52, peaks=5),
        ridge=_skyline(frame, Hand(seed=seed, part="ridge"), height=0.3, peaks=7),
        near=[*reversed(left), *right[1:]],
        shade=[*spine, *reversed(right)],
        facets=_facets(frame, left, spine, seed),
        snow=snow,
        snow_shade=snow_shade,
        ribs=[spine[:-6], *_ribs(frame, right, spine, seed)],
        hatches=list(_hatches(frame, left, seed)),
        grass=list(_grass(frame, seed)),
        valley=_hill(frame, Hand(seed=seed, part="valley"), lift=20, swell=13),
        meadow=_hill(frame, Hand(seed=seed, part="meadow"), lift=-26, swell=9),
        trees=list(_trees(frame, seed)),
        left=left,
        right=right,
    )


def _outlines(frame: Frame, seed: str) -> tuple[list[Point], list[Point], list[Point]]:
    hand = Hand(seed=seed, part="near")
    flanks = FLANKS[int(hand.between(0, len(FLANKS) - 0.01))]
    foot = frame.rise + 40

    def flank(profile: Sequence[tuple[float, float]], side: int) -> list[Point]:
        line = [
            Point(frame.peak.x + side * frame.reach * (out + hand.wobble(0.022) * (depth > 0)), frame.peak.y + foot * depth)
            for out, depth in profile
        ]
        return rugged(line, hand, tremble=0.15)

    spine = [Point(frame.peak.x + frame.reach * out * 1.3, frame.peak.y + foot * depth) for out, depth in SPINE]
    return flank(flanks[0], -1), flank(flanks[1], 1), rugged(spine, hand, tremble=0.17)


def _torn_paper(frame: Frame, seed: str) -> list[Point]:
    hand, step = Hand(seed=seed, part="paper"), 32
    width, height, edge = int(frame.width), int(frame.height), 4.0

    def side(length: int) -> list[tuple[float, float]]:
        return [(along, edge + hand.wobble(2.6)) for along in range(10, length - 9, step)]

    return [
        *(Point(along, depth) for along, depth in side(width)),
        *(Point(width - depth, along) for along, depth in side(height)),
        *(Point(along, height - depth) for along, depth in reversed(side(width))),
        *(Point(depth, along) for along, depth in reversed(side(height))),
    ]


def _skyline(frame: Frame, hand: Hand, *, height: float, peaks: int) -> list[Point]:
    base = frame.foot + 30
    gap = (frame.width + 60) / peaks
    line = [Point(-30, base - frame.rise * height * hand.between(0.5, 1))]
    for number in range(peaks):
        top = base - frame.rise * height * hand.between(0.72, 1.08)
        dip = base - frame.rise * height * hand.between(0.42, 0.66)
        x = -30 + gap * (number + 0.5 + hand.wobble(0.16))
        line += [Point(x, top), Point(x + gap * 0.5, dip)]
    return [*rugged(line, hand, tremble=0.08), Point(frame.width + 30, base), Point(-30, base)]


def _snow(
    frame: Frame, left: list[Point], right: list[Point], spine: list[Point], seed: str
) -> tuple[list[Point], list[Point]]:
    hand = Hand(seed=seed, part="snow")
    line = frame.peak.y + frame.rise * 0.23
    west, east = across(left, line + 4), across(right, line - 2)
    fringe, teeth = [Point(east, line - 2)], 6
    for tooth in range(1, teeth):
        x = east + (west - east) * (tooth + hand.wobble(0.2)) / teeth
        drip = hand.between(7, 24) if tooth % 2 else -hand.between(2, 11)
        fringe.append(Point(x, line + drip))
    fringe.append(Point(west, line + 4))
    cap = [*(p for p in reversed(left) if p.y < line + 4), *(p for p in right[1:] if p.y < line - 2)]
    middle = across(spine, line)
    east_fringe = [p for p in fringe if p.x > middle + 2]
    shade = [p for p in spine if p.y < line - 1] + [Point(middle, line), *reversed(east_fringe)]
    shade += [p for p in reversed(right) if p.y < line - 2]
    return [*cap, *fringe], shade


def _facets(frame: Frame, left: list[Point], spine: list[Point], seed: str) -> list[list[Point]]:
    """Planes of rock on the sunny side, a tone darker, each hanging from the spine or the flank."""
    hand, planes = Hand(seed=seed, part="facets"), []
    for depth, share, long in ((0.34, 0.5, 0.2), (0.52, 0.28, 0.27), (0.66, 0.66, 0.26)):
        y = frame.peak.y + frame.rise * (depth + hand.wobble(0.03))
        west, east = across(left, y), across(spine, y)
        top = Point(west + (east - west) * (share + hand.wobble(0.08)), y)
        tall, broad = frame.rise * long, frame.rise * long * 0.5
        corners = [
            top,
            Point(top.x + broad * 0.3, top.y + tall * 0.4),
            Point(top.x + broad * 0.12, top.y + tall * 0.62),
            Point(top.x + broad * 0.5, top.y + tall),
            Point(top.x - broad * 0.25, top.y + tall * 0.8),
            Point(top.x - broad * 0.12, top.y + tall * 0.45),
            top,
        ]
        planes.append(rugged(corners, hand, tremble=0.09)[:-1])
    return planes


def _ribs(frame: Frame, right: list[Point], spine: list[Point], seed: str) -> Iterator[list[Point]]:
    """Ink lines down the shaded side, where one buttress stands before another."""
    hand = Hand(seed=seed, part="ribs")
    for depth, share, long in ((0.36, 0.55, 0.2), (0.55, 0.35, 0.25), (0.62, 0.72, 0.2)):
        y = frame.peak.y + frame.rise * (depth + hand.wobble(0.03))
        x = across(spine, y) + (across(right, y) - across(spine, y)) * (share + hand.wobble(0.06))
        line = [Point(x, y)]
        for _ in range(4):
            x, y = x + frame.rise * long * hand.between(-0.02, 0.26), y + frame.rise * long / 4
            line.append(Point(x, y))
        yield line


def _hatches(frame: Frame, left: list[Point], seed: str) -> Iterator[tuple[Point, Point]]:
    """Loose strokes along the sunny flank that follow the fall of the rock."""
    hand = Hand(seed=seed, part="hatch")
    for row in range(9):
        y = frame.peak.y + frame.rise * (0.29 + 0.66 * row / 9)
        x = across(left, y)
        for stroke in range(2 + row % 2):
            start = Point(x + 8 + stroke * 5 + hand.wobble(2), y + stroke * 4 + hand.wobble(3))
            long = hand.between(5, 13)
            yield start, Point(start.x - long * 0.5, start.y + long)


def _grass(frame: Frame, seed: str) -> Iterator[Point]:
    hand = Hand(seed=seed, part="grass")
    for _ in range(11):
        yield Point(hand.between(14, frame.width - 14), hand.between(frame.foot + 58, frame.height - 14))


def _hill(frame: Frame, hand: Hand, *, lift: float, swell: float) -> list[Point]:
    """Corners of a rolling hill; drawn as one soft line through them."""
    steps, base = 4, frame.foot - lift + 18
    return [
        Point(-20 + (frame.width + 40) * n / steps, base + (swell if n % 2 else -swell) * hand.between(0.4, 1))
        for n in range(steps + 1)
    ]


def _trees(frame: Frame, seed: str) -> Iterator[tuple[Point, float]]:
    """Small woods at both sides, behind the base camp, farther trees smaller."""
    hand = Hand(seed=seed, part="trees")
    for side in (0, 1):
        for number in range(7):
            out = 6 + number * frame.width / 40 + hand.wobble(5)
            near = 1 - number / 9
            yield (
                Point(frame.width - out if side else out, frame.foot + 6 + 34 * near * hand.between(0.1, 1)),
                0.62 + 0.55 * near * hand.between(0.55, 1),
            )
