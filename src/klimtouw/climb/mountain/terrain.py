"""The land: paper size, the mountain's own ridge, snow, rock, hills, trees and sky, all from the seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .climb import Shape
from .geometry import Point, across, rugged
from .hand import Hand

ROOMY = 8
GROWTH = 5.6
# Profiles of half a mountain, top to foot: how far out (share of the half width) at which depth (share of the height).
STEEP = ((0, 0), (0.08, 0.07), (0.12, 0.19), (0.27, 0.31), (0.33, 0.42), (0.53, 0.58), (0.66, 0.74), (1, 1))
SHOULDER = ((0, 0), (0.06, 0.1), (0.21, 0.17), (0.28, 0.3), (0.45, 0.38), (0.53, 0.53), (0.74, 0.7), (1, 1))
BROAD = ((0, 0), (0.11, 0.06), (0.19, 0.16), (0.24, 0.29), (0.41, 0.44), (0.47, 0.55), (0.7, 0.73), (1, 1))
FLANKS = ((STEEP, SHOULDER), (SHOULDER, STEEP), (BROAD, SHOULDER), (STEEP, BROAD), (BROAD, STEEP))
SPINE = (
    (0, 0),
    (0.02, 0.06),
    (-0.03, 0.14),
    (0.045, 0.24),
    (0.0, 0.33),
    (0.07, 0.46),
    (0.03, 0.6),
    (0.12, 0.78),
    (0.1, 1),
)
CLOSE_TOGETHER = 0.68
# Ribs of rock: towards which flank, at which depth, how far from the spine to that flank, how long.
RIBS = (
    (1, 0.34, 0.5, 0.2),
    (1, 0.56, 0.36, 0.25),
    (-1, 0.42, 0.45, 0.24),
    (-1, 0.64, 0.7, 0.24),
)
# Planes of rock: at which depth, how far from the flank to the spine, how long.
SUNNY_PLANES = ((0.3, 0.62, 0.2), (0.5, 0.25, 0.3), (0.62, 0.64, 0.3))
SHADED_PLANES = ((0.42, 0.48, 0.36),)


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
    left: list[Point]
    right: list[Point]

    def room_at(self, y: float) -> tuple[float, float]:
        """Give the left and right edge of the mountain at a height."""
        return across(self.left, y), across(self.right, y)


def terrain_for(frame: Frame, seed: str) -> Terrain:
    """Shape the land of this climb."""
    left, right, spine = _outlines(frame, seed)
    snow, snow_shade = _snow(frame, left, right, spine, seed)
    ribs = _ribs(frame, left, right, spine, seed)
    hand = Hand(seed=seed, part="sky")
    side = 1 if hand.wobble(1) > 0 else -1
    return Terrain(
        sky=_torn_paper(frame, seed),
        sun=Point(frame.width * (0.5 + 0.3 * side), frame.peak.y + frame.rise * hand.between(0.26, 0.36)),
        clouds=[Point(frame.width * (0.5 - 0.31 * side), frame.peak.y + hand.between(4, 34))],
        birds=[
            Point(frame.width * (0.5 - 0.22 * side) + 15 * n, frame.peak.y + 52 + hand.wobble(9))
            for n in range(3)
        ],
        far=_skyline(frame, Hand(seed=seed, part="far"), height=0.62, peaks=4),
        ridge=_skyline(frame, Hand(seed=seed, part="ridge"), height=0.36, peaks=6),
        near=[*reversed(left), *right[1:]],
        shade=[*spine, Point(frame.width + 9, spine[-1].y), Point(frame.width + 9, spine[0].y)],
        facets=[
            *_facets(frame, left, spine, seed, SUNNY_PLANES),
            *_facets(frame, right, spine, seed, SHADED_PLANES),
        ],
        snow=snow,
        snow_shade=snow_shade,
        ribs=ribs,
        hatches=list(_hatches(frame, ribs, left, seed)),
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
            Point(
                frame.peak.x + side * frame.reach * (out + hand.wobble(0.022) * (depth > 0)),
                frame.peak.y + foot * depth,
            )
            for out, depth in profile
        ]
        return rugged(line, hand, tremble=0.19)

    spine = [
        Point(frame.peak.x + frame.reach * out * 1.3, frame.peak.y + foot * depth) for out, depth in SPINE
    ]
    return flank(flanks[0], -1), flank(flanks[1], 1), rugged(spine, hand, tremble=0.17)


def _torn_paper(frame: Frame, seed: str) -> list[Point]:
    hand = Hand(seed=seed, part="paper")

    def side(length: float) -> list[tuple[float, float]]:
        steps = round(length / 80)
        return [(7 + (length - 14) * step / steps, 4 + hand.wobble(2.6)) for step in range(steps + 1)]

    return [
        *(Point(along, depth) for along, depth in side(frame.width)),
        *(Point(frame.width - depth, along) for along, depth in side(frame.height)),
        *(Point(along, frame.height - depth) for along, depth in reversed(side(frame.width))),
        *(Point(depth, along) for along, depth in reversed(side(frame.height))),
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
    return [*line, Point(frame.width + 30, base), Point(-30, base)]


def _snow(
    frame: Frame, left: list[Point], right: list[Point], spine: list[Point], seed: str
) -> tuple[list[Point], list[Point]]:
    """The fringe of the snow, and its shaded half; both run on beyond the ridge, which cuts them off."""
    hand = Hand(seed=seed, part="snow")
    line = frame.peak.y + frame.rise * 0.23
    west, east = across(left, line + 4), across(right, line - 2)
    fringe, teeth = [Point(east + 9, line - 6)], 6
    for tooth in range(1, teeth):
        x = east + (west - east) * (tooth + hand.wobble(0.2)) / teeth
        drip = hand.between(7, 24) if tooth % 2 else -hand.between(2, 11)
        fringe.append(Point(x, line + drip))
    fringe.append(Point(west - 9, line))
    sky = frame.peak.y - 9
    middle = across(spine, line)
    shaded = [p for p in spine if p.y < line - 1] + [Point(middle, line)]
    shaded += [p for p in reversed(fringe) if p.x > middle + 2] + [Point(east + 9, sky)]
    return [Point(east + 9, sky), *fringe, Point(west - 9, sky)], shaded


def _facets(
    frame: Frame,
    flank: list[Point],
    spine: list[Point],
    seed: str,
    planes: Sequence[tuple[float, float, float]],
) -> list[list[Point]]:
    """Planes of rock a tone darker than what is around them, each hanging from a corner."""
    hand = Hand(seed=seed, part=f"facets {len(planes)}")
    return [_facet(frame, flank, spine, hand, *plane) for plane in planes]


def _facet(
    frame: Frame, flank: list[Point], spine: list[Point], hand: Hand, depth: float, share: float, long: float
) -> list[Point]:
    y = frame.peak.y + frame.rise * (depth + hand.wobble(0.03))
    outer, inner = across(flank, y), across(spine, y)
    top = Point(outer + (inner - outer) * (share + hand.wobble(0.08)), y)
    tall = frame.rise * long
    shape = ((0, 0), (0.16, 0.36), (0.07, 0.6), (0.27, 1), (-0.15, 0.8), (-0.06, 0.46))
    return [
        Point(
            top.x + tall * (x + hand.wobble(0.04) * (down > 0)),
            top.y + tall * (down + hand.wobble(0.05) * (down > 0)),
        )
        for x, down in shape
    ]


def _ribs(
    frame: Frame, left: list[Point], right: list[Point], spine: list[Point], seed: str
) -> list[list[Point]]:
    """Lines down the rock where one buttress stands before another; the hatching hangs from them."""
    hand = Hand(seed=seed, part="ribs")
    lines = [[p for p in spine if frame.peak.y + frame.rise * 0.2 < p.y < frame.foot]]
    for edge, depth, share, long in RIBS:
        y = frame.peak.y + frame.rise * (depth + hand.wobble(0.03))
        x = across(spine, y) + (across(left if edge < 0 else right, y) - across(spine, y)) * (
            share + hand.wobble(0.06)
        )
        line = [Point(x, y)]
        for _ in range(4):
            x += edge * frame.rise * long * hand.between(-0.04, 0.26)
            y += frame.rise * long * hand.between(0.18, 0.32)
            line.append(Point(x, y))
        lines.append(line)
    return lines


def _hatches(
    frame: Frame, ribs: list[list[Point]], left: list[Point], seed: str
) -> Iterator[tuple[Point, Point]]:
    """Short strokes that fall away from every rib, long at its top and fading below."""
    hand = Hand(seed=seed, part="hatch")
    edge = [p for p in left if frame.peak.y + frame.rise * 0.27 < p.y < frame.foot]
    for number, rib in enumerate((*ribs, edge)):
        lean = 1 if rib is not edge else -1
        y, bottom = rib[0].y + 3, rib[-1].y
        while y < bottom:
            fading = 1 - 0.5 * (y - rib[0].y) / (bottom - rib[0].y)
            x = across(rib, y) + (4 if rib is edge else 2)
            long = hand.between(8, 17) * fading * (1 if number == 0 else 0.8)
            yield Point(x, y), Point(x + lean * long * hand.between(0.35, 0.6), y + long)
            y += hand.between(6, 11) if hand.between(0, 1) < CLOSE_TOGETHER else hand.between(20, 38)


def _hill(frame: Frame, hand: Hand, *, lift: float, swell: float) -> list[Point]:
    """Corners of a rolling hill; drawn as one soft line through them."""
    steps, base = 3, frame.foot - lift + 18
    return [
        Point(
            -20 + (frame.width + 40) * n / steps, base + (swell if n % 2 else -swell) * hand.between(0.4, 1)
        )
        for n in range(steps + 1)
    ]


def _trees(frame: Frame, seed: str) -> Iterator[tuple[Point, float]]:
    """Small woods at both sides, behind the base camp, farther trees smaller."""
    hand = Hand(seed=seed, part="trees")
    for side in (0, 1):
        for number in range(4):
            out = 6 + number * frame.width / 27 + hand.wobble(5)
            near = 1 - number / 6
            yield (
                Point(frame.width - out if side else out, frame.foot + 6 + 34 * near * hand.between(0.1, 1)),
                0.62 + 0.55 * near * hand.between(0.55, 1),
            )
