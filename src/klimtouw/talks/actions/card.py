"""Prepare a talk: the lines on the card."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings.actions import id_as_sent, keep, let_stand_as_given, reword
from klimtouw.people.models import Person
from klimtouw.talks.actions.overtaken import held_tight
from klimtouw.talks.actions.sharing import share_with_other
from klimtouw.talks.models import PreparationLine, Talk


@transaction.atomic
def write_line(
    *, talk: Talk, by: Person, at: datetime, line_kind: str, text: str, on_card: bool, id: UUID | None = None
) -> PreparationLine:
    """Write a line for the preparation card: put on the card for both, or kept for oneself (T2, V12)."""
    talk = held_tight(talk, at)
    demand(by, Action.PREPARE_TALK, talk, at)
    own_id = id_as_sent(PreparationLine, id, by=by, text=text)
    line = keep(PreparationLine, by=by, at=at, id=own_id, talk=talk, line_kind=line_kind, text=text)
    if on_card:
        share_with_other(line, by=by, at=at)
    return line


@transaction.atomic
def reword_line(
    *, line: PreparationLine, by: Person, at: datetime, seen: int, line_kind: str, text: str
) -> PreparationLine:
    """Say a line of one's own in other words; who can read it stays as it was. Raises `StandsAsGiven` (V24)."""
    let_stand_as_given(line, at)
    return reword(line, by=by, at=at, seen=seen, line_kind=line_kind, text=text)
