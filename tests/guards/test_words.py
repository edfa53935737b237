"""One English text has one Dutch text, whichever package says it."""

import gettext
from collections import defaultdict
from pathlib import Path

from django.conf import settings
from django.utils import translation

CATALOGUES = sorted(Path(settings.PACKAGE).glob("*/locale/nl/LC_MESSAGES/django.mo"))


def said_in(catalogue: Path) -> dict[object, str]:
    """Read every text of one package with its Dutch; context and plural stay part of the text."""
    with catalogue.open("rb") as opened:
        found = gettext.GNUTranslations(opened)
    return {text: dutch for text, dutch in vars(found)["_catalog"].items() if text}


def differing(catalogues: dict[str, dict[object, str]]) -> dict[object, dict[str, str]]:
    """Name every text that two packages say in different Dutch words."""
    said: defaultdict[object, dict[str, str]] = defaultdict(dict)
    for package, catalogue in catalogues.items():
        for text, dutch in catalogue.items():
            said[text][package] = dutch
    return {text: ways for text, ways in said.items() if len(set(ways.values())) > 1}


def test_one_text_has_one_dutch_text_in_every_package() -> None:
    # The first installed package would win without a word, and the other would never be read.
    assert len(CATALOGUES) > 5
    assert differing({path.parts[-5]: said_in(path) for path in CATALOGUES}) == {}


def test_two_dutch_texts_for_one_text_are_found() -> None:
    climb, replies = {"Park it": "Parkeer", "Back": "Terug"}, {"Park it": "Parkeer het", "Back": "Terug"}
    assert differing({"climb": climb, "replies": replies}) == {
        "Park it": {"climb": "Parkeer", "replies": "Parkeer het"}
    }


def test_our_dutch_is_what_people_read() -> None:
    # A word that a library in front of us says too (such as "Save") belongs in the package ui, which comes first.
    with translation.override("nl"):
        unheard = {
            text: (dutch, translation.gettext(text))
            for catalogue in CATALOGUES
            for text, dutch in said_in(catalogue).items()
            if isinstance(text, str) and translation.gettext(text) != dutch
        }
    assert unheard == {}
