"""What Noor and Bram keep around their talks: a note of his own, what helped her, a promise, free hours, a look halfway."""

from datetime import time

from klimtouw.relations.choices import SupportArea
from klimtouw.talks.hours import Block

JOTTING = (
    "Ik had al drie oplossingen klaar toen ze nog aan het zoeken was. "
    "Ik keek naar het water en hield ze voor me. Volgende keer opnieuw."
)
HELPED = "Dat Bram niet meteen iets zei. Ik hoorde mezelf 'overdracht' zeggen."
KEPT_PROMISE = "Ik vraag in het skillslab of je daar op een stil uur mag oefenen."
OPEN_PROMISE = "Ik breng twee overdrachten mee: een vlotte en een die haperde. Allebei van mezelf."

NOOR_IS_FREE = (Block(2, time(15), time(18)), Block(4, time(16, 30), time(18, 30)))
BRAM_IS_FREE = (
    Block(2, time(12, 30), time(17)),
    Block(3, time(12), time(13, 30)),
    Block(4, time(16), time(18)),
)

NOOR_HALFWAY: tuple[tuple[SupportArea, dict[str, str], bool], ...] = (
    (
        SupportArea.FEELING,
        {
            "gets": "Ik mag stil zijn zonder dat iemand het invult.",
            "gives": "Ik zeg het als een vraag te groot is.",
            "more": "Ook eens vertellen wat goed ging. Dat slaan we soms over.",
        },
        True,
    ),
    (
        SupportArea.AHEAD,
        {"gets": "", "gives": "", "more": "Weten of spoed iets voor mij is. Dat durf ik nog niet te vragen."},
        False,
    ),
)
BRAM_HALFWAY: tuple[tuple[SupportArea, dict[str, str], bool], ...] = (
    (
        SupportArea.FEELING,
        {
            "gets": "Noor vertelt eerlijk hoe een week echt was.",
            "gives": "Ik probeer te wachten, ook als het lang duurt.",
            "more": "",
        },
        True,
    ),
)
"""Area, words, and whether the other may read it."""
