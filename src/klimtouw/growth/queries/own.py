"""Read what somebody wrote for their own growth, and what a coachee said that helped."""

from datetime import datetime

from klimtouw.growth.models import Jotting, PracticeNote, WhatHelped
from klimtouw.people import keyring
from klimtouw.people.models import Person
from klimtouw.relations.choices import Side
from klimtouw.relations.models import Relation
from klimtouw.relations.queries.relations import LIVE, relations_of
from klimtouw.talks.models import Talk
from klimtouw.talks.queries import readable
from klimtouw.talks.queries.written import with_sharing


def jottings_in(relation: Relation, person: Person) -> list[Jotting]:
    """Return this person's own notes in one relation, the newest first.

    Without those that an old copy of the database brought back after their key was destroyed.
    """
    found = Jotting.objects.kept().filter(relation=relation, owner=person).order_by("-created_at", "-pk")
    return [jotting for jotting in found if _can_be_read(jotting)]


def _can_be_read(jotting: Jotting) -> bool:
    try:
        return bool(jotting.text)
    except keyring.KeyDestroyed:
        return False


def coached_now(person: Person, at: datetime) -> list[Relation]:
    """Return the live relations in which this person coaches; one query."""
    mine = relations_of(person, at)
    return [one for one in mine if one.side_of(person) == Side.COACH and one.state in LIVE]


def what_helped_in(talk: Talk, person: Person, at: datetime) -> WhatHelped | None:
    """Return what the coachee says that helped in a talk, when this person may read it, with whether the other can."""
    found = readable(WhatHelped, person, at).filter(talk=talk, owner=talk.relation.coachee_id)
    return with_sharing(found, talk.relation.other(person), at).first()


def practice_note_of(person: Person, practice: str) -> PracticeNote | None:
    """Return this person's own note after a practice talk, if any."""
    return PracticeNote.objects.kept().filter(owner=person, practice=practice).first()
