"""The winding route: hairpins up the face of the mountain, with a place for every camp."""

import itertools
from dataclasses import dataclass

from .climb import MOST_CAMPS, Camp, Climb, Shape
from .geometry import Bend, Point, Trail, mean
from .hand import Hand
from .terrain import Frame, Terrain

CROWD = 11
ROUNDING, CROWDED_ROUNDING = 0.56, 0.8
CLEARANCE = 15
STEP_OUT = 27
ELBOW_ROOM = 23
NUDGES = 10
EDGE = 16
BAND = {Shape.PORTRAIT: 2.5, Shape.LANDSCAPE: 1.7}


@dataclass(frozen=True)
class Spot:
    """A camp on the paper: `on` the line of the route, `at` its own place (aside for parked ones and detours)."""

    camp: Camp
    number: int
    on: Point
    at: Point
    walked: float
    leaves: Point
    returns: Point
    is_current: bool

    def of(self, camp: Camp) -> "Spot":
        """Give the same place with the words of its camp."""
        return Spot(
            camp, self.number, self.on, self.at, self.walked, self.leaves, self.returns, self.is_current
        )


@dataclass(frozen=True)
class Route:
    """The line from the valley to the top, cut where the climber stands."""

    trail: Trail
    walked: tuple[Bend, ...]
    ahead: tuple[Bend, ...]
    spots: tuple[Spot, ...]
    start: Point
    climber: Point


def route_for(climb: Climb, frame: Frame, terrain: Terrain, shape: Shape) -> Route:
    """Draw the route and set out every camp: what was reached lies below the climber, what is ahead above."""
    order = _near_the_climber(in_climbing_order(climb.camps))
    reached = [place for place, (_, camp) in enumerate(order) if camp.is_reached]
    current = reached[-1] if reached else None
    count = len(order)
    trail = _trail(climb.seed, count, frame, terrain, shape, None)
    if count > CROWD and current is not None:
        band = trail.at(_lengths(trail, frame, count)[current]).y
        trail = _trail(climb.seed, count, frame, terrain, shape, band)
    lengths = _lengths(trail, frame, count)
    spots = _spots(order, current, trail, lengths, frame)
    if climb.is_reached:
        standing, climber = trail.length, trail.at(trail.length)
    elif current is None:
        standing, climber = 0.0, trail.at(STEP_OUT)
    else:
        standing, climber = spots[current].walked, spots[current].at
    walked, ahead = trail.split(standing)
    return Route(trail, walked, ahead, spots, trail.at(0), climber)


def in_climbing_order(camps: tuple[Camp, ...]) -> list[tuple[int, Camp]]:
    """Order camps from the valley up, each with its number in the list.

    Reached camps come first, for everything reached lies below the climber; a parked one stays beside its neighbour.
    """
    numbered, is_behind = list[tuple[bool, int, Camp]](), True
    for number, camp in enumerate(camps, start=1):
        is_behind = is_behind if camp.is_parked else camp.is_reached
        numbered.append((not is_behind, number, camp))
    return [(number, camp) for _, number, camp in sorted(numbered, key=lambda entry: entry[:2])]


def _near_the_climber(order: list[tuple[int, Camp]]) -> list[tuple[int, Camp]]:
    """Keep the sixty stages around the climber; the text list beside the drawing has them all."""
    reached = [place for place, (_, camp) in enumerate(order) if camp.is_reached]
    first = (reached[-1] if reached else 0) - MOST_CAMPS // 2
    first = max(min(first, len(order) - MOST_CAMPS), 0)
    return order[first : first + MOST_CAMPS]


def _lengths(trail: Trail, frame: Frame, count: int) -> list[float]:
    low = min(44.0, trail.length * 0.1)
    high = trail.walked_to_height(frame.peak.y + (30 if count > CROWD else 44))
    lengths = [low + (high - low) * (place + 0.5) / count for place in range(count)]
    return _with_elbow_room(trail, lengths) if count > CROWD else lengths


def _with_elbow_room(trail: Trail, lengths: list[float]) -> list[float]:
    """Push camps apart along the route where a hairpin brings them too close together."""
    places = [trail.at(walked) for walked in lengths]
    for _ in range(NUDGES):
        is_still = True
        for one, other in ((at, at + step) for step in (1, 2) for at in range(len(lengths) - step)):
            lack = ELBOW_ROOM - places[one].distance(places[other])
            if lack > 0:
                is_still = False
                for place, push in ((one, -lack / 2), (other, lack / 2)):
                    low = lengths[place - 1] + 2 if place else 30.0
                    high = lengths[place + 1] - 2 if place + 1 < len(lengths) else lengths[-1]
                    lengths[place] = min(max(lengths[place] + push, low), high)
                    places[place] = trail.at(lengths[place])
        if is_still:
            break
    return lengths


def _turns(shape: Shape, count: int) -> int:
    if shape == Shape.LANDSCAPE:
        return round(3.4 + count / 13)
    return round(4 + count / 6.2)


def _trail(seed: str, count: int, frame: Frame, terrain: Terrain, shape: Shape, band: float | None) -> Trail:
    hand = Hand(seed=seed, part="route")
    side = 1 if hand.wobble(1) > 0 else -1
    turns, spread = _turns(shape, count), (0.72 if count <= CROWD else 0.96)
    low, high = frame.foot + 4, frame.peak.y + frame.rise * (0.13 if count <= CROWD else 0.1)
    corners = [Point(frame.width * (0.5 - 0.12 * side), frame.foot + 42)]
    for turn, y in enumerate(_heights(low, high, turns, band, BAND[shape])):
        left, right = terrain.room_at(y)
        left, right = max(left, 10) + CLEARANCE, min(right, frame.width - 10) - CLEARANCE
        middle, half = (left + right) / 2, (right - left) / 2
        x = middle + half * (spread + hand.wobble(0.05)) * side * (1 if turn % 2 == 0 else -1)
        corners.append(Point(x, y))
    corners.append(Point(frame.peak.x, frame.peak.y + 3))
    rounding = ROUNDING if count <= CROWD else CROWDED_ROUNDING
    return Trail([_bend(before, after, rounding) for before, after in itertools.pairwise(corners)])


def _heights(low: float, high: float, turns: int, band: float | None, factor: float) -> list[float]:
    """Spread the hairpins over the face, wider apart near the climber so that there is room for words."""
    even = (low - high) / (turns - 1)
    gaps = [1.12 - 0.3 * gap / turns for gap in range(turns - 1)]
    if band is not None:
        here = min(max(int((low - band) / even), 0), turns - 2)
        gaps = [gap * (factor if place in (here, here + 1) else 1) for place, gap in enumerate(gaps)]
    scale = (low - high) / (mean(gaps) * len(gaps))
    heights = [low]
    for gap in gaps:
        heights.append(heights[-1] - gap * scale)
    return heights


def _bend(before: Point, after: Point, rounding: float) -> Bend:
    drop = (after.y - before.y) * rounding
    return Bend(before, Point(before.x, before.y + drop), Point(after.x, after.y - drop), after)


def _spots(
    order: list[tuple[int, Camp]], current: int | None, trail: Trail, lengths: list[float], frame: Frame
) -> tuple[Spot, ...]:
    on_line = [trail.at(walked) for walked in lengths]
    is_aside = [camp.is_parked or camp.is_detour for _, camp in order]
    taken = [point for point, aside in zip(on_line, is_aside, strict=True) if not aside]
    spots = []
    for place, (number, camp) in enumerate(order):
        walked, on = lengths[place], on_line[place]
        leaves, returns = trail.at(walked - 13), trail.at(walked + 13)
        at = on
        if is_aside[place]:
            at = _aside(on, leaves, returns, taken, frame, 22 if len(order) <= CROWD else 17)
            taken.append(at)
        spots.append(Spot(camp, number, on, at, walked, leaves, returns, place == current))
    return tuple(spots)


def _aside(on: Point, before: Point, after: Point, taken: list[Point], frame: Frame, off: float) -> Point:
    """Step off the line to the side with most room."""
    long = before.distance(after) or 1
    across = Point(-(after.y - before.y) / long, (after.x - before.x) / long)
    along = Point((after.x - before.x) / long, (after.y - before.y) / long)
    best, widest = on, -1.0
    for side in (1, -1):
        for shift in (0, 5, -5):
            x = on.x + across.x * off * side + along.x * shift
            y = on.y + across.y * off * side + along.y * shift
            free = min((other.distance(Point(x, y)) for other in taken), default=99.0)
            is_inside = EDGE <= x <= frame.width - EDGE and frame.peak.y + 26 <= y <= frame.foot + 60
            if is_inside and free > widest:
                best, widest = Point(x, y), free
    return best
