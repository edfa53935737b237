"""The policy in words: for the page, the documents and the contract."""

from dataclasses import dataclass
from typing import Literal

from klimtouw.access.table import TABLE, Action, Hat

Language = Literal["nl", "en"]

HAT_WORDS: dict[Hat, dict[Language, str]] = {
    Hat.OWNER: {"nl": "de eigenaar", "en": "the owner"},
    Hat.COACH_ONCE_SHARED: {"nl": "de coach, zodra het gedeeld is", "en": "the coach, once it is shared"},
    Hat.COACHEE_ONCE_SHARED: {
        "nl": "de coachee, zodra het gedeeld is",
        "en": "the coachee, once it is shared",
    },
    Hat.COACHEE: {"nl": "de coachee", "en": "the coachee"},
    Hat.COACH: {"nl": "de coach", "en": "the coach"},
    Hat.INVITER: {"nl": "wie uitnodigt", "en": "who invites"},
    Hat.INVITEE: {"nl": "wie uitgenodigd is", "en": "who is invited"},
    Hat.MEMBER: {"nl": "lid van de kring", "en": "member of the circle"},
    Hat.COORDINATOR: {"nl": "de coördinator", "en": "the coordinator"},
    Hat.ADMINISTRATOR: {"nl": "de beheerder", "en": "the administrator"},
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
}


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
        for line in TABLE
    ]


def openings_of(hat: Hat, language: Language) -> list[str]:
    """Return, in words, everything a hat opens; a hat that opens nothing gives an empty list."""
    return [line.nl if language == "nl" else line.en for line in TABLE if hat in line.hats]


def as_markdown() -> str:
    """Return `docs/who-may-do-what.md`: the whole policy in both languages."""
    parts = [
        "# Who may do what · Wie mag wat",
        "",
        "Generated from `access/table.py` by `make docs`; do not edit.",
        "",
    ]
    headings: dict[Language, str] = {
        "nl": "| wat | wie | wanneer | omdat |",
        "en": "| what | who | when | because |",
    }
    titles: dict[Language, str] = {"nl": "## Nederlands", "en": "## English"}
    always: dict[Language, str] = {"nl": "altijd", "en": "always"}
    for language, heading in headings.items():
        parts += [titles[language], "", heading, "|---|---|---|---|"]
        parts += [
            f"| {row.what} | {row.who} | {row.when or always[language]} | {row.because} |"
            for row in rows(language)
        ]
        parts.append("")
    return "\n".join(parts)
