"""Pen strokes: outlines written as short SVG paths in whole units."""

import itertools
from collections.abc import Iterable, Sequence

from .geometry import Bend, Point


def outline(points: Sequence[Point], *, is_closed: bool = True) -> str:
    """Write a path of straight strokes, each relative to the one before, for that is shortest."""
    x, y = round(points[0].x), round(points[0].y)
    path = [f"M{x} {y}l"]
    for point in points[1:]:
        path.append(_pair(round(point.x) - x, round(point.y) - y))
        x, y = round(point.x), round(point.y)
    return _tight(path) + ("z" if is_closed else "")


def strokes(lines: Iterable[tuple[Point, Point]]) -> str:
    """Write many loose strokes as one path, each starting from where the last one ended."""
    return loose(((start.x, start.y), (end.x, end.y)) for start, end in lines)


def loose(lines: Iterable[Sequence[tuple[float, float]]]) -> str:
    """Write many loose lines as one path in relative steps."""
    x, y, path = 0, 0, ""
    for line in lines:
        for number, point in enumerate(line):
            step = _pair(round(point[0]) - x, round(point[1]) - y)
            x, y = round(point[0]), round(point[1])
            path += ("M" if not path else "m" if number == 0 else "l") + step
    return path


def soft(points: Sequence[Point], floor: float) -> str:
    """Write a rolling line through the middles of these corners, closed at the bottom of the paper."""
    middles = [before.to(after, 0.5) for before, after in itertools.pairwise(points)]
    path = f"M{points[0].x:.0f} {floor:.0f}V{points[0].y:.0f}"
    for corner, middle in zip(points[1:-1], middles[1:], strict=True):
        path += f"Q{corner.x:.0f} {corner.y:.0f} {middle.x:.0f} {middle.y:.0f}"
    return path + f"T{points[-1].x:.0f} {points[-1].y:.0f}V{floor:.0f}z"


def curve(bends: Sequence[Bend]) -> str:
    """Write a chain of bends."""
    if not bends:
        return ""
    path = [f"M{bends[0].start.x:.0f} {bends[0].start.y:.0f}C"]
    for bend in bends:
        path += [_pair(round(point.x), round(point.y)) for point in bend[1:]]
    return _tight(path)


def _pair(x: int, y: int) -> str:
    return f"{x}{y}" if y < 0 else f"{x} {y}"


def _tight(parts: list[str]) -> str:
    path = parts[0]
    for part in parts[1:]:
        path += part if part[0] == "-" or path[-1].isalpha() else " " + part
    return path
