"""The drawing itself: layer over layer, from the sky to the paper signs."""

from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from xml.sax.saxutils import escape, quoteattr

from . import figures
from .climb import Camp, CampMark, CampState, Climb, Labels, Shape
from .geometry import Bend, Point
from .hand import Hand
from .ink import curve, loose, outline, soft, strokes
from .layout import HERE, SUMMIT, Layout, figure_size, flag_at, key_of, lay_out, mark_at, weather_at
from .lettering import clean, reads_from_the_right, shortened
from .placing import LEADING, Tag
from .route import CROWD, Spot
from .terrain import Frame, Terrain, terrain_for

INK = "#2f2a26"
PEN = 'fill="none" stroke="#5d5b57"'
CAMP_FILLS = {CampState.REACHED: "#e3a63a", CampState.AHEAD: "#fffaf0", CampState.PARKED: "#d9d5cb"}
GOLDEN = {SUMMIT, HERE}
LONGEST_TITLE, SHORTER_TITLE = 240, 84
LINKS_UP_TO = 30
MANY = 20
SCENERY_KEPT = 64


def draw_mountain(
    climb: Climb,
    *,
    title: str,
    description: str,
    words: Labels | None = None,
    shape: Shape = Shape.PORTRAIT,
) -> str:
    """Draw the climber's own mountain as one SVG picture; the same climb always gives the same picture."""
    words = words or Labels()
    layout = lay_out(climb, shape, words)
    name = "m" + sha256(f"{climb.seed}/{shape}".encode("utf-8", "replace")).hexdigest()[:5]
    width, height = layout.frame.width, layout.frame.height
    role = "group" if _has_links(layout) else "img"
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="{role}" ',
            f'class="mountain mountain--{shape}" aria-labelledby="{name}-t" aria-describedby="{name}-d" ',
            f'fill="{INK}" font-family="Atkinson Hyperlegible,Arial,sans-serif" font-size="{layout.frame.letter:g}" ',
            'text-anchor="middle" stroke-linecap="round" stroke-linejoin="round">',
            f'<title id="{name}-t">{escape(clean(title))}</title>',
            f'<desc id="{name}-d">{escape(clean(description))}</desc>',
            *_land(layout, climb.seed, name),
            *_way(layout, name),
            f'<g stroke="{INK}" stroke-width="1.2">',
            *_people(layout, climb, words),
            *_camps(layout, words, name),
            _climber(layout, climb),
            *_papers(layout, climb.seed),
            "</g>",
            *_writing(layout),
            "</svg>",
        )
    )


def _has_links(layout: Layout) -> bool:
    spots = layout.route.spots
    return len(spots) <= LINKS_UP_TO and any(spot.camp.href for spot in spots)


def _path(kind: str, d: str, paint: str) -> str:
    return f'<path class="mountain-{kind}" d="{d}" {paint}/>'


def _land(layout: Layout, seed: str, name: str) -> Iterator[str]:
    land, frame = layout.terrain, layout.frame
    yield f'<defs><clipPath id="{name}k"><path d="{outline(land.sky)}"/></clipPath>'
    yield f'<clipPath id="{name}m"><use href="#{name}n"/></clipPath>'
    used = set(_used(layout))
    yield "".join(
        body.format(id=f' id="{name}{letter}"') for letter, body in figures.DEFINED.items() if letter in used
    )
    yield f'</defs><g clip-path="url(#{name}k)">' + _scenery(frame, seed, name)


@lru_cache(maxsize=SCENERY_KEPT)
def _scenery(frame: Frame, seed: str, name: str) -> str:
    """Put the land in ink, from the sky to the meadow: numbers alone, so it may stay in memory."""
    land = terrain_for(frame, seed)
    return "".join(_layers(land, frame, name))


def _layers(land: Terrain, frame: Frame, name: str) -> Iterator[str]:
    floor = frame.height + 9
    yield f'<rect class="mountain-sky" width="{frame.width:g}" height="{frame.height:g}" fill="#f6ead2"/>'
    yield (
        f'<circle class="mountain-sun" cx="{land.sun.x:.0f}" cy="{land.sun.y:.0f}" r="26" '
        'fill="#f6cf7d" stroke="#f6dda8" stroke-width="11"/>'
    )
    clouds = "".join(f"M{at.x:.0f} {at.y:.0f}{figures.CLOUD}" for at in land.clouds)
    yield _path("cloud", clouds, 'fill="#fffaf0"')
    birds = "".join(f"M{at.x:.0f} {at.y:.0f}q3-4 5 0q3-4 5 0" for at in land.birds)
    yield _path("bird", birds, PEN)
    yield _path("far", outline(land.far), 'fill="#d5d8cc"')
    yield _path("ridge", outline(land.ridge), 'fill="#b7c2ba"')
    near = outline(land.near, is_closed=False)
    yield _path(
        "near", near, f'id="{name}n" fill="#c3b199" stroke="{INK}" stroke-width="3" paint-order="stroke"'
    )
    yield f'<g clip-path="url(#{name}m)">'
    yield _path("shade", outline(land.shade), 'fill="#7b8a8e"')
    yield _path("facet", "".join(outline(plane) for plane in land.facets), 'fill-opacity=".13"')
    yield _path("snow", outline(land.snow), 'fill="#fffaf0"')
    yield _path("snow-shade", outline(land.snow_shade), 'fill="#d3dee0"')
    ribs = loose(rib for rib in land.ribs)
    yield _path("hatch", ribs + strokes(land.hatches), PEN) + "</g>"
    yield _path("valley", soft(land.valley, floor), 'fill="#bcc38c"')
    yield _path("tree", "".join(figures.tree(at, size) for at, size in land.trees), 'fill="#4f6d57"')
    yield _path("meadow", soft(land.meadow, floor), 'fill="#9aad70"') + "</g>"


def _use(name: str, kind: str, paint: str) -> str:
    return f'<use href="#{name}" class="mountain-{kind}" {paint}/>'


def _used(layout: Layout) -> Iterator[str]:
    for spot in layout.route.spots:
        yield _shape(spot, layout)
        if spot.camp.is_reached:
            yield figures.CAMP_FLAG
        if spot.camp.weather:
            yield figures.WEATHER_SIGNS[spot.camp.weather]


def _way(layout: Layout, name: str) -> Iterator[str]:
    route = layout.route
    width = 3.4 if len(route.spots) <= CROWD else 2.4
    stubs = strokes((spot.on, spot.at) for spot in route.spots if spot.camp.is_parked)
    reached_loops = "".join(_loop(spot) for spot in route.spots if _is_loop(spot) and spot.camp.is_reached)
    ahead_loops = "".join(_loop(spot) for spot in route.spots if _is_loop(spot) and not spot.camp.is_reached)
    yield f'<g fill="none" stroke="#6b4a2f" stroke-width="{width:g}">'
    # One line serves as pale bed and as dots; what was walked is drawn over its dots.
    yield f'<g class="mountain-path" stroke="#fdf3dc" stroke-width="{width + 3.2:g}">'
    yield f'<path id="{name}r" d="{curve(route.trail.bends)}{reached_loops}{ahead_loops}"/></g>'
    if stubs:
        yield _path("stub", stubs, 'stroke-width="1.8" stroke-dasharray="0 4"')
    if route.ahead:
        yield _use(f"{name}r", "route mountain-route--ahead", 'stroke-dasharray=".5 6.5"')
    if route.walked:
        yield _path("route", curve(route.walked), "")
    if reached_loops:
        yield _path("detour", reached_loops, "")
    yield "</g>"


def _is_loop(spot: Spot) -> bool:
    return spot.camp.is_detour and not spot.camp.is_parked


def _loop(spot: Spot) -> str:
    """Leave the line, bend round the camp of the detour, come back a little farther on."""
    out = Point(spot.at.x - spot.on.x, spot.at.y - spot.on.y)
    first = Point(spot.leaves.x + out.x * 1.33, spot.leaves.y + out.y * 1.33)
    second = Point(spot.returns.x + out.x * 1.33, spot.returns.y + out.y * 1.33)
    return curve((Bend(spot.leaves, first, second, spot.returns),))


def _people(layout: Layout, climb: Climb, words: Labels) -> Iterator[str]:
    start, peak = layout.route.start, layout.frame.peak
    place = f'transform="translate({start.x:.0f} {start.y:.0f})"'
    yield _path("base", figures.BASE_CAMP, f'{place} fill="#c08457" fill-rule="evenodd"')
    yield f'<g class="mountain-flag" transform="translate({peak.x:.0f} {peak.y:.0f})">'
    yield f"<title>{escape(words.top)}</title>{figures.TOP_FLAG}</g>"
    if layout.coach:
        rope = curve(layout.rope)
        yield _path("rope", rope, 'fill="none" stroke="#dc8a24" stroke-width="2.8"')
        yield _path("twist", rope, 'fill="none" stroke="#8a4f12" stroke-width="1" stroke-dasharray="1.5 3.5"')
        side = -1 if layout.climber.x < layout.coach.x else 1
        yield _figure("coach", layout.coach, side, figures.COACH, climb.coach or "", layout)


def _climber(layout: Layout, climb: Climb) -> str:
    side = -1 if layout.climber.x > layout.frame.width / 2 else 1
    return _figure("climber", layout.climber, side, figures.CLIMBER, climb.climber, layout)


def _figure(kind: str, feet: Point, side: int, body: str, name: str, layout: Layout) -> str:
    size = figure_size(layout.frame)
    turned = "" if side * size == 1 else f"scale({side * size:g} {size:g})"
    place = f'transform="translate({feet.x:.0f} {feet.y:.0f}){turned}"'
    return f'<g class="mountain-{kind}" {place}><title>{escape(clean(name))}</title>{body}</g>'


def _camps(layout: Layout, words: Labels, name: str) -> Iterator[str]:
    """Set down flags and marks first, so that they never hide a number."""
    spots = layout.route.spots
    for spot in spots:
        if spot.camp.is_reached and not (layout.is_crowded and spot.camp.mark and spot.camp.weather):
            foot = flag_at(spot, is_signed=key_of(spot) in layout.signed)
            yield f'<use href="#{name}{figures.CAMP_FLAG}" x="{foot.x:.0f}" y="{foot.y:.0f}"/>'
    for mark, paint in figures.MARK_PAINT.items():
        marked = [spot for spot in spots if spot.camp.mark == mark]
        d = "".join(
            figures.MARKS[mark].format(
                x=mark_at(spot, layout.is_crowded).x, y=mark_at(spot, layout.is_crowded).y
            )
            for spot in marked
        )
        if d:
            yield _path("mark", d, f'fill="{paint}"')
    yield from (_weather(spot, layout, name) for spot in spots if spot.camp.weather)
    for state, fill in CAMP_FILLS.items():
        same = [spot for spot in spots if spot.camp.state == state]
        if same:
            kind = "" if state == CampState.AHEAD else f" mountain-camp--{state}"
            yield f'<g class="mountain-camp{kind}" fill="{fill}">'
            yield from (_camp(spot, layout, words, name) for spot in same)
            yield "</g>"
    numbers = [spot for spot in spots if _shape(spot, layout) in figures.STONES]
    if numbers:
        yield '<g class="mountain-number" stroke="none">'
        yield from (
            f'<text x="{spot.at.x:.0f}" y="{spot.at.y + 4:.0f}">{spot.number}</text>' for spot in numbers
        )
        yield "</g>"


def _weather(spot: Spot, layout: Layout, name: str) -> str:
    foot, sign = weather_at(spot, layout.is_crowded), figures.WEATHER_SIGNS[spot.camp.weather]
    return f'<use href="#{name}{sign}" x="{foot.x:.0f}" y="{foot.y:.0f}"/>'


def _shape(spot: Spot, layout: Layout) -> str:
    if spot.is_current:
        return figures.FLAT_STONE
    if key_of(spot) in layout.signed:
        return figures.PACKED_TENT if spot.camp.is_parked else figures.TENT
    return figures.STONES[spot.number % len(figures.STONES)]


def _camp(spot: Spot, layout: Layout, words: Labels, name: str) -> str:
    place = f'x="{spot.at.x:.0f}" y="{spot.at.y:.0f}"'
    title = f"<title>{escape(_spoken(spot, words, is_short=len(layout.route.spots) > MANY))}</title>"
    drawn = f'<use href="#{name}{_shape(spot, layout)}" {place}>{title}</use>'
    if spot.camp.href and _has_links(layout):
        return f"<a href={quoteattr(spot.camp.href)}>{drawn}</a>"
    return drawn


def _spoken(spot: Spot, words: Labels, *, is_short: bool) -> str:
    """Say what a camp is, in full; beyond twenty stages its name may be cut, the text list has it whole."""
    camp = spot.camp
    facts = (
        (words.reached, camp.is_reached),
        (words.parked, camp.is_parked),
        (words.detour, camp.is_detour),
        (words.turning_point, camp.mark == CampMark.TURNING_POINT),
        (words.opportunity, camp.mark == CampMark.OPPORTUNITY),
    )
    said = ", ".join([*(word for word, is_so in facts if is_so), *_said_weather(camp, words)])
    label = shortened(clean(camp.label), SHORTER_TITLE if is_short else LONGEST_TITLE)
    return f"{spot.number}. {label}" + (f" ({said})" if said else "")


def _said_weather(camp: Camp, words: Labels) -> Iterator[str]:
    if camp.weather:
        yield words.weather.get(camp.weather, "")


def _papers(layout: Layout, seed: str) -> Iterator[str]:
    hand = Hand(seed=seed, part="signs")
    leaders = strokes(tag.leader for tag in layout.tags if tag.leader)
    if leaders:
        yield _path("leader", leaders, 'fill="none" stroke-width="1"')
    plain = "".join(_paper(tag, hand) for tag in layout.tags if tag.key not in GOLDEN)
    if plain:
        yield _path("tag", plain, 'fill="#fffaf0" stroke="#fffaf0" stroke-width="3"')
    gold = "".join(_paper(tag, hand) for tag in layout.tags if tag.key in GOLDEN)
    yield _path("tag mountain-tag--gold", gold, 'fill="#f3c765"')


def _writing(layout: Layout) -> Iterator[str]:
    groups = (
        ("", "", [tag for tag in layout.tags if tag.key not in GOLDEN]),
        (" mountain-label--gold", ' font-weight="700"', [tag for tag in layout.tags if tag.key == HERE]),
        (" mountain-label--summit", ' font-weight="700"', [tag for tag in layout.tags if tag.key == SUMMIT]),
    )
    for kind, weight, tags in groups:
        if tags:
            size = "" if tags[0].size == layout.frame.letter else f' font-size="{tags[0].size:g}"'
            yield f'<g class="mountain-label{kind}"{size}{weight}>'
            for tag in tags:
                yield from _lines(tag)
            yield "</g>"


def _paper(tag: Tag, hand: Hand) -> str:
    """Cut a sign by hand: corners that are never quite square; the summit's is a ribbon with notched ends."""
    box = tag.box.grown(-1.5)
    x, y, w, h = round(box.left), round(box.top), round(box.width), round(box.height)
    a, b, c = round(hand.wobble(1.4)), round(hand.wobble(1.4)), round(hand.wobble(1.2))
    if tag.key == SUMMIT:
        return f"M{x} {y}q{w // 2} 4 {w} 0l-7 {h // 2}l7 {h - h // 2}q{-(w // 2)} 4 {-w} 0l7-{h - h // 2}z"
    return f"M{x} {y}l{w} {a}l{c} {h - a}l{-w - c} {b}z"


def _lines(tag: Tag) -> Iterator[str]:
    middle = tag.box.middle.x
    paint = ' direction="rtl" unicode-bidi="embed"' if reads_from_the_right(" ".join(tag.lines)) else ""
    block = len(tag.lines) * tag.size * LEADING
    top = tag.box.middle.y - block / 2
    for number, line in enumerate(tag.lines):
        baseline = top + tag.size * (number * LEADING + 0.96)
        yield f'<text x="{middle:.0f}" y="{baseline:.0f}"{paint}>{escape(line)}</text>'
