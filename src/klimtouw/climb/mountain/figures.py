"""Small figures in ink: people, tents, stones, flags. Each stands on the point (0, 0) and is drawn by us."""

from .climb import CampMark, CampWeather
from .geometry import Point

CLOUD = "c3-8 12-9 16-4c5-6 16-3 16 4c6-1 9 6 2 7h-36c-7-1-5-8 2-7z"
# What occurs often is defined once, under a letter, and set down by reference.
STONES = "abc"
FLAT_STONE, TENT, PACKED_TENT, CAMP_FLAG = "d", "t", "p", "f"
FLAG = 'class="mountain-flag" fill="#d9771f"'
DEFINED = {
    "a": '<path{id} d="M-11 1c0-8 6-11 12-10c7 0 11 4 10 10c0 7-5 9-11 9c-7 0-11-3-11-9z"/>',
    "b": '<path{id} d="M-10-2c1-6 7-8 12-7c6 0 9 5 9 10c-1 6-6 9-12 8c-7 0-10-4-9-11z"/>',
    "c": '<path{id} d="M-11 2c-1-7 4-11 10-11c7-1 11 3 12 9c0 6-4 10-11 9c-7 1-11-1-11-7z"/>',
    "d": '<path{id} d="M-9-2c2-5 14-6 18-1c2 4-2 7-9 7c-7 0-11-2-9-6z"/>',
    "t": '<path{id} fill-rule="evenodd" d="M-13 7c5-4 10-11 12-17h2c3 7 7 12 12 17zM-4 7c2-3 3-6 4-12c1 5 3 9 5 12z"/>',
    "p": '<path{id} d="M-11 0c0-4 3-5 5-5h14c4 0 4 10 0 10h-15c-3 0-4-3-4-5zM-5-5v10M5-5v10"/>',
    "f": f'<path{{id}} {FLAG} d="M0 0v-13c4-2 6 2 11 0l-2 4l2 3c-5 2-7-1-11 0"/>',
}
TOP_FLAG = '<path d="M0 3v-26c6-3 10 3 20 0l-4 5l4 6c-9 3-13-2-20 0" fill="#d9771f"/>'
BASE_CAMP = "M-22 8c9-7 16-16 19-26h4c5 10 11 19 20 26zM-8 8c4-6 6-12 8-21c2 8 5 15 10 21z"
MARKS = {
    CampMark.TURNING_POINT: "M{x:.0f} {y:.0f}v-18m-7 1h13l4 3l-4 3h-13zm2 7h11v5h-11l-3-2z",
    CampMark.OPPORTUNITY: "M{x:.0f} {y:.0f}c1-4 0-6 0-9c-7 0-9-3-9-8c6 0 9 3 9 8c0-7 3-10 9-10c0 7-3 10-9 10",
}
# Weather, with its foot in the middle; lines only, so that each is known by its shape and not its colour.
WEATHER = {
    CampWeather.SUN: "M-3-4a3 3 0 1 1 0 .1M0 1v2M0-11v2M-7-4h2M5-4h2M-5-9l1 1M5 1l-1-1M5-9l-1 1M-5 1l1-1",
    CampWeather.CLOUDS: "M-5 0c-4-1-3-6 1-5c1-5 8-4 8 0c4-1 4 5 0 5z",
    CampWeather.RAIN: "M-5-4c-4-1-3-6 1-5c1-4 8-4 8 0c4-1 4 5 0 5zm1 3l-1 3m4-3l-1 3m4-3l-1 3",
    CampWeather.WIND: "M-7-6h9c4 0 3-5 0-4m-9 7h12c4 0 3 5 0 4m-12-1h6",
    CampWeather.FOG: "M-6-8q3-2 6 0q3 2 6 0m-12 4q3-2 6 0q3 2 6 0m-12 4q3-2 6 0q3 2 6 0",
}
WEATHER_SIGNS = dict(zip(WEATHER, "SCRWF", strict=True))
DEFINED |= {
    WEATHER_SIGNS[weather]: (
        f'<g{{id}}><path class="mountain-halo" d="{d}" fill="#fffaf0" stroke="#fffaf0" stroke-width="5"/>'
        f'<path class="mountain-weather" d="{d}" fill="#fffaf0" stroke="#2b5560" stroke-width="1.4"/></g>'
    )
    for weather, d in WEATHER.items()
}
MARK_PAINT = {CampMark.TURNING_POINT: "#e8c98f", CampMark.OPPORTUNITY: "#86a455"}
CLIMBER = (
    '<path d="M-1-13l-5 7l-1 6h3M1-13l5 5l1 8h3" fill="none" stroke="#46566b" stroke-width="3"/>'
    '<path d="M8-22l4 22M2-21l6 4" fill="none" stroke-width="1.5"/>'
    '<path d="M-4-25c-7-1-9 11-4 14l6-1z" fill="#d9771f"/>'
    '<path d="M-4-25c3-2 6-1 7 1l2 12h-10z" fill="#2e6f78"/>'
    '<circle cx="1" cy="-29" r="4.4" fill="#f1dcc0"/>'
    '<path d="M-4-30c0-8 10-8 11-1zM2-35v-2" fill="#e3a63a"/>'
)
COACH = (
    '<path d="M-2-13l-4 13h4M2-13l5 13h4" fill="none" stroke="#46566b" stroke-width="3"/>'
    '<path d="M-6-24c3-3 8-3 10 0l2 13h-13z" fill="#71618a"/>'
    '<path d="M-1-21l10 4M3-23l10-1" fill="none" stroke-width="2"/>'
    '<path class="mountain-coil" d="M13-24l-4 7c3 6 6 13 1 17c-5 3-9-2-3-4c6-2 11 2 5 5" fill="none" stroke="#dc8a24" stroke-width="2.2"/>'
    '<circle cx="0" cy="-29" r="4.6" fill="#f1dcc0"/>'
    '<path d="M1-34c-8-2-11 6-5 9c1-3 1-6 5-9z" fill="#5a4030"/>'
)


def tree(foot: Point, size: float) -> str:
    """Draw a fir of two tiers."""
    w, h = max(round(6 * size), 3), max(round(11 * size), 5)
    return f"M{foot.x:.0f} {foot.y - 2 * h:.0f}l{w} {h}h-2l{w} {h}h-{4 * w - 4}l{w}-{h}h-2z"
