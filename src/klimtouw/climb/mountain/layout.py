"""Where everything comes on the paper, as data: the drawing puts it in ink, the tests measure it."""

from collections.abc import Iterator
from dataclasses import dataclass

from .climb import MOST_CAMPS, CampMark, Climb, Labels, Shape
from .geometry import Bend, Box, Point, box_around
from .hand import Hand
from .lettering import clean, shortened, width_of
from .placing import Ground, Tag, Wish, place_tags
from .route import Route, Spot, route_for
from .terrain import Frame, Terrain, frame_for, terrain_for

SUMMIT, HERE, START, COACH = "summit", "here", "start", "coach"
FIGURE = Point(22, 36)
LONGEST_WORDS = 400
ROOMY, BUSY = 14, 24
MARKER, PATH, ROPE = 60.0, 3.0, 2.5


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
    def figure_size(self) -> float:
        """How large the people are drawn; a wide sheet is looked at from farther away."""
        return 1.0 if self.frame.width < self.frame.height else 1.2

    @property
    def paper(self) -> Box:
        """The whole drawing."""
        return Box(0, 0, self.frame.width, self.frame.height)


def lay_out(climb: Climb, shape: Shape, words: Labels) -> Layout:
    """Decide where everything comes."""
    climb = _near_the_climber(climb)
    frame = frame_for(shape, len(climb.camps), climb.seed)
    terrain = terrain_for(frame, climb.seed)
    route = route_for(climb, frame, terrain, shape)
    climber = Point(route.climber.x, route.climber.y - (7 if route.walked and not climb.is_reached else 0))
    coach = _place_of_coach(frame, route, climb)
    rope = _rope(climber, coach, climb.seed) if coach else ()
    ground = _ground(frame, route, climber, coach, rope)
    tags = place_tags(_wishes(climb, words, shape, frame, route, climber, coach), ground)
    signed = frozenset(tag.key for tag in tags if tag.key.startswith("camp "))
    return Layout(frame, terrain, route, tags, climber, coach, rope, signed)


def key_of(spot: Spot) -> str:
    """Name the sign of a camp."""
    return f"camp {spot.number}"


def _near_the_climber(climb: Climb) -> Climb:
    """Keep the sixty stages around the climber; the text list beside the drawing has them all."""
    if len(climb.camps) <= MOST_CAMPS:
        return climb
    reached = [place for place, camp in enumerate(climb.camps) if camp.is_reached]
    first = min(max((reached[-1] if reached else 0) - MOST_CAMPS // 2, 0), len(climb.camps) - MOST_CAMPS)
    kept = climb.camps[first : first + MOST_CAMPS]
    return Climb(climb.summit, kept, climb.climber, climb.coach, climb.seed, climb.is_reached)


def _place_of_coach(frame: Frame, route: Route, climb: Climb) -> Point | None:
    if climb.coach is None:
        return None
    side = 1 if route.start.x < frame.width / 2 else -1
    return Point(route.start.x + side * (64 if frame.width < frame.height else 84), frame.foot + (74 if frame.width < frame.height else 64))


def _rope(climber: Point, coach: Point, seed: str) -> tuple[Bend, ...]:
    """Let the rope hang from the climber's waist to the coach's hands, a little slack, never tight."""
    hand = Hand(seed=seed, part="rope")
    side = 1 if climber.x > coach.x else -1
    top, hands = Point(climber.x, climber.y - 13), Point(coach.x + side * 9, coach.y - 17)
    drop = hands.y - top.y
    slack = min(34.0, 10 + drop * 0.12) + hand.wobble(4)
    first = Point(top.x + (hands.x - top.x) * 0.12 - side * slack * 0.3, top.y + drop * 0.42 + 6)
    second = Point(hands.x + (top.x - hands.x) * 0.34, hands.y - drop * 0.02 + slack * 0.35)
    return (Bend(top, first, second, hands),)


def _ground(
    frame: Frame, route: Route, climber: Point, coach: Point | None, rope: tuple[Bend, ...]
) -> Ground:
    ground = Ground(frame.width, frame.height)
    for point in route.trail.points[::2]:
        ground.put(box_around(point, 5, 5), PATH)
    for spot in route.spots:
        ground.put(box_around(spot.at, 22, 22), MARKER)
    for bend in rope:
        for step in range(1, 24):
            ground.put(box_around(bend.at(step / 24), 3, 3), ROPE)
    for feet in (climber, coach):
        if feet is not None:
            ground.put(_figure_box(feet), MARKER * 2)
    ground.put(box_around(Point(frame.peak.x + 6, frame.peak.y - 13), 24, 30), MARKER)
    ground.put(box_around(Point(route.start.x, route.start.y), 34, 26), MARKER)
    return ground


def _figure_box(feet: Point) -> Box:
    return Box(feet.x - FIGURE.x / 2, feet.y - FIGURE.y, FIGURE.x, FIGURE.y)


def _wishes(
    climb: Climb, words: Labels, shape: Shape, frame: Frame, route: Route, climber: Point, coach: Point | None
) -> Iterator[Wish]:
    """Ask for signs in order of importance: the top, where I am, what comes next, then what fits."""
    size, wide = frame.letter, 218.0 if shape == Shape.PORTRAIT else 330.0
    summit = clean(climb.summit)[:LONGEST_WORDS] or words.top
    top = Point(frame.peak.x, frame.peak.y - 26)
    yield Wish(SUMMIT, (summit,), top, size + 1.4, True, (wide, wide * 0.7, wide * 0.5), clear=-2)
    rooms = (128.0, 104.0, 84.0) if shape == Shape.PORTRAIT else (172.0, 132.0, 104.0)
    me = Point(climber.x, climber.y - 22)
    current = next((spot for spot in route.spots if spot.is_current), None)
    following = next((spot for spot in route.spots if not spot.camp.is_reached and not spot.camp.is_parked), None)
    for spot in (current, following):
        if spot is not None:
            yield _camp_wish(spot, size, rooms, is_needed=True)
    yield Wish(HERE, tuple(_here(climb, words, size)), me, size, True, rooms)
    if coach is not None and climb.coach:
        yield Wish(COACH, (clean(climb.coach),), Point(coach.x, coach.y - 15), size, True, rooms[1:], clear=1)
    if current is not None or climb.is_reached:
        yield Wish(START, (clean(words.start),), Point(route.start.x, route.start.y), size, False, rooms, clear=6)
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
    name = shortened(clean(climb.climber), 40)
    if name and width_of(name, size) < width_of(words.here, size) + 40:
        yield name
    yield clean(words.here)


