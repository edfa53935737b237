"""Read how somebody wants to hear, and what is due."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from klimtouw.notices.models import Mute, Notice, Parcel, Wishes
from klimtouw.people.models import Person


def wishes_of(person: Person) -> Wishes:
    """Return how somebody wants to hear; whoever never said so hears once a day, at a calm hour."""
    return Wishes.objects.filter(person=person).first() or Wishes(person=person)


@dataclass(frozen=True)
class Muted:
    """What somebody does not want mail about."""

    topics: frozenset[str]
    relations: frozenset[UUID]


def muted_by(person: Person) -> Muted:
    """Return what somebody muted; one query."""
    rows = list(Mute.objects.filter(person=person).values_list("topic", "relation"))
    topics = frozenset(topic for topic, relation in rows if relation is None)
    return Muted(topics, frozenset(relation for _topic, relation in rows if relation is not None))


def people_with_something_due(at: datetime) -> list[UUID]:
    """Return for whom a mail is due, or one that did not leave is to be tried again."""
    due = Notice.objects.filter(parcel=None, due_at__lte=at).values_list("person", flat=True)
    again = Parcel.objects.filter(again_at__lte=at).values_list("person", flat=True)
    return list(due.union(again))
