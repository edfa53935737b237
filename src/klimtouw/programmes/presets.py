"""Clauses a first contract starts from, per kind of school (R7).

Our own words, in plain language. School staff have *ambtsgeheim* or *discretieplicht*; nothing here promises more
than a coach can keep (V23). Who sees what in Klimtouw is not written here: it is made from the policy table.
`{coach}` and `{coachee}` become the names of the two, each said once in a clause; after that the hat
is shorter, and either of them can still read the clause aloud.
"""

from dataclasses import dataclass
from typing import Literal

from klimtouw.programmes.choices import InstitutionKind

Language = Literal["nl", "en"]


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What differs between kinds of schools, in one language."""

    not_told: str
    """Who around the two does not hear what was said."""
    in_danger: str
    """Whose danger breaks the silence."""
    law: str
    """What the law asks in such a school."""
    management: str
    """Who may ask the coach something, and about whom."""
    passed_to: str
    """Who hears it then."""
    duty: str
    """The duty of discretion, by its name."""


BETWEEN_US: dict[Language, str] = {
    "nl": "Wat we elkaar vertellen, blijft tussen {{coachee}} en {{coach}}. {not_told} "
    "Wil de coach er met iemand over praten? Dan vraagt de coach dat eerst aan de coachee.",
    "en": "What we tell each other stays between {{coachee}} and {{coach}}. {not_told} "
    "Would the coach like to talk about it with somebody? Then the coach first asks the coachee.",
}
PASSED_ON: dict[Language, str] = {
    "nl": "Soms moet de coach toch iets doorgeven:\n– {in_danger};\n– {law};\n– {management}.\n"
    "{{coach}} zegt dat eerst aan {{coachee}}. {passed_to} De coach geeft niet meer door dan nodig is.",
    "en": "Sometimes the coach does have to pass something on:\n– {in_danger};\n– {law};\n– {management}.\n"
    "{{coach}} tells {{coachee}} first. {passed_to} The coach passes on no more than is needed.",
}
DISCRETION: dict[Language, str] = {
    "nl": "{duty} Dat betekent: zorgvuldig omgaan met wat je hoort, en spreken als het moet. "
    "Zwijgen over alles kan {{coach}} dus niet beloven.",
    "en": "{duty} That means: to handle with care what one hears, and to speak when one must. "
    "So {{coach}} cannot promise to keep silent about everything.",
}
HOW_LONG: dict[Language, str] = {
    "nl": "Wat {{coachee}} schrijft, blijft altijd van de coachee, ook na het einde. "
    "De coachee kiest zelf wat {{coach}} leest, en hoe lang. Na de laatste dag leest de coach niets meer.",
    "en": "What {{coachee}} writes always belongs to the coachee, also after the end. "
    "The coachee chooses what {{coach}} reads, and for how long. After the last day the coach reads nothing any more.",
}

NEUTRAL: dict[Language, Wording] = {
    "nl": Wording(
        not_told="Niemand anders hoort het.",
        in_danger="als iemand in gevaar is",
        law="als de wet het vraagt",
        management="als de leiding van de school er uitleg over vraagt",
        passed_to="We bekijken samen wie het hoort.",
        duty="Wie op een school werkt, heeft ambtsgeheim of discretieplicht.",
    ),
    "en": Wording(
        not_told="Nobody else hears it.",
        in_danger="when somebody is in danger",
        law="when the law asks for it",
        management="when those who lead the school ask about it",
        passed_to="Together we look at who will hear it.",
        duty="Whoever works at a school has a duty of discretion.",
    ),
}
WORDINGS: dict[InstitutionKind, dict[Language, Wording]] = {
    InstitutionKind.BE_SECONDARY: {
        "nl": Wording(
            not_told="Andere leerkrachten, de klassenraad en ouders horen het niet van de coach.",
            in_danger="als een jongere in gevaar is",
            law="als de wet vraagt om hulp te bieden of te melden",
            management="als de directie uitleg vraagt over een leerling",
            passed_to="We bekijken samen wie het hoort: de leerlingenbegeleiding, het CLB of de directie.",
            duty="Wie op school werkt, heeft ambtsgeheim en discretieplicht.",
        ),
        "en": Wording(
            not_told="Other teachers, the class council and parents do not hear it from the coach.",
            in_danger="when a young person is in danger",
            law="when the law asks to help or to report",
            management="when the head of the school asks about a pupil",
            passed_to="Together we look at who will hear it: pupil guidance, the CLB or the head.",
            duty="Whoever works at school has a duty of discretion (ambtsgeheim, discretieplicht).",
        ),
    },
    InstitutionKind.BE_HIGHER: {
        "nl": Wording(
            not_told="Docenten die de coachee beoordelen, horen het niet van de coach.",
            in_danger="als een student of iemand anders in gevaar is",
            law="als de wet vraagt om hulp te bieden of te melden",
            management="als het opleidingshoofd uitleg vraagt over een student",
            passed_to="We bekijken samen wie het hoort: de studentenbegeleiding of het opleidingshoofd.",
            duty="Wie in het hoger onderwijs werkt, heeft ambtsgeheim of discretieplicht.",
        ),
        "en": Wording(
            not_told="Lecturers who assess the coachee do not hear it from the coach.",
            in_danger="when a student or somebody else is in danger",
            law="when the law asks to help or to report",
            management="when the head of the programme asks about a student",
            passed_to="Together we look at who will hear it: student services or the head of the programme.",
            duty="Whoever works in higher education has a duty of discretion (ambtsgeheim, discretieplicht).",
        ),
    },
    InstitutionKind.NL_VO: {
        "nl": Wording(
            not_told="De mentor, andere docenten en ouders horen het niet van de coach.",
            in_danger="als een jongere in gevaar is, thuis of op school",
            law="als de meldcode of een andere wet het vraagt",
            management="als de schoolleiding uitleg vraagt over een leerling",
            passed_to="We bekijken samen wie het hoort: de vertrouwenspersoon, het zorgteam of de schoolleiding.",
            duty="Wie op school werkt, heeft een discretieplicht, ook wel ambtsgeheim.",
        ),
        "en": Wording(
            not_told="The mentor, other teachers and parents do not hear it from the coach.",
            in_danger="when a young person is in danger, at home or at school",
            law="when the reporting code (meldcode) or another law asks for it",
            management="when those who lead the school ask about a pupil",
            passed_to="Together we look at who will hear it: the confidant, the care team or the head.",
            duty="Whoever works at school has a duty of discretion (discretieplicht, ambtsgeheim).",
        ),
    },
    InstitutionKind.NL_MBO: {
        "nl": Wording(
            not_told="Andere docenten en het leerbedrijf horen het niet van de coach.",
            in_danger="als een student in gevaar is, thuis, op school of op stage",
            law="als de meldcode of een andere wet het vraagt",
            management="als de teamleider uitleg vraagt over een student",
            passed_to="We bekijken samen wie het hoort: de vertrouwenspersoon, het zorgteam of de teamleider.",
            duty="Wie op school werkt, heeft een discretieplicht, ook wel ambtsgeheim.",
        ),
        "en": Wording(
            not_told="Other teachers and the work placement do not hear it from the coach.",
            in_danger="when a student is in danger, at home, at school or at work",
            law="when the reporting code (meldcode) or another law asks for it",
            management="when the team leader asks about a student",
            passed_to="Together we look at who will hear it: the confidant, the care team or the team leader.",
            duty="Whoever works at school has a duty of discretion (discretieplicht, ambtsgeheim).",
        ),
    },
    InstitutionKind.NL_HBO: {
        "nl": Wording(
            not_told="Docenten en examinatoren horen het niet van de coach.",
            in_danger="als een student of iemand anders in gevaar is",
            law="als de wet het vraagt",
            management="als de opleidingsmanager uitleg vraagt over een student",
            passed_to="We bekijken samen wie het hoort: de studentendecaan of de vertrouwenspersoon.",
            duty="Wie op een hogeschool werkt, heeft een discretieplicht, ook wel ambtsgeheim.",
        ),
        "en": Wording(
            not_told="Lecturers and examiners do not hear it from the coach.",
            in_danger="when a student or somebody else is in danger",
            law="when the law asks for it",
            management="when the programme manager asks about a student",
            passed_to="Together we look at who will hear it: the student counsellor or the confidant.",
            duty="Whoever works in higher education has a duty of discretion (discretieplicht, ambtsgeheim).",
        ),
    },
}


def clauses_for(
    kind: InstitutionKind | None, language: Language, *, coachee: str, coach: str
) -> tuple[str, ...]:
    """Return the clauses for a kind of school, or neutral ones, with the names of the two filled in."""
    wording = vars((WORDINGS[kind] if kind else NEUTRAL)[language])
    names = {"coachee": coachee, "coach": coach}
    templates = (BETWEEN_US, PASSED_ON, DISCRETION, HOW_LONG)
    return tuple(template[language].format(**wording).format(**names) for template in templates)
