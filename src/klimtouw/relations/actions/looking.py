"""Write what one looks at halfway and at the end, and a letter to a next coach (R13, R14)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from klimtouw.access.decide import Denied, demand
from klimtouw.access.table import Action
from klimtouw.belongings.actions import id_as_sent, keep, let_stand_as_given, remove, revoke, reword, share
from klimtouw.belongings.models import Thing
from klimtouw.people.models import Person
from klimtouw.relations.looking import Topic
from klimtouw.relations.models import HandoverLetter, Relation
from klimtouw.relations.queries.looking import both_sit_on, own_letter_about, own_look


@transaction.atomic
def write_look(
    topic: Topic,
    *,
    relation: Relation,
    by: Person,
    at: datetime,
    is_shared: bool | None,
    words: dict[str, str],
    seen: int,
    id: UUID | None = None,
) -> Thing | None:
    """Keep what one writes on a topic, for oneself or also for the other; nothing written keeps nothing.

    Without an answer (`is_shared` is None) who may read it stays as it is. Raises `ChangedMeanwhile`, and `StandsAsGiven`
    for what a coach gave: after the end it is neither reworded nor taken back in passing (V24).
    """
    demand(by, Action.LOOK_TOGETHER, relation, at)
    if not topic.is_asked_of(relation.side_of(by)):
        raise Denied("this is asked of the other")
    _let_one_tab_at_a_time(by)
    thing: Thing | None = own_look(topic, relation, by)
    if thing is not None:
        let_stand_as_given(thing, at)
        thing = reword(thing, by=by, at=at, seen=seen, **words)
    elif any(words.values()):
        own_id = id_as_sent(topic.model, id, by=by, **words)
        thing = keep(topic.model, by=by, at=at, id=own_id, relation=relation, **words, **topic.place)
    if thing is not None and is_shared and both_sit_on(relation.work_bond_id, at):
        share(thing, onto=relation.work_bond, by=by, at=at)
    elif thing is not None and is_shared is False:
        revoke(thing, onto=relation.work_bond, by=by, at=at)
    return thing


@transaction.atomic
def write_letter_to_next(
    *, relation: Relation, by: Person, at: datetime, text: str, seen: int, id: UUID | None = None
) -> HandoverLetter | None:
    """Keep a letter to a next coach, private; there is one per relation it looks back at. Raises `ChangedMeanwhile`."""
    demand(by, Action.WRITE_HANDOVER, relation, at)
    _let_one_tab_at_a_time(by)
    letter = own_letter_about(relation, by)
    if letter is not None:
        return reword(letter, by=by, at=at, seen=seen, text=text)
    if not text:
        return None
    own_id = id_as_sent(HandoverLetter, id, by=by, text=text)
    return keep(HandoverLetter, by=by, at=at, id=own_id, relation=relation, text=text)


def letter_read_in(
    letter: HandoverLetter, relation: Relation, *, by: Person, at: datetime, is_shared: bool
) -> None:
    """Let the coach of a later relation read the letter, or no longer; only its writer decides (V12)."""
    demand(by, Action.GET_ACQUAINTED, relation, at)
    if relation.coachee_id != by.pk or letter.relation_id == relation.pk:
        raise Denied("a letter to a next coach is for a next coach")
    if is_shared:
        share(letter, onto=relation.acquaintance_bond, by=by, at=at)
    else:
        revoke(letter, onto=relation.acquaintance_bond, by=by, at=at)


def put_letter_away(letter: HandoverLetter, *, by: Person, at: datetime) -> None:
    """Put a letter away; it lies in the trash for a while."""
    remove(letter, by=by, at=at)


def _let_one_tab_at_a_time(by: Person) -> None:
    """There is one per topic: two first saves at once wait for each other."""
    Person.objects.select_for_update().get(pk=by.pk)
