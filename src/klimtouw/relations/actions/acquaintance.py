"""Write in the acquaintance space, share there, and say whether you wear a double hat (R3, R8, V10, V12)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings.actions import id_as_sent, keep, revoke, reword, share
from klimtouw.belongings.models import Thing
from klimtouw.people.models import Person
from klimtouw.relations.actions.beginning import locked
from klimtouw.relations.choices import State
from klimtouw.relations.letter_tasks import ask_for_the_click, tell_double_hat_changed
from klimtouw.relations.models import ClickAnswer, Relation, WorkCard
from klimtouw.relations.pieces import Piece
from klimtouw.relations.queries.acquaintance import own_piece, work_card_of


@transaction.atomic
def write_piece(
    piece: Piece,
    *,
    relation: Relation,
    by: Person,
    at: datetime,
    is_shared: bool | None,
    words: dict[str, str],
    seen: int,
    id: UUID | None = None,
) -> Thing | None:
    """Keep one piece of the acquaintance, for its writer alone or also for the other; nothing written keeps nothing.

    Without an answer (`is_shared` is None) who may read it stays as it is.
    Raises `ChangedMeanwhile` when another tab or device was first.
    """
    demand(by, Action.GET_ACQUAINTED, relation, at)
    _let_one_tab_at_a_time(by)
    thing: Thing | None = own_piece(piece, relation, by)
    if thing is not None:
        thing = reword(thing, by=by, at=at, seen=seen, **words)
    elif any(words.values()):
        own_id = id_as_sent(piece.model, id, by=by, **words)
        thing = keep(piece.model, by=by, at=at, id=own_id, **words, **_place(piece, relation))
    if thing is not None and is_shared is not None:
        read_by_other(thing, relation=relation, by=by, at=at, is_shared=is_shared)
    return thing


@transaction.atomic
def write_work_card(
    *, by: Person, at: datetime, words: dict[str, str], seen: int, id: UUID | None = None
) -> WorkCard | None:
    """Keep how somebody works; who may read the card does not change. Raises `ChangedMeanwhile`."""
    demand(by, Action.WRITE_OWN, by, at)
    _let_one_tab_at_a_time(by)
    card = work_card_of(by)
    if card is not None:
        return reword(card, by=by, at=at, seen=seen, **words)
    if not any(words.values()):
        return None
    return keep(WorkCard, by=by, at=at, id=id_as_sent(WorkCard, id, by=by, **words), **words)


def _let_one_tab_at_a_time(by: Person) -> None:
    """A person has one card, and one answer per question: two first saves at once wait for each other."""
    Person.objects.select_for_update().get(pk=by.pk)


def _place(piece: Piece, relation: Relation) -> dict[str, Any]:
    if piece is Piece.WORK_CARD:
        return {}
    return {"relation": relation, "question": piece.question} if piece.question else {"relation": relation}


def read_by_other(thing: Thing, *, relation: Relation, by: Person, at: datetime, is_shared: bool) -> None:
    """Let the other in this relation read a piece, or no longer; only its owner decides (V12)."""
    if is_shared:
        share(thing, onto=relation.acquaintance_bond, by=by, at=at)
    else:
        revoke(thing, onto=relation.acquaintance_bond, by=by, at=at)


@transaction.atomic
def declare_double_hat(relation: Relation, *, by: Person, at: datetime, has_double_hat: bool) -> None:
    """Say whether the coach also assesses this coachee (R8).

    Who corrects it once the click question is open gives the coachee the question back: that answer was to other facts.
    """
    relation = locked(relation)
    demand(by, Action.DECLARE_DOUBLE_HAT, relation, at)
    before, relation.has_double_hat = relation.has_double_hat, has_double_hat
    relation.save(update_fields=["has_double_hat"])
    if relation.state == State.CLICKING and before not in (None, has_double_hat):
        ClickAnswer.objects.filter(relation=relation, person=relation.coachee).delete()
        tell_double_hat_changed.enqueue(str(relation.pk))
    elif relation.state == State.CLICKING and before is None:
        ask_for_the_click.enqueue(str(relation.pk))
