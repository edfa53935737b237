"""The rose as a drawing: the same for the same picks, room for every mark, no larger than it should be."""

from itertools import combinations
from math import hypot
from xml.etree import ElementTree

import pytest

from klimtouw.axenroos.choices import Animal
from klimtouw.axenroos.letters import letters_of
from klimtouw.axenroos.rose import Mark, Rose, draw_rose
from klimtouw.axenroos.rose.petals import lay_out
from klimtouw.people.models import Person

NAMES = {animal: animal.value for animal in Animal}


def rose_of(*animals: Animal) -> Rose:
    """Make a rose in which one person after another marks these animals."""
    marks: dict[Animal, list[Mark]] = {animal: [] for animal in Animal}
    for number, animal in enumerate(animals):
        marks[animal].append(Mark(f"{number}", f"Lid {number}", number % 2 == 0))
    return marks


def drawn(rose: Rose, title: str = "Onze roos") -> str:
    """Draw a rose."""
    return draw_rose(rose, names=NAMES, title=title, description="Lijst", key="a")


@pytest.mark.parametrize(
    "animals",
    [
        (),
        (Animal.OWL,),
        tuple(Animal)[:4] * 2,
        (*Animal, *Animal, *tuple(Animal)[:4]),
        (Animal.PEACOCK,) * 24,
    ],
    ids=["nobody", "one", "four", "twelve", "all-on-one-petal"],
)
def test_every_mark_has_a_place_of_its_own_and_the_picture_stays_small(animals: tuple[Animal, ...]) -> None:
    rose = rose_of(*animals)
    drawing, layout = drawn(rose), lay_out(rose)
    assert drawing == drawn(rose)
    assert len(drawing.encode()) <= 25_000
    assert drawing.count('class="rose-mark ') == len(animals)
    assert drawing.count("rose-mark--filled") == sum(
        mark.is_filled for some in rose.values() for mark in some
    )
    assert "style=" not in drawing
    root = ElementTree.fromstring(drawing)  # noqa: S314 - our own drawing
    assert root.get("role") == "img"
    for petal in layout.petals:
        used = petal.places[: len(rose[petal.animal])]
        apart = [hypot(a[0] - b[0], a[1] - b[1]) for a, b in combinations(used, 2)]
        assert all(distance >= 2 * layout.mark for distance in apart), petal.animal
        assert all(0 < x < 340 and 0 < y < layout.height for x, y in used)


def test_the_pairs_stand_across_and_a_usual_rose_keeps_its_letters_large() -> None:
    layout = lay_out(rose_of(*Animal, *Animal, *tuple(Animal)[:4]))
    assert (layout.height, layout.mark) == (470, 11)
    for one, other in zip(layout.petals[:5], layout.petals[5:], strict=True):
        (x1, y1), (x2, y2) = one.bends[1][-1], other.bends[1][-1]  # the two tips
        assert (round(x1 + x2), round(y1 + y2)) == (340, 470)


def test_hostile_names_stay_text() -> None:
    nasty = '</title><script>alert(1)</script>"&\u202e\x00'
    marks = {**rose_of(), Animal.CAT: [Mark("<b", nasty, True)]}
    drawing = drawn(marks, title=nasty)
    assert "<script" not in drawing
    assert "\u202e" not in drawing
    assert "\x00" not in drawing
    assert ElementTree.fromstring(drawing) is not None  # noqa: S314 - our own drawing


def test_no_two_members_have_the_same_letters() -> None:
    names = [
        "Noor",
        "Nora",
        "Nora",
        "Nora B",
        "Nadia Benali",
        "Nina Bos",
        "Bram",
        "😀",
        "😀",
        "  x ",
        "李 明",
        "Noor",
    ]
    people = [Person(display_name=name, email=f"{number}@a.example") for number, name in enumerate(names)]
    letters = letters_of(people)
    assert letters == letters_of(reversed(people))
    assert len(set(letters.values())) == len(people)
    assert all(1 <= len(one) <= 2 for one in letters.values())
