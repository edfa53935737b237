"""The words a first contract starts from: the preset of the school (R7). Who sees what stands beside them, made from the policy."""

from django.utils import translation

from klimtouw.access.page import Language
from klimtouw.programmes.choices import InstitutionKind
from klimtouw.programmes.peer_preset import peer_clauses
from klimtouw.programmes.presets import clauses_for
from klimtouw.relations.keeping import how_long_data_live, kept_months
from klimtouw.relations.models import Relation


def how_long(relation: Relation, language: Language) -> str:
    """Return how long what the two made together stays, in words, from the rule itself."""
    with translation.override(language):
        return how_long_data_live(kept_months(relation))


def first_clauses(relation: Relation, language: Language) -> tuple[str, ...]:
    """Return the clauses a first contract starts from: those of the kind of school, with the names of the two.

    Two fellow students have clauses of their own: a peer coach passes a worry on to the coach who stands behind (G1).
    """
    if relation.is_peer:
        behind = relation.responsible.name if relation.responsible else None
        names = {"coachee": relation.coachee.name, "coach": relation.coach.name}
        return peer_clauses(language, behind=behind, **names)
    programme = relation.programme
    kind = InstitutionKind(programme.institution.kind) if programme else None
    return clauses_for(kind, language, coachee=relation.coachee.name, coach=relation.coach.name)
