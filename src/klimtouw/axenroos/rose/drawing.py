"""The drawing of the rose: petals, the knot, animals, names and marks."""

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from xml.sax.saxutils import escape

from klimtouw.axenroos.choices import Animal
from klimtouw.axenroos.drawings import SIDE, strokes_of
from klimtouw.axenroos.rose.petals import ANIMAL, WIDTH, Layout, Mark, Petal, Point, Rose, lay_out
from klimtouw.climb.mountain.lettering import clean

PAIRS = len(Animal) // 2
LONGEST_SAID = 120


def draw_rose(rose: Rose, *, names: Mapping[Animal, str], title: str, description: str, key: str) -> str:
    """Draw a rose as one picture; the same picks always give the same picture. The words in it are escaped here."""
    layout = lay_out(rose)
    name = "r" + sha256(key.encode()).hexdigest()[:6]
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {layout.height:g}" role="img" ',
            f'class="rose" aria-labelledby="{name}-t" aria-describedby="{name}-d" text-anchor="middle" ',
            'font-size="12" fill="none" stroke-linecap="round" stroke-linejoin="round">',
            f'<title id="{name}-t">{escape(clean(title))}</title>',
            f'<desc id="{name}-d">{escape(clean(description))}</desc>',
            *(_leaf(petal, number) for number, petal in enumerate(layout.petals)),
            *_knot(layout),
            *(_animal(petal, names[petal.animal]) for petal in layout.petals),
            *_marks(layout, rose),
            "</svg>",
        )
    )


def _leaf(petal: Petal, number: int) -> str:
    start = petal.bends[0][0]
    d = f"M{_at(start)}" + "".join(f"C{' '.join(map(_at, bend[1:]))}" for bend in petal.bends)
    return f'<path class="rose-petal rose-petal--{number % PAIRS + 1}" d="{d}z"/>'


def _at(point: Point) -> str:
    return f"{point[0]:.0f} {point[1]:.0f}"


def _knot(layout: Layout) -> Iterator[str]:
    """Five ropes tie each animal to the one across, in one knot."""
    ropes = "".join(
        f"M{_at(one.bends[0][0])}L{_at(other.bends[0][0])}"
        for one, other in zip(layout.petals[:PAIRS], layout.petals[PAIRS:], strict=True)
    )
    x, y = WIDTH / 2, layout.height / 2
    yield f'<path class="rose-rope" d="{ropes}"/>'
    yield f'<circle class="rose-knot" cx="{x:.0f}" cy="{y:.0f}" r="11"/>'
    yield f'<path class="rose-rope" d="M{x - 6:.0f} {y - 3:.0f}q6 8 12 0M{x - 6:.0f} {y + 4:.0f}q6-8 12 0"/>'


def _animal(petal: Petal, name: str) -> str:
    x, y = petal.middle
    half = ANIMAL / 2
    place = f'transform="translate({x - half:.0f} {y - half:.0f})scale({ANIMAL / SIDE:g})"'
    below = f'<text class="rose-name" x="{x:.0f}" y="{y + half + 11:.0f}">{escape(name)}</text>'
    return f'<g class="animal" {place}>{strokes_of(petal.animal)}</g>{below}'


def _marks(layout: Layout, rose: Rose) -> Iterator[str]:
    size = layout.mark
    yield f'<g font-size="{size * 1.02:.1f}">'
    for petal in layout.petals:
        marks: Sequence[Mark] = rose.get(petal.animal, ())
        for mark, place in zip(marks, petal.places, strict=False):
            yield _mark(mark, place, size)
    yield "</g>"


def _mark(mark: Mark, place: Point, size: float) -> str:
    kind = "filled" if mark.is_filled else "outlined"
    x, y = place
    radius = size if mark.is_filled else size - 0.8
    return (
        f'<g class="rose-mark rose-mark--{kind}"><title>{escape(clean(mark.said)[:LONGEST_SAID])}</title>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}"/>'
        f'<text x="{x:.1f}" y="{y + size * 0.36:.1f}">{escape(mark.letters)}</text></g>'
    )
