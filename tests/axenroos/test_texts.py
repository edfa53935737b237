"""What we say about the animals: whole in both languages, about what is brought and never about who somebody is (V15, V20)."""

import re
from collections.abc import Iterator

from klimtouw.axenroos.cards import card_for
from klimtouw.axenroos.choices import Animal
from klimtouw.axenroos.drawings import strokes_of
from klimtouw.axenroos.texts.library import library
from klimtouw.growth.texts.wording import Wording

NEVER = {
    "nl": (
        r"\b(type|persoonlijkheid|karakter|score|punten|procent|meer dan anderen|beter dan|te weinig|zwak\w*|lui|dom|slim)\b",
        r"\b(je bent|jij bent|jullie zijn) (een|de|het)\b",
        r"\b(je moet|moeten jullie|verplicht|waarom (heb|deed|ben|doe))\b",
        r"\b(hij|hem|haar|meisje|jongen)\b",
    ),
    "en": (
        r"\b(type|personality|character|score|points|percent|more than others|better than|too little|weak|lazy|stupid|smart)\b",
        r"\byou are (a|an|the)\b",
        r"\b(you must|you have to|why (did|have|are|do))\b",
        r"\b(he|she|him|her|his|girl|boy)\b",
    ),
}
"""Types, norms, counting; fixing somebody; pushing and blaming; a gender."""


def texts() -> Iterator[tuple[str, Wording]]:
    """Return everything one reads, with where it stands."""
    for animal in library().animals:
        yield from ((animal.animal, text) for text in animal.texts)
    for deck in library().decks:
        yield from ((deck.key, text) for text in deck.texts)


def test_v15_v20_no_text_makes_a_type_a_norm_or_a_count_of_anybody() -> None:
    hits = [
        (place, language, found.group(0))
        for place, text in texts()
        for language, patterns in NEVER.items()
        for pattern in patterns
        for found in re.finditer(pattern, getattr(text, language), re.IGNORECASE)
    ]
    assert hits == []


def test_every_animal_stands_in_one_pair_with_texts_that_everybody_can_read() -> None:
    assert [text.animal for text in library().animals] == [
        "pauw", "wasbeer", "leeuw", "kameel", "bever", "poes", "havik", "steenbok", "uil", "schildpad",
    ]  # fmt: skip
    assert all(
        text.pair == pair.key for pair in library().pairs for text in map(library().of.get, pair.animals)
    )
    assert all(len(deck.questions) >= 4 for deck in library().decks)
    assert all("?" in text.question.nl and "?" in text.question.en for text in library().animals)
    lengths: dict[tuple[str, str], list[int]] = {}
    for place, text in texts():
        for language in NEVER:
            sentences = re.split(r"[.!?:]+", getattr(text, language))
            lengths.setdefault((place, language), []).extend(
                len(one.split()) for one in sentences if one.strip()
            )
    for where, found in lengths.items():
        assert sum(found) / len(found) <= 12, where
        assert max(found) <= 20, where
    seen = [text.nl for _, text in texts()]
    assert len(set(seen)) == len(seen)


def test_across_the_knot_stands_the_other_of_the_pair() -> None:
    """The rose is laid out clockwise: the sixth petal after an animal is the one that belongs with it."""
    animals = list(Animal)
    for number, animal in enumerate(animals):
        assert library().beside(animal).animal == animals[(number + 5) % 10]


def test_the_drawings_carry_classes_and_no_style_script_or_reference() -> None:
    for animal in Animal:
        strokes = strokes_of(animal)
        assert 300 < len(strokes) < 1000, animal
        assert not re.search(r"style|script|href|url\(|#|<!|font|<text", strokes), animal


def test_one_card_at_a_time_whatever_the_address_asks() -> None:
    first = card_for("", "")
    assert card_for("no-such", "-1") == card_for("tonen", "x") == card_for("tonen", "99999") == first
    assert card_for("leeg", "1").deck == library().empty
    assert card_for("tonen", str(first.next_number)) != first
