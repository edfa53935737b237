"""The six coach roles (T5) as they stand on the first day: reference data, in our own words, that a school may edit.

Three names come from the source. The other three are working labels for functions the source describes without a name.
"""

from dataclasses import dataclass

SOURCE = "named in Leren durven coachen (Vandenberghe & De Wilde); the description is our own"
WORKING_LABEL = "our working label for a function described in Leren durven coachen (Vandenberghe & De Wilde)"


@dataclass(frozen=True, kw_only=True)
class Role:
    """One coach role: what it is called, and what it does for a climber."""

    key: str
    name_nl: str
    name_en: str
    help_nl: str
    help_en: str
    source: str
    is_working_label: bool = False


ROLES: tuple[Role, ...] = (
    Role(
        key="sounding-board",
        name_nl="klankbord",
        name_en="sounding board",
        help_nl="Ik luister en geef terug wat ik hoor. Zo hoor je jezelf denken.",
        help_en="I listen and give back what I hear. That way you hear yourself think.",
        source=SOURCE,
    ),
    Role(
        key="supporter",
        name_nl="supporter",
        name_en="supporter",
        help_nl="Ik sta aan je kant en zeg wat ik je zie kunnen. Ook als het even tegenzit.",
        help_en="I am on your side and say what I see you can do. Also when things are hard for a while.",
        source=SOURCE,
    ),
    Role(
        key="challenger",
        name_nl="uitdager",
        name_en="challenger",
        help_nl="Ik nodig je uit om een stap verder te kijken. Jij kiest of je hem zet.",
        help_en="I invite you to look one step further. You choose whether you take it.",
        source=SOURCE,
    ),
    Role(
        key="expert-at-hand",
        name_nl="meedenkende expert",
        name_en="expert at hand",
        help_nl="Ik leg naast je route wat ik al weet. Jij neemt wat je kan gebruiken.",
        help_en="I lay what I know beside your route. You take what you can use.",
        source=WORKING_LABEL,
        is_working_label=True,
    ),
    Role(
        key="clarifier",
        name_nl="verhelderaar",
        name_en="clarifier",
        help_nl="Ik vraag door tot jouw doel voor jou helder is.",
        help_en="I keep asking until your goal is clear to you.",
        source=WORKING_LABEL,
        is_working_label=True,
    ),
    Role(
        key="perspective-giver",
        name_nl="perspectiefgever",
        name_en="perspective giver",
        help_nl="Ik laat zien hoe het er van een andere kant uitziet. Misschien is daar nog een weg.",
        help_en="I show how it looks from another side. There may be another way there.",
        source=WORKING_LABEL,
        is_working_label=True,
    ),
)
