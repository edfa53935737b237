"""The words a first contract starts from: the preset of the school, and who sees what, made from the policy (R7)."""

from django.utils import translation

from klimtouw.access.decide import LINE_OF
from klimtouw.access.page import HAT_WORDS, Language, openings_of
from klimtouw.access.table import Action, Hat
from klimtouw.programmes.choices import InstitutionKind
from klimtouw.programmes.presets import clauses_for
from klimtouw.relations.keeping import how_long_data_live, kept_months
from klimtouw.relations.models import Relation

ARRANGING = (Hat.COORDINATOR, Hat.ADMINISTRATOR, Hat.ASSESSOR)
"""Those around the two: they arrange or assess, and must be named even when nothing is open to them."""

READS: dict[Language, str] = {"nl": "Leest de tekst.", "en": "Reads the text."}
READS_NOTHING: dict[Language, str] = {
    "nl": "Leest niets van wat jullie schrijven.",
    "en": "Reads nothing of what you write.",
}
MAY: dict[Language, str] = {"nl": "Mag {acts}.", "en": "May {acts}."}


def who_sees_what(language: Language) -> list[tuple[str, str]]:
    """Return who sees what, in words, from the policy table itself: first the readers, then those around the two."""
    readers = LINE_OF[Action.READ].hats
    hats = [hat for hat in Hat if hat in readers or hat in ARRANGING]
    return [(HAT_WORDS[hat][language], _what(hat, language)) for hat in hats]


def _what(hat: Hat, language: Language) -> str:
    parts = [(READS if hat in LINE_OF[Action.READ].hats else READS_NOTHING)[language]]
    if hat in ARRANGING and (acts := openings_of(hat, language)):
        parts.append(MAY[language].format(acts="; ".join(acts)))
    return " ".join(parts)


def how_long(relation: Relation, language: Language) -> str:
    """Return how long what the two made together stays, in words, from the rule itself."""
    with translation.override(language):
        return how_long_data_live(kept_months(relation))


def first_clauses(relation: Relation, language: Language) -> tuple[str, ...]:
    """Return the clauses a first contract starts from: those of the kind of school, with the names of the two."""
    programme = relation.programme
    kind = InstitutionKind(programme.institution.kind) if programme else None
    return clauses_for(kind, language, coachee=relation.coachee.name, coach=relation.coach.name)
