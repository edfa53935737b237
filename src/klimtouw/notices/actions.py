"""Have something told, and say how one wants to hear (E3).

    tell(TALK_PROPOSED, person, about=talk.pk, relation=talk.relation_id, by=who_proposed, at=at)

`tell` lays down one row with ids alone, in the transaction of whoever calls it: what is undone is not told. The same kind
about the same thing, told twice before it was sent, is told once. It goes along with the person's next message (once a
day or a week, at their hour). With `before`, the moment by which it has to be read, it may come earlier, outside the quiet
hours. With `on` it is a mail of its own at that moment, such as the card ten minutes before a talk; told again with another
moment, it moves. It waits for the end of the quiet hours too, unless `before`, what it is about, lies within them. Whether it is still so, and whether the person may know, is asked when it is sent: there is nothing to
take back. Nobody is told of their own act: give the actor as `by`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.notices.choices import Topic
from klimtouw.notices.kinds import Kind
from klimtouw.notices.models import Mute, Notice, Parcel, Wishes
from klimtouw.notices.queries import wishes_of
from klimtouw.people.models import Person
from klimtouw.people.second_lock import the_house


@transaction.atomic
def tell(
    kind: Kind,
    to: Person,
    *,
    about: UUID,
    at: datetime,
    relation: UUID | None = None,
    by: Person | None = None,
    before: datetime | None = None,
    on: datetime | None = None,
) -> None:
    """Have one person told of one thing, once, unless it is their own act or they left."""
    if by == to or not to.is_active:
        return
    with the_house():  # the row is of whoever is told, and so are their hours
        hours = wishes_of(to).hours
        due = hours.alone(on, before) if on else hours.due(at, before)
        # Held until the news itself stands: a worker cannot pack the row, ask too early, and take the news along.
        row, is_new = Notice.objects.select_for_update().get_or_create(
            person=to,
            kind=kind.name,
            about=about,
            parcel=None,
            defaults={"relation": relation, "due_at": due, "before": before, "is_alone": on is not None},
        )
        if not is_new:
            due, read_by = (due, before) if on else (min(row.due_at, due), _soonest(row.before, before))
            Notice.objects.filter(pk=row.pk).update(due_at=due, before=read_by)


def _soonest(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment), default=None)


@transaction.atomic
def take_back(kind: Kind, to: Person, *, about: UUID) -> bool:
    """Do not tell what was not told yet; return whether it was still waiting. Only needed when something else would be told instead."""
    with the_house():
        waiting = Notice.objects.filter(person=to, kind=kind.name, about=about, parcel=None)
        return bool(waiting.delete()[0])


@transaction.atomic
def change_wishes(*, person: Person, by: Person, at: datetime, **wishes: Any) -> None:
    """Change how often and when somebody hears; what waits for the usual hour comes at the new one, what comes earlier stays."""
    demand(by, Action.CHANGE_OWN_SETTINGS, person, at)
    usual = wishes_of(person).hours.next_after(at)
    now, _ = Wishes.objects.update_or_create(person=person, defaults=wishes)
    with the_house():
        waiting = Notice.objects.filter(person=person, parcel=None, is_alone=False)
        waiting = waiting.filter(due_at__gte=usual)  # sooner is what has to be read before a moment
        waiting.filter(before=None).update(due_at=now.hours.next_after(at))
        for row in waiting.exclude(before=None):  # a new rhythm tells nothing too late
            Notice.objects.filter(pk=row.pk).update(due_at=now.hours.due(at, row.before))


@transaction.atomic
def choose_what_to_hear(
    *, person: Person, by: Person, at: datetime, topics: Iterable[Topic], relations: dict[UUID, bool]
) -> None:
    """Hear about these topics alone, and about the relations that say yes; a relation that is not named stays as it was."""
    demand(by, Action.CHANGE_OWN_SETTINGS, person, at)
    muted = Mute.objects.filter(person=person)
    wanted = set(topics)
    muted.filter(relation=None, topic__in=wanted).delete()
    muted.filter(relation__in=[key for key, is_heard in relations.items() if is_heard]).delete()
    rows = [Mute(person=person, topic=topic) for topic in Topic if topic not in wanted]
    rows += [Mute(person=person, relation=key) for key, is_heard in relations.items() if not is_heard]
    Mute.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def mute(*, person: Person, by: Person, at: datetime, topics: Iterable[Topic]) -> None:
    """Send no more mail about these topics; done twice it is done once."""
    demand(by, Action.CHANGE_OWN_SETTINGS, person, at)
    Mute.objects.bulk_create([Mute(person=person, topic=topic) for topic in topics], ignore_conflicts=True)


def forget_messages_about(relation: UUID) -> None:
    """Forget what waits to be told about a relation and who muted it: it ended before it began, or is erased (V8)."""
    with the_house():  # the rows are of both people
        Notice.objects.filter(Q(relation=relation) | Q(about=relation)).delete()
        Mute.objects.filter(relation=relation).delete()


def forget_messages_of(person: Person) -> None:
    """Forget what waited for somebody and how they wanted to hear, when they erase everything (P5)."""
    for rows in (Notice, Parcel, Mute, Wishes):
        rows.objects.filter(person=person).delete()
