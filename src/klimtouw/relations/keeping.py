"""For how long what two people made together is kept once their relation is over (P5, R7)."""

from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import ngettext

from klimtouw.foundation.clock import months_after
from klimtouw.programmes.queries import kept_months_in
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation

KEPT_STATES = (State.COMPLETED, State.STOPPED)
TOLD_AHEAD = 1
"""Months between the letter that says so and the erasing."""


def kept_months(relation: Relation) -> int:
    """Return for how many months a relation stays after its end: as was said when it ended, and until then as its
    institution says now (else a year); at most one query."""
    return relation.kept_months or kept_months_in(relation.programme_id)


def stays_until(relation: Relation) -> date | None:
    """Return the day on which an ended relation goes; None while it is going on, or when it never started."""
    if relation.state not in KEPT_STATES or relation.ended_at is None:
        return None
    return relation.goes_on or months_after(localdate(relation.ended_at), kept_months(relation))


def how_long_data_live(months: int) -> str:
    """Say how long the contract and the talks stay; made from the rule itself, never typed (R7)."""
    return ngettext(
        "The contract and the talks stay for both until %(months)s month after the end. You both get a letter a month before. Then they are erased. What each of you wrote stays your own.",
        "The contract and the talks stay for both until %(months)s months after the end. You both get a letter a month before. Then they are erased. What each of you wrote stays your own.",
        months,
    ) % {"months": months}
