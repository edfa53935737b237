"""Helplines anybody may call, as plain data: public numbers, described in our own words (R12)."""

from typing import NamedTuple


class Helpline(NamedTuple):
    """A public helpline: for whom it is and how to reach it."""

    country: str
    name: str
    about_nl: str
    about_en: str
    phone: str
    website: str


HELPLINES = (
    Helpline(
        "be",
        "Noodnummer",
        "Als jij of iemand anders nu in gevaar is.",
        "When you or somebody else is in danger now.",
        "112",
        "https://www.112.be",
    ),
    Helpline(
        "be",
        "Awel",
        "Luistert naar kinderen en jongeren. Bellen, chatten of mailen.",
        "Listens to children and young people. Call, chat or mail.",
        "102",
        "https://awel.be",
    ),
    Helpline(
        "be",
        "Tele-Onthaal",
        "Een gesprek over alles wat je dwarszit, dag en nacht.",
        "A talk about anything that troubles you, day and night.",
        "106",
        "https://www.tele-onthaal.be",
    ),
    Helpline(
        "be",
        "Zelfmoordlijn",
        "Als je aan zelfdoding denkt of je zorgen maakt om iemand.",
        "When you think of suicide, or worry about somebody.",
        "1813",
        "https://www.zelfmoord1813.be",
    ),
    Helpline(
        "nl",
        "Alarmnummer",
        "Als jij of iemand anders nu in gevaar is.",
        "When you or somebody else is in danger now.",
        "112",
        "https://www.112.nl",
    ),
    Helpline(
        "nl",
        "De Kindertelefoon",
        "Luistert naar iedereen van 8 tot en met 18 jaar. Bellen of chatten.",
        "Listens to everybody from 8 to 18. Call or chat.",
        "0800 0432",
        "https://www.kindertelefoon.nl",
    ),
    Helpline(
        "nl",
        "De Luisterlijn",
        "Een gesprek over alles wat je dwarszit, dag en nacht.",
        "A talk about anything that troubles you, day and night.",
        "088 0767 000",
        "https://www.deluisterlijn.nl",
    ),
    Helpline(
        "nl",
        "113 Zelfmoordpreventie",
        "Als je aan zelfdoding denkt of je zorgen maakt om iemand.",
        "When you think of suicide, or worry about somebody.",
        "113",
        "https://www.113.nl",
    ),
)
