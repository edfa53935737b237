"""Clauses a first contract of a peer relation starts from: what a fellow student passes on when worried, and to whom (G1, R7).

Our own words. A fellow student has no duty of discretion as school staff have, and promises no more than they can keep (V23).
"""

from klimtouw.programmes.presets import HOW_LONG, Language

BETWEEN_PEERS: dict[Language, str] = {
    "nl": "Wat we elkaar vertellen, blijft tussen {coachee} en {coach}. Andere studenten en docenten horen het niet van ons. "
    "Wil de peercoach erover praten om te leren? Dan zonder naam, en de peercoach vraagt het eerst.",
    "en": "What we tell each other stays between {coachee} and {coach}. Other students and lecturers do not hear it from us. "
    "Would the peer coach like to talk about it to learn? Then without a name, and the peer coach asks first.",
}
WORRIED: dict[Language, str] = {
    "nl": "Soms maakt een peercoach zich zorgen:\n– als iemand in gevaar is;\n– als het te zwaar wordt om samen te dragen.\n"
    "{coach} zegt dat eerst aan {coachee}. Daarna praat de peercoach met {behind}, de coach die erachter staat. "
    "De peercoach geeft niet meer door dan nodig is. Samen kijken we wie verder kan helpen.",
    "en": "Sometimes a peer coach is worried:\n– when somebody is in danger;\n– when it becomes too heavy to carry together.\n"
    "{coach} tells {coachee} first. Then the peer coach talks to {behind}, the coach who stands behind it. "
    "The peer coach passes on no more than is needed. Together we look at who can help further.",
}
NO_PROMISE: dict[Language, str] = {
    "nl": "Een peercoach is een medestudent, geen hulpverlener. Zwijgen over alles kan {coach} dus niet beloven. "
    "{behind} ziet onze namen, hoe het staat en sinds wanneer. {behind} leest niets van wat we schrijven.",
    "en": "A peer coach is a fellow student, no care worker. So {coach} cannot promise to keep silent about everything. "
    "{behind} sees our names, how it stands and since when. {behind} reads nothing of what we write.",
}
SOMEBODY: dict[Language, str] = {"nl": "een coach van de opleiding", "en": "a coach of the programme"}


def peer_clauses(language: Language, *, coachee: str, coach: str, behind: str | None) -> tuple[str, ...]:
    """Return the clauses for two fellow students, with their names and that of the coach who stands behind."""
    names = {"coachee": coachee, "coach": coach, "behind": behind or SOMEBODY[language]}
    ours = (template[language].format(**names) for template in (BETWEEN_PEERS, WORRIED, NO_PROMISE))
    return *ours, HOW_LONG[language].format().format(**names)
