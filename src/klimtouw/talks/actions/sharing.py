"""Let the other one read what was written about a talk, or stop that."""

from datetime import datetime

from django.db import transaction

from klimtouw.belongings.actions import remove, revoke, share
from klimtouw.people.models import Person
from klimtouw.talks.actions.overtaken import NothingToShareOnto
from klimtouw.talks.models import AboutTalk
from klimtouw.talks.queries import bond_open_in


@transaction.atomic
def share_with_other(thing: AboutTalk, *, by: Person, at: datetime) -> None:
    """Let the other one of the relation read something written about a talk; only its writer can (V12)."""
    bond = bond_open_in(thing.talk.relation, at) if thing.talk else None
    if bond is None:
        raise NothingToShareOnto
    share(thing, onto=bond, by=by, at=at)


@transaction.atomic
def keep_to_oneself(thing: AboutTalk, *, by: Person, at: datetime) -> None:
    """Stop sharing something written about a talk, at once."""
    if thing.talk:
        for bond in (thing.talk.relation.acquaintance_bond, thing.talk.relation.work_bond):
            revoke(thing, onto=bond, by=by, at=at)


@transaction.atomic
def take_away(thing: AboutTalk, *, by: Person, at: datetime) -> None:
    """Put away something written about a talk; that stops the sharing too."""
    remove(thing, by=by, at=at)
