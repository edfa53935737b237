"""Promise something, and say oneself that it is done (R10)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings.actions import id_as_sent, keep, let_stand_as_given, place, reword
from klimtouw.people.models import Person
from klimtouw.talks.actions.overtaken import Overtaken, held_tight
from klimtouw.talks.actions.sharing import share_with_other
from klimtouw.talks.choices import TalkState
from klimtouw.talks.models import Promise, Talk


@transaction.atomic
def make_promise(*, talk: Talk, by: Person, at: datetime, text: str, id: UUID | None = None) -> Promise:
    """Promise the other something: about what one does oneself, and to be read by both. Sharing it is what promising is."""
    talk = held_tight(talk, at)
    demand(by, Action.MAKE_PROMISE, talk, at)
    if talk.state not in (TalkState.PLANNED, TalkState.HELD):
        raise Overtaken
    own_id = id_as_sent(Promise, id, by=by, text=text)
    promise = keep(Promise, by=by, at=at, id=own_id, talk=talk, text=text)
    share_with_other(promise, by=by, at=at)
    return promise


@transaction.atomic
def reword_promise(*, promise: Promise, by: Person, at: datetime, seen: int, text: str) -> Promise:
    """Say a promise of one's own in other words; who can read it stays as it was. Raises `StandsAsGiven` (V24)."""
    let_stand_as_given(promise, at)
    return reword(promise, by=by, at=at, seen=seen, text=text)


@transaction.atomic
def tick_promise(*, promise: Promise, by: Person, at: datetime, is_kept: bool) -> None:
    """Say of one's own promise that it is done, or not yet after all; twice is once. Raises `StandsAsGiven` (V24)."""
    let_stand_as_given(promise, at)
    if promise.is_kept != is_kept:
        place(promise, by=by, at=at, kept_at=at if is_kept else None)
