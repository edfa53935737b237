"""The policy in words: for the page, the documents and the contract."""

from dataclasses import dataclass
from typing import Literal

from klimtouw.access.decide import LINE_OF
from klimtouw.access.table import Action, Hat

Language = Literal["nl", "en"]

HAT_WORDS: dict[Hat, dict[Language, str]] = {
    Hat.OWNER: {"nl": "de eigenaar", "en": "the owner"},
    Hat.COACH_ONCE_SHARED: {"nl": "de coach, zodra het gedeeld is", "en": "the coach, once it is shared"},
    Hat.COACHEE_ONCE_SHARED: {
        "nl": "de coachee, zodra het gedeeld is",
        "en": "the coachee, once it is shared",
    },
    Hat.FACILITATOR_ONCE_SHARED: {
        "nl": "wie de kring begeleidt, zodra het in de kring gedeeld is",
        "en": "the facilitator of a circle, once it is shared in the circle",
    },
    Hat.MEMBER_ONCE_SHARED: {
        "nl": "de leden van een kring, zodra het in de kring gedeeld is",
        "en": "the members of a circle, once it is shared in the circle",
    },
    Hat.COACHEE: {"nl": "de coachee", "en": "the coachee"},
    Hat.COACH: {"nl": "de coach", "en": "the coach"},
    Hat.INVITER: {"nl": "wie uitnodigt", "en": "who invites"},
    Hat.INVITEE: {"nl": "wie uitgenodigd is", "en": "who is invited"},
    Hat.FACILITATOR: {"nl": "wie de kring begeleidt", "en": "the facilitator of the circle"},
    Hat.MEMBER: {"nl": "lid van de kring", "en": "member of the circle"},
    Hat.NEWCOMER: {
        "nl": "wie ja zei op een kring en wacht tot iedereen tekende",
        "en": "who said yes to a circle and waits until all have signed",
    },
    Hat.IN_ROOM: {"nl": "wie in een intervisie erbij is", "en": "who is in an intervision"},
    Hat.PRESENTER: {"nl": "de inbrenger van een intervisie", "en": "the presenter of an intervision"},
    Hat.GUIDE: {"nl": "wie een intervisie leidt", "en": "the guide of an intervision"},
    Hat.PROPOSED: {"nl": "wie voor een kring gevraagd is", "en": "who is asked for a circle"},
    Hat.TRAINER: {"nl": "de opleider van een peercoach", "en": "the trainer of a peer coach"},
    Hat.RESPONSIBLE_COACH: {"nl": "de coach achter een peercoach", "en": "the coach behind a peer coach"},
    Hat.COORDINATOR: {"nl": "de coördinator", "en": "the coordinator"},
    Hat.ADMINISTRATOR: {"nl": "de beheerder", "en": "the administrator"},
    Hat.IN_PROGRAMME: {
        "nl": "wie bij een opleiding van de school hoort",
        "en": "who belongs to a programme of the school",
    },
    Hat.ASSESSOR: {"nl": "de beoordelaar", "en": "the assessor"},
}

STATE_WORDS: dict[str, dict[Language, str]] = {
    "acquainting": {"nl": "kennismaking", "en": "acquaintance"},
    "clicking": {"nl": "klik", "en": "click"},
    "contracting": {"nl": "afspraken maken", "en": "making the contract"},
    "running": {"nl": "onderweg", "en": "on the way"},
    "paused": {"nl": "pauze", "en": "paused"},
    "not_started": {"nl": "niet gestart", "en": "not started"},
    "completed": {"nl": "afgerond", "en": "completed"},
    "stopped": {"nl": "gestopt", "en": "stopped"},
    "forming": {"nl": "een kring in wording", "en": "a circle being formed"},
    "agreeing": {"nl": "een kring die afspraken maakt", "en": "a circle making its agreements"},
    "ended": {"nl": "een kring die voorbij is", "en": "a circle that is over"},
    "choosing": {"nl": "het einde van een intervisie", "en": "the end of an intervision"},
}

ARRANGING = (Hat.COORDINATOR, Hat.ADMINISTRATOR, Hat.ASSESSOR)
"""Those around two people: they arrange or assess, and are named even when nothing is open to them."""

READS: dict[Language, str] = {"nl": "Leest de tekst.", "en": "Reads the text."}
READS_NOTHING: dict[Language, str] = {
    "nl": "Leest niets van wat jullie schrijven.",
    "en": "Reads nothing of what you write.",
}
MAY: dict[Language, str] = {"nl": "Mag {acts}.", "en": "May {acts}."}
ALWAYS: dict[Language, str] = {"nl": "altijd", "en": "always"}


@dataclass(frozen=True)
class Row:
    """One line of the policy, in the words of one language."""

    action: Action
    what: str
    who: str
    when: str
    because: str


def rows(language: Language) -> list[Row]:
    """Return the whole policy, a row per line."""
    return [
        Row(
            action=line.action,
            what=line.nl if language == "nl" else line.en,
            who=", ".join(HAT_WORDS[hat][language] for hat in Hat if hat in line.hats),
            when=", ".join(words[language] for state, words in STATE_WORDS.items() if state in line.when),
            because=line.because_nl if language == "nl" else line.because,
        )
        for line in LINE_OF.values()
    ]


def openings_of(hat: Hat, language: Language, *, besides: Action | None = None) -> list[str]:
    """Return, in words, everything a hat opens, besides what was said already; a hat that opens nothing gives an empty list."""
    lines = [line for line in LINE_OF.values() if hat in line.hats and line.action is not besides]
    return [line.nl if language == "nl" else line.en for line in lines]


def who_sees_what(language: Language, *, also: frozenset[Hat] = frozenset()) -> list[tuple[str, str]]:
    """Return who reads what people write, in words: first the readers, then those around them, and `also` these (R7)."""
    named = LINE_OF[Action.READ].hats | frozenset(ARRANGING) | also
    return [(HAT_WORDS[hat][language], _what(hat, language)) for hat in Hat if hat in named]


def _what(hat: Hat, language: Language) -> str:
    reads = hat in LINE_OF[Action.READ].hats
    parts = [(READS if reads else READS_NOTHING)[language]]
    if not reads and (acts := openings_of(hat, language, besides=Action.READ)):
        parts.append(MAY[language].format(acts="; ".join(acts)))
    return " ".join(parts)


def as_markdown() -> str:
    """Return `docs/who-may-do-what.md`: the whole policy in both languages."""
    parts = [
        "# Who may do what · Wie mag wat",
        "",
        "Generated from `access/table.py` by `make docs`; do not edit.",
        "",
    ]
    languages: tuple[Language, ...] = ("nl", "en")
    for language in languages:
        parts += _in_markdown(language)
    return "\n".join(parts)


TITLES: dict[Language, tuple[str, str, str]] = {
    "nl": ("## Nederlands", "| wat | wie | wanneer | omdat |", "### Wie leest wat je schrijft"),
    "en": ("## English", "| what | who | when | because |", "### Who reads what you write"),
}


def _in_markdown(language: Language) -> list[str]:
    title, heading, who_reads = TITLES[language]
    policy = [
        f"| {row.what} | {row.who} | {row.when or ALWAYS[language]} | {row.because} |"
        for row in rows(language)
    ]
    readers = [f"- **{who}**: {what}" for who, what in who_sees_what(language)]
    return [title, "", heading, "|---|---|---|---|", *policy, "", who_reads, "", *readers, ""]
