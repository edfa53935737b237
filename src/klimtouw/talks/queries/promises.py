"""Read what the two promised each other: on the cards of the two talks that follow, and then it fades (R10)."""

from datetime import datetime
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from klimtouw.people.models import Person
from klimtouw.talks.choices import TalkState
from klimtouw.talks.models import Promise, Talk
from klimtouw.talks.queries.talks import talk as find_talk
from klimtouw.talks.queries.written import readable

CARDS = 2
"""On so many cards after the talk a promise stands."""


def promises_at(talk: Talk, person: Person, at: datetime) -> list[Promise]:
    """Return what stands on the card of a talk, the coach's own first, as far as this person may read it; at most one query.

    Whoever promised keeps it on the page of the talk it was made at; for the other it is gone once it has faded.
    """
    if not getattr(talk, "has_promises", True):  # its door has asked already
        return []
    talks = Talk.objects.filter(relation=talk.relation_id, starts_at__gt=OuterRef("talk__starts_at"))
    between = talks.filter(state__in=(TalkState.PLANNED, TalkState.HELD))
    if talk.starts_at:
        between = between.filter(starts_at__lt=talk.starts_at)
    found = readable(Promise, person, at).filter(talk__relation=talk.relation_id).select_related("talk")
    found = found.annotate(
        cards_before=Coalesce(_number_of(between), 0),
        cards_since=Coalesce(_number_of(talks.filter(state=TalkState.HELD)), 0),
    )
    shown = [promise for promise in found if _stands_on(talk, promise, person)]
    return sorted(shown, key=lambda one: (one.owner_id != talk.relation.coach_id, one.created_at, one.pk))


def _number_of(talks: QuerySet[Talk]) -> Subquery:
    return Subquery(talks.order_by().values("relation").annotate(number=Count("pk")).values("number"))


def _stands_on(talk: Talk, promise: Promise, person: Person) -> bool:
    if promise.talk_id == talk.pk:
        return promise.owner_id == person.pk or promise.cards_since < CARDS  # type: ignore[attr-defined]  # added by the query
    made = promise.of_talk.starts_at
    is_later = made is not None and (talk.starts_at is None or talk.starts_at > made)
    return is_later and promise.cards_before < CARDS  # type: ignore[attr-defined]  # added by the query


def promise_at(person: Person, at: datetime, promise: UUID, talk: UUID) -> Promise:
    """Find a promise that this person may read, with the talk on whose page it stands."""
    shown_on = find_talk(person, at, talk)
    promises = readable(Promise, person, at).filter(talk__relation=shown_on.relation_id)
    found = promises.get(pk=promise)
    found.shown_on = shown_on  # type: ignore[attr-defined]  # where its page goes back to
    return found
