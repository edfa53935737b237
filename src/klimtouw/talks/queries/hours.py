"""Read when somebody is free, and when two are free at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils.timezone import localdate

from klimtouw.belongings import gate
from klimtouw.belongings.readers import readers_of
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from klimtouw.relations.queries.relations import relations_of
from klimtouw.talks.choices import TalkState
from klimtouw.talks.hours import Window, meeting, starts_in, windows
from klimtouw.talks.models import OVER, FreeHours, Talk
from klimtouw.talks.moments import WrongMoment, check_moment
from klimtouw.talks.places import PLACES
from klimtouw.talks.queries.talks import end_of_agreements
from klimtouw.talks.queries.written import kept_of

AHEAD = timedelta(days=21)
MOST_OFFERED = 6
PLACES_LOOKED_AT, PLACES_OF_BEFORE = 12, 3
SAID_BEFORE_THE_END = timedelta(days=14)


def free_hours_of(person: Person) -> FreeHours | None:
    """Return one's own free hours."""
    return kept_of(FreeHours).filter(owner=person).first()


def end_soon(hours: FreeHours | None, at: datetime) -> bool:
    """Return whether free hours hold for two more weeks at most, or are over (but not for long)."""
    return hours is not None and abs(hours.ends_on - localdate(at)) <= SAID_BEFORE_THE_END


@dataclass(frozen=True)
class SeesMyHours:
    """The other one of a relation, and whether they see when one is free."""

    relation: Relation
    other: Person
    sees: bool


def who_sees_hours(hours: FreeHours | None, person: Person, at: datetime) -> list[SeesMyHours]:
    """Return everybody with whom somebody could share their free hours, and who sees them now; two queries."""
    live = [relation for relation in relations_of(person, at) if relation.state not in OVER]
    reading = {reader.person.pk for reader in readers_of([hours], at)[hours.pk]} if hours else set()
    return [SeesMyHours(each, each.other(person), each.other(person).pk in reading) for each in live]


@dataclass(frozen=True)
class FreeTogether:
    """Moments at which a talk could be, and of whose free hours they were made."""

    moments: list[datetime]
    mine: FreeHours | None
    theirs: FreeHours | None


def free_together(
    relation: Relation,
    person: Person,
    at: datetime,
    *,
    minutes: int,
    after: datetime | None = None,
    most: int = MOST_OFFERED,
) -> FreeTogether:
    """Return the first moments that fit the free hours of both, as far as this person may see those of the other; two queries.

    What the other one has to do elsewhere shows in nothing: only one's own planned talks are left out.
    """
    is_over = relation.state in OVER  # from the second the agreements end, whoever looks (V24)
    both = [person.pk] if is_over else [relation.coachee_id, relation.coach_id]
    found = {
        each.owner_id: each
        for each in kept_of(FreeHours).filter(_seen_in(relation, person, at), owner__in=both)
    }
    mine, theirs = found.get(person.pk), found.get(relation.other(person).pk)
    if not found:
        return FreeTogether([], None, None)
    free = _windows_of(list(found.values()), max(after or at, at))
    starts = starts_in(free, minutes, _taken(person, at))
    until = end_of_agreements(relation)
    return FreeTogether([one for one in starts if _can_be(one, at, until)][:most], mine, theirs)


def _seen_in(relation: Relation, person: Person, at: datetime) -> Q:
    """Return the condition on hours that they are one's own, or shown in this relation: not in another one of the two (V12)."""
    bonds = (relation.acquaintance_bond_id, relation.work_bond_id)
    first, second = (gate.readable_on(bond, person, at) for bond in bonds)
    return Q(owner=person) | first | second


def places_for(relation: Relation) -> list[str]:
    """Return places to think of: where the two talked before, then our own; one query."""
    talks = Talk.objects.filter(relation=relation).order_by("-proposed_at", "pk")[:PLACES_LOOKED_AT]
    before = dict.fromkeys(talk.place for talk in talks if talk.place)
    return [*list(before)[:PLACES_OF_BEFORE], *(str(place) for place in PLACES)]


def _windows_of(hours: Sequence[FreeHours], begin: datetime) -> list[Window]:
    zone, first = ZoneInfo(settings.TIME_ZONE), localdate(begin)
    rows = [list(windows(each.blocks, first, _last_day(each, first), zone)) for each in hours]
    together = rows[0] if len(rows) == 1 else meeting(*rows)
    return [(begins, ends) for begins, ends in together if begins > begin]


def _last_day(hours: FreeHours, first: date) -> date:
    return min(hours.ends_on, first + AHEAD)


def _taken(person: Person, at: datetime) -> list[Window]:
    """Return when somebody has talks already."""
    mine = Q(relation__coachee=person) | Q(relation__coach=person)
    planned = Talk.objects.filter(mine, state=TalkState.PLANNED, starts_at__gt=at).order_by("starts_at", "pk")
    return [(talk.starts_at, talk.ends_at) for talk in planned if talk.starts_at and talk.ends_at]


def _can_be(moment: datetime, at: datetime, until: datetime | None) -> bool:
    try:
        check_moment(moment, at, until)
    except WrongMoment:
        return False
    return True
