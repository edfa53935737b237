"""The other relations of Bram, and one letter without an answer yet: names and states, no words of anybody."""

from dataclasses import dataclass

from klimtouw.home.demo.content.school import ORTHOPEDAGOGIE, VERPLEEGKUNDE, ZORG_EN_WELZIJN
from klimtouw.relations.choices import Origin, Rhythm, State


@dataclass(frozen=True)
class Row:
    """A coachee of Bram: since how many weeks, and how far they came together."""

    coachee: str
    state: State
    weeks: int
    programme: str = VERPLEEGKUNDE
    origin: Origin = Origin.ASSIGNED
    rhythm: Rhythm = Rhythm.MONTHLY
    proposes_a_talk: bool = False


ROWS = (
    Row("Yasmine", State.RUNNING, 9, rhythm=Rhythm.FORTNIGHTLY, proposes_a_talk=True),
    Row("Jarne", State.RUNNING, 9, origin=Origin.AT_RANDOM),
    Row("Emma", State.RUNNING, 8, origin=Origin.CHOSEN, rhythm=Rhythm.WHEN_NEEDED),
    Row("Mamadou", State.RUNNING, 7, rhythm=Rhythm.FORTNIGHTLY),
    Row("Zofia", State.ACQUAINTING, 1, origin=Origin.AT_RANDOM),
    Row("Tuur", State.ACQUAINTING, 2),
    Row("Aylin", State.CONTRACTING, 5, origin=Origin.CHOSEN),
    Row("Nima", State.PAUSED, 10),
    Row("Robin", State.COMPLETED, 12, origin=Origin.ASKED),
    Row("Lowie", State.CLICKING, 3, programme=ORTHOPEDAGOGIE),
    Row("Fien", State.RUNNING, 8, programme=ORTHOPEDAGOGIE, origin=Origin.CHOSEN),
    Row("Hanne", State.ACQUAINTING, 2, programme=ZORG_EN_WELZIJN, origin=Origin.ASKED),
)
TALKS, MINUTES = 4, 30

INVITED_EMAIL = "lotte@dekade.example"
INVITED_HOW_KNOWN = "Van de wandeling met de eerstejaars, je liep een stuk naast mij."
INVITED_MESSAGE = (
    "Dag Lotte\n\n"
    "Je zei dat je nog zoekt hoe je hier je plek vindt. "
    "Als je zin hebt om daar af en toe samen over te praten, dan maak ik graag tijd. "
    "Ja, nee of later: het is allemaal goed.\n\n"
    "Bram"
)
