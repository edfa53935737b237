"""Read what the two promised each other: on the cards of the two talks that follow, and then it fades (R10)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from klimtouw.belongings.models import Thing
from klimtouw.people.models import Person
from klimtouw.talks.models import Promise
from klimtouw.talks.queries.around import Around
from klimtouw.talks.queries.talks import talk as find_talk
from klimtouw.talks.queries.written import readable

CARDS = 2
"""On so many cards after the talk a promise stands."""


def promises_on_card(near: Around, written: Iterable[Thing], reader: Person | None) -> list[Promise]:
    """Return what of the promises of the two stands on the card of a talk, the coach's own first.

    Whoever promised keeps it on the page of the talk it was made at; for the other, and in an example, it is gone once it has faded.
    """
    promises = [one for one in written if isinstance(one, Promise)]
    for promise in promises:
        promise.talk = near.talk_with(promise.talk_id)
    shown = [one for one in promises if _stands_on(near, one, reader)]
    return sorted(
        shown, key=lambda one: (one.owner_id != near.talk.relation.coach_id, one.created_at, one.pk)
    )


def _stands_on(near: Around, promise: Promise, reader: Person | None) -> bool:
    made = promise.of_talk
    if made.pk == near.talk.pk:
        is_own = reader is not None and promise.owner_id == reader.pk
        return is_own or near.cards_since(made) < CARDS
    is_later = made.starts_at is not None and near.is_earlier(made)
    return is_later and near.cards_before(made) < CARDS


def promise_at(person: Person, at: datetime, promise: UUID, talk: UUID) -> Promise:
    """Find a promise that this person may read, with the talk on whose page it stands."""
    shown_on = find_talk(person, at, talk)
    promises = readable(Promise, person, at).filter(talk__relation=shown_on.relation_id)
    found = promises.get(pk=promise)
    found.shown_on = shown_on  # type: ignore[attr-defined]  # where its page goes back to
    return found
