"""Read who opened what: the ledger in kind words, per day, similar lines folded into one (P2).

Folding by day follows the Dutch norm for looking into health records (NEN 7513). The names of people and things are
looked up at the moment of reading: the ledger itself holds neither.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klimtouw.access.page import HAT_WORDS
from klimtouw.access.table import Hat
from klimtouw.belongings.choices import LOOK, REVOKED, SHARED
from klimtouw.belongings.models import Seat, Thing
from klimtouw.belongings.paging import whole_number
from klimtouw.belongings.queries import in_full, kinds
from klimtouw.ledger.models import Line
from klimtouw.ledger.queries import Stretch, newest_by, newest_of
from klimtouw.people.models import Person

LAST_LINE = 10**18
NAMED_FOR = timedelta(days=30)


@dataclass
class Look:
    """One thing on one day: when last, and how many times. `thing` is None when it is erased or not yours."""

    at: datetime
    thing: Any | None
    kind_word: str | Promise
    times: int = 1


@dataclass
class Visit:
    """What one person did on one day in one hat; `other` is how the reader of the page knows the other one."""

    other: str
    hat: str
    act: str
    is_own: bool
    """Whether the reader of this page did it."""
    looks: list[Look] = field(default_factory=list)

    @property
    def is_about_things(self) -> bool:
        """Whether its lines name things; a signature is about a contract, which is of two."""
        return self.act in (LOOK, SHARED, REVOKED)

    @property
    def sentence(self) -> str:
        """Say in words who did what, in which hat."""
        if self.act == LOOK:
            return _opened_by_you(self) if self.is_own else _opened(self)
        own_acts = {SHARED: _("You shared:"), REVOKED: _("You stopped sharing:")}
        return own_acts.get(self.act) or _("You signed a contract:")


def _opened(visit: Visit) -> str:
    who = {"who": visit.other[:1].upper() + visit.other[1:]}
    if visit.hat in (Hat.COACH, Hat.COACH_ONCE_SHARED):
        return _("%(who)s opened, as your coach:") % who
    if visit.hat in (Hat.COACHEE, Hat.COACHEE_ONCE_SHARED):
        return _("%(who)s opened, as your coachee:") % who
    if visit.hat == Hat.FACILITATOR_ONCE_SHARED:
        return _("%(who)s opened, as the facilitator of your circle:") % who
    if visit.hat == Hat.MEMBER_ONCE_SHARED:
        return _("%(who)s opened, as a member of your circle:") % who
    return _("%(who)s opened, in the hat of %(hat)s:") % {**who, "hat": _hat_in_words(visit.hat)}


def _opened_by_you(visit: Visit) -> str:
    whose = {"whose": visit.other}
    if visit.hat in (Hat.COACH, Hat.COACH_ONCE_SHARED):
        return _("You opened, as coach of %(whose)s:") % whose
    if visit.hat in (Hat.COACHEE, Hat.COACHEE_ONCE_SHARED):
        return _("You opened, as coachee of %(whose)s:") % whose
    if visit.hat in (Hat.FACILITATOR_ONCE_SHARED, Hat.MEMBER_ONCE_SHARED):
        return _("You opened, in the circle you share with %(whose)s:") % whose
    return _("You opened something of %(whose)s, in the hat of %(hat)s:") % {
        **whose,
        "hat": _hat_in_words(visit.hat),
    }


def _hat_in_words(hat: str) -> str:
    words = HAT_WORDS.get(Hat(hat)) if hat in set(Hat) else None
    return words["en" if get_language() == "en" else "nl"] if words else hat


@dataclass(frozen=True)
class LooksPage:
    """Some days of looks, the newest first; `older` is what the link to the next page says, None at the end."""

    days: list[tuple[date, list[Visit]]]
    older: int | None
    is_newest: bool


def asked_for(before: str) -> int | None:
    """Return the line from which somebody wants to read on; anything odd is the newest."""
    return whole_number(before, most=LAST_LINE)


def looks_at(person: Person, at: datetime, before: int | None = None) -> LooksPage:
    """Return who opened what is this person's, and what they shared; five queries and one per kind."""
    stretch = newest_of(person.pk, before=before)
    return _page(stretch, person, at, by="number", before=before)


def looks_at_one(thing: Thing, owner: Person, at: datetime, before: int | None = None) -> LooksPage:
    """Return who opened one thing, on its own or with the whole it is read with; for its owner."""
    about = {pk for pk in (thing.pk, thing.whole_id) if pk}
    stretch = newest_of(owner.pk, before=before, about=about)
    return _page(stretch, owner, at, by="number", before=before, about_one=True)


def looks_by(person: Person, at: datetime, before: int | None = None) -> LooksPage:
    """Return what this person opened of others: of whom, which kind of thing and when, without their words."""
    stretch = newest_by(person.pk, LOOK, before=before)
    return _page(stretch, person, at, by="pk", before=before)


def _page(
    stretch: Stretch, reader: Person, at: datetime, *, by: str, before: int | None, about_one: bool = False
) -> LooksPage:
    lines = _whole_days(stretch.lines) if stretch.has_older else stretch.lines
    older = getattr(lines[-1], by) if stretch.has_older else None
    # The page of one thing says above what its lines are about.
    things = {} if about_one else _things_in(lines, reader)
    return LooksPage(_per_day(lines, _People(lines, reader, at), things), older, before is None)


def _whole_days(lines: list[Line]) -> list[Line]:
    """Leave the oldest day to the next page, where it stands whole; a day longer than a page goes over two."""
    oldest = _day_of(lines[-1])
    whole = [line for line in lines if _day_of(line) != oldest]
    return whole or lines


def _day_of(line: Line) -> date:
    return localtime(line.at).date()


def _per_day(
    lines: list[Line], people: "_People", things: dict[UUID, Look]
) -> list[tuple[date, list[Visit]]]:
    visits: dict[tuple[Any, ...], Visit] = {}
    folded: dict[tuple[Any, ...], Look] = {}
    days: defaultdict[date, list[Visit]] = defaultdict(list)
    for line in lines:
        visit_key = (_day_of(line), line.owner_id, line.by_id, line.hat, line.act)
        if visit_key not in visits:
            visits[visit_key] = Visit(people.other(line), line.hat, line.act, people.is_own(line))
            days[visit_key[0]].append(visits[visit_key])
        look_key = (*visit_key, line.about_id)
        if look_key in folded:
            folded[look_key].times += 1
            continue
        folded[look_key] = replace(things.get(line.about_id, Look(line.at, None, "")), at=line.at, times=1)
        visits[visit_key].looks.append(folded[look_key])
    return list(days.items())


class _People:
    """How the reader knows the people in some lines: by name, while the two are or were joined by a bond, and for thirty days.

    After that, a match that did not start is nobody's history any more (V8): the line stays, without the name (decision 7).
    """

    def __init__(self, lines: Iterable[Line], reader: Person, at: datetime) -> None:
        ids = {pk for line in lines for pk in (line.by_id, line.owner_id)} - {reader.pk}
        self.reader, self.named_since = reader, at - NAMED_FOR
        self.people = Person.objects.in_bulk(ids)
        own = Seat.objects.filter(person=reader).values("bond")
        self.joined = set(Seat.objects.filter(bond__in=own, person__in=ids).values_list("person", flat=True))

    def is_own(self, line: Line) -> bool:
        """Whether the reader did it."""
        return line.by_id == self.reader.pk

    def other(self, line: Line) -> str:
        """Return how the other one is called here."""
        pk = line.owner_id if self.is_own(line) else line.by_id
        if pk == self.reader.pk:
            return self.reader.name
        if pk not in self.people:
            return _("somebody who left")
        if pk in self.joined or line.at >= self.named_since:
            return self.people[pk].name
        return _("somebody from an acquaintance")


def _things_in(lines: Iterable[Line], reader: Person) -> dict[UUID, Look]:
    """Return what the lines are about: one's own things in full, of others' only the kind."""
    about = Thing.objects.filter(pk__in={line.about_id for line in lines})
    words, own, found = kinds(), [], {}
    for thing in about:
        found[thing.pk] = Look(thing.changed_at, None, words[thing.kind].KIND_WORD)
        if thing.owner_id == reader.pk:
            own.append(thing)
    for thing in in_full(own):
        found[thing.pk].thing = thing
    return found
