"""Where everything comes on the paper, as data: the drawing puts it in ink, the tests measure it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from .climb import MOST_CAMPS, Camp, CampMark, Climb, Labels, Shape
from .geometry import Bend, Box, Point, box_around
from .hand import Hand
from .lettering import clean, shortened, width_of
from .placing import Ground, Tag, Wish, place_tags
from .route import CROWD, Route, Spot, route_for
from .terrain import Frame, Terrain, frame_for, terrain_for

SUMMIT, HERE, START, COACH = "summit", "here", "start", "coach"
FIGURE = Point(22, 36)
LONGEST_WORDS = 400
BARE_KEPT = 64
ROOMY, BUSY = 14, 24
MARKER, PATH, ROPE, PRETTY = 100.0, 2.6, 1.0, 0.6


@dataclass(frozen=True)
class Layout:
    """Every measure of one drawing."""

    frame: Frame
    terrain: Terrain
    route: Route
    tags: tuple[Tag, ...]
    climber: Point
    coach: Point | None
    rope: tuple[Bend, ...]
    signed: frozenset[str]

    @property
    def is_crowded(self) -> bool:
        """Tell whether there are more camps than the face of the mountain holds at ease."""
        return len(self.route.spots) > CROWD

    @property
    def paper(self) -> Box:
        """The whole drawing."""
        return Box(0, 0, self.frame.width, self.frame.height)


def lay_out(climb: Climb, shape: Shape, words: Labels) -> Layout:
    """Decide where everything comes."""
    bare = _bare(_without_words(climb), shape)
    spots = tuple(spot.of(climb.camps[spot.number - 1]) for spot in bare.route.spots)
    route = replace(bare.route, spots=spots)
    wishes = _wishes(climb, words, shape, bare.frame, route, bare.climber, bare.coach)
    tags = place_tags(wishes, bare.ground)
    signed = frozenset(tag.key for tag in tags if tag.key.startswith("camp "))
    return Layout(bare.frame, bare.terrain, route, tags, bare.climber, bare.coach, bare.rope, signed)


@dataclass(frozen=True)
class Bare:
    """The land, the way over it and where there is room, before anything is written on it."""

    frame: Frame
    terrain: Terrain
    route: Route
    climber: Point
    coach: Point | None
    rope: tuple[Bend, ...]
    ground: Ground


def _without_words(climb: Climb) -> Climb:
    """Keep of a climb what gives it its shape: how many stages, where each stands, whether somebody belays."""
    # Made anew, for that is three times as quick as `replace`.
    camps = tuple(
        Camp("", "", camp.state, camp.is_detour, camp.mark, weather=camp.weather) for camp in climb.camps
    )
    return Climb("", camps, "", None if climb.coach is None else "", climb.seed, climb.is_reached)


@lru_cache(maxsize=BARE_KEPT)
def _bare(climb: Climb, shape: Shape) -> Bare:
    """Shape the land and the way. What stays in memory holds nobody's words: `climb` comes without them."""
    frame = frame_for(shape, min(len(climb.camps), MOST_CAMPS), climb.seed)
    terrain = terrain_for(frame, climb.seed)
    route = route_for(climb, frame, terrain, shape)
    climber = Point(route.climber.x, route.climber.y - (4 if route.walked and not climb.is_reached else 0))
    coach = _place_of_coach(frame, route, climb)
    rope = _rope(climber, coach, climb.seed, figure_size(frame)) if coach else ()
    ground = _ground(frame, terrain, route, climber, coach, rope)
    return Bare(frame, terrain, route, climber, coach, rope, ground)


def figure_size(frame: Frame) -> float:
    """Tell how large the people are drawn; a wide sheet is looked at from farther away."""
    return 1.0 if frame.width < frame.height else 1.2


def key_of(spot: Spot) -> str:
    """Name the sign of a camp."""
    return f"camp {spot.number}"


def mark_at(spot: Spot, is_crowded: bool) -> Point:
    """Give the foot of the small mark of a camp: beside it, on top in a crowd, or clear of the climber."""
    if is_crowded and not spot.is_current:
        return Point(spot.at.x - 3, spot.at.y - 7)
    return Point(spot.at.x + (20 if spot.is_current else -15), spot.at.y + (9 if spot.is_current else -3))


def weather_at(spot: Spot, is_crowded: bool) -> Point:
    """Give the foot of the weather of a camp: at the side where no mark stands, and in a crowd in the place of the flag."""
    if is_crowded and not spot.is_current:
        return Point(spot.at.x + (12 if spot.camp.mark else -8), spot.at.y - 9)
    return Point(spot.at.x + (-22 if spot.is_current else 19), spot.at.y + 6)


def flag_at(spot: Spot, *, is_signed: bool) -> Point:
    """Give the foot of a reached camp's flag: on its tent, behind its stone, or beside the climber."""
    if spot.is_current:
        return Point(spot.at.x - 16, spot.at.y)
    return Point(spot.at.x, spot.at.y - 10) if is_signed else Point(spot.at.x + 5, spot.at.y - 7)


def _place_of_coach(frame: Frame, route: Route, climb: Climb) -> Point | None:
    if climb.coach is None:
        return None
    side = 1 if route.start.x < frame.width / 2 else -1
    is_upright = frame.width < frame.height
    return Point(route.start.x - side * (48 if is_upright else 84), frame.foot + (70 if is_upright else 66))


def _rope(climber: Point, coach: Point, seed: str, size: float) -> tuple[Bend, ...]:
    """Let the rope hang from the climber's waist to the coach's hands, a little slack, never tight."""
    hand = Hand(seed=seed, part="rope")
    side = 1 if climber.x > coach.x else -1
    top, hands = (
        Point(climber.x, climber.y - 13 * size),
        Point(coach.x + side * 13 * size, coach.y - 24 * size),
    )
    drop = hands.y - top.y
    slack = min(34.0, 10 + drop * 0.12) + hand.wobble(4)
    first = Point(top.x + (hands.x - top.x) * 0.12 - side * slack * 0.3, top.y + drop * 0.42 + 6)
    second = Point(hands.x + (top.x - hands.x) * 0.34, hands.y - drop * 0.02 + slack * 0.35)
    return (Bend(top, first, second, hands),)


def _ground(
    frame: Frame, terrain: Terrain, route: Route, climber: Point, coach: Point | None, rope: tuple[Bend, ...]
) -> Ground:
    ground = Ground(frame.width, frame.height)
    ground.put(box_around(terrain.sun, 40, 40), PRETTY)
    for share in (0.05, 0.15, 0.25):
        y = frame.peak.y + frame.rise * share
        left, right = terrain.room_at(y)
        ground.put(Box(left, y - frame.rise * 0.05, right - left, frame.rise * 0.1), PRETTY)
    for point in route.trail.points[::2]:
        ground.put(box_around(point, 5, 5), PATH)
    for spot in route.spots:
        ground.put(box_around(spot.at, 22, 22), MARKER)
        if spot.camp.is_reached:
            ground.put(Box(spot.at.x, spot.at.y - 22, 12, 12), MARKER / 16)
        if spot.camp.weather:
            foot = weather_at(spot, len(route.spots) > CROWD)
            ground.put(box_around(Point(foot.x, foot.y - 4), 16, 16), MARKER / 4)
        if spot.camp.mark:
            ground.put(
                box_around(
                    Point(
                        mark_at(spot, len(route.spots) > CROWD).x,
                        mark_at(spot, len(route.spots) > CROWD).y - 9,
                    ),
                    14,
                    14,
                ),
                MARKER / 5,
            )
    for bend in rope:
        for step in range(1, 24):
            ground.put(box_around(bend.at(step / 24), 3, 3), ROPE)
    for feet in (climber, coach):
        if feet is not None:
            ground.put(_figure_box(feet, figure_size(frame)), MARKER * 2)
    ground.put(box_around(Point(frame.peak.x + 6, frame.peak.y - 13), 24, 30), MARKER)
    ground.put(box_around(Point(route.start.x, route.start.y), 34, 26), MARKER)
    return ground


def _figure_box(feet: Point, size: float) -> Box:
    return Box(feet.x - FIGURE.x * size / 2, feet.y - FIGURE.y * size, FIGURE.x * size, FIGURE.y * size)


def _wishes(
    climb: Climb, words: Labels, shape: Shape, frame: Frame, route: Route, climber: Point, coach: Point | None
) -> Iterator[Wish]:
    """Ask for signs in order of importance: the top, where I am, what comes next, then what fits."""
    size, wide = frame.letter, 270.0 if shape == Shape.PORTRAIT else 330.0
    summit = clean(climb.summit)[:LONGEST_WORDS] or words.top
    top = Point(frame.peak.x, frame.peak.y - 26)
    yield Wish(
        SUMMIT,
        (summit,),
        top,
        size + 1.4,
        True,
        (wide, wide * 0.75, wide * 0.5),
        clear=-2,
        is_bold=True,
        beside=60,
    )
    rooms = (128.0, 104.0, 84.0) if shape == Shape.PORTRAIT else (186.0, 150.0, 112.0)
    me = Point(climber.x, climber.y - 22)
    current = next((spot for spot in route.spots if spot.is_current), None)
    following = next(
        (spot for spot in route.spots if not spot.camp.is_reached and not spot.camp.is_parked), None
    )
    for spot in (current, following):
        if spot is not None:
            yield _camp_wish(spot, size, rooms, is_needed=True)
    yield Wish(HERE, tuple(_here(climb, words, size)), me, size, True, rooms, clear=8, is_bold=True)
    if coach is not None and climb.coach:
        yield Wish(
            COACH,
            (clean(climb.coach),),
            Point(coach.x, coach.y - 15),
            size,
            True,
            rooms[1:],
            clear=1,
            is_bold=True,
        )
    if current is not None or climb.is_reached:
        yield Wish(
            START,
            (clean(words.start),),
            Point(route.start.x, route.start.y),
            size,
            False,
            rooms,
            clear=6,
            is_bold=True,
        )
    rest = [spot for spot in route.spots if spot is not current and spot is not following]
    rest.sort(key=lambda spot: (spot.camp.mark == CampMark.NONE, spot.at.distance(climber)))
    for spot in rest[: _most_signs(len(route.spots))]:
        yield _camp_wish(spot, size, rooms, is_needed=False)


def _most_signs(count: int) -> int:
    if count <= ROOMY:
        return count
    return 5 if count <= BUSY else 3


def _camp_wish(spot: Spot, size: float, rooms: tuple[float, ...], *, is_needed: bool) -> Wish:
    words = shortened(clean(spot.camp.label)[:LONGEST_WORDS], LONGEST_WORDS) or str(spot.number)
    return Wish(key_of(spot), (words,), spot.at, size, is_needed, rooms, clear=1)


def _here(climb: Climb, words: Labels, size: float) -> Iterator[str]:
    """Say who stands here, with the first name only when the whole name is long."""
    name, most = clean(climb.climber), width_of(words.here, size) + 40
    fitting = [part for part in (name, name.partition(" ")[0]) if part and width_of(part, size) < most]
    yield from fitting[:1]
    yield clean(words.here)
