"""Jot down and wipe, say what helped, keep a note after practising. Every change starts with the policy."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings.actions import erase_rows, id_as_sent, keep, reword
from klimtouw.growth.models import Jotting, PracticeNote, WhatHelped
from klimtouw.growth.queries.own import practice_note_of
from klimtouw.growth.texts.practice import PracticeTalk
from klimtouw.people.models import Person
from klimtouw.relations.actions.held import held
from klimtouw.relations.models import Relation
from klimtouw.talks.actions import NotYetBegun, held_tight
from klimtouw.talks.models import Talk
from klimtouw.talks.queries import kept_of


@transaction.atomic
def jot(relation: Relation, *, by: Person, at: datetime, text: str, id: UUID | None = None) -> Jotting:
    """Keep a short note about one's own acting, until the end of the relation (T9)."""
    relation = held(relation, at)
    demand(by, Action.JOT, relation, at)
    own_id = id_as_sent(Jotting, id, by=by, text=text)
    return keep(Jotting, by=by, at=at, id=own_id, relation=relation, text=text)


@transaction.atomic
def wipe_jotting(relation: Relation, *, by: Person, at: datetime, jotting: UUID) -> None:
    """Wipe one of one's own notes for good, with its key; what is not there any more is wiped already."""
    demand(by, Action.JOT, relation, at)
    erase_rows(Jotting.objects.filter(pk=jotting, relation=relation, owner=by))


@transaction.atomic
def say_what_helped(
    *, talk: Talk, by: Person, at: datetime, seen: int, roles: str, text: str, id: UUID | None = None
) -> WhatHelped:
    """Keep which coach roles helped in a talk, private; one per talk, whatever the number of tabs (T6)."""
    talk = held_tight(talk, at)
    demand(by, Action.SAY_WHAT_HELPED, talk, at)
    if not talk.has_begun(at):
        raise NotYetBegun
    there = kept_of(WhatHelped).filter(talk=talk, owner=by).first()
    if there is not None:
        return reword(there, by=by, at=at, seen=seen, roles=roles, text=text)
    own_id = id_as_sent(WhatHelped, id, by=by, roles=roles, text=text)
    return keep(WhatHelped, by=by, at=at, id=own_id, talk=talk, roles=roles, text=text)


@transaction.atomic
def keep_practice_note(
    practice: PracticeTalk, *, by: Person, at: datetime, seen: int, text: str, id: UUID | None = None
) -> PracticeNote:
    """Keep what one takes from a practice talk, for oneself alone; one per talk (T8)."""
    demand(by, Action.WRITE_OWN, by, at)
    if there := practice_note_of(by, practice.key):
        return reword(there, by=by, at=at, seen=seen, text=text)
    own_id = id_as_sent(PracticeNote, id, by=by, text=text)
    return keep(PracticeNote, by=by, at=at, id=own_id, practice=practice.key, text=text)
