"""Find entries of one's own trail back: by goal, form, month and evidence, and by words that are looked for in memory (C8)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone, localdate

from klimtouw.belongings.models import ThingQuerySet
from klimtouw.belongings.paging import Page
from klimtouw.belongings.readers import readers_of
from klimtouw.climb.models import Entry, Evidence
from klimtouw.climb.own_words import Sought
from klimtouw.climb.queries.climb import own, with_readers
from klimtouw.climb.queries.evidence import with_evidence
from klimtouw.climb.queries.trail import PER_PAGE
from klimtouw.people.composed import composed
from klimtouw.people.models import Person

SHOWN = 700
AT_ONCE = 500
MONTHS = 12
MOST_IN_SELECTION = 300


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in their own trail."""

    sought: str = ""
    goal: UUID | None = None
    form: str = ""
    month: date | None = None
    with_evidence: bool = False


@dataclass(frozen=True)
class Found:
    """An entry as it is shown among what was found, with the words that were sought marked."""

    entry: Entry
    who: str
    has_evidence: bool
    text: SafeString
    answers: list[tuple[Promise, SafeString]]


@dataclass(frozen=True)
class Chosen:
    """An entry in a selection, with the evidence that hangs on it."""

    entry: Entry
    evidence: list[Evidence] = field(default_factory=list)


@dataclass(frozen=True)
class Selection:
    """What somebody chose from their own trail to show or keep."""

    chosen: list[Chosen]
    has_more: bool = False
    most: int = MOST_IN_SELECTION


def months_of(person: Person, at: datetime) -> list[date]:
    """Return every month since somebody's first entry, the newest first; one query that reads one entry."""
    first = _first_entry.first(person)
    if first is None:
        return []
    began, today = localdate(first.created_at), localdate(at)
    count = (today.year - began.year) * MONTHS + today.month - began.month
    numbers = (today.year * MONTHS + today.month - 1 - back for back in range(count + 1))
    return [date(number // MONTHS, number % MONTHS + 1, 1) for number in numbers]


@composed
def _first_entry(person: Person) -> ThingQuerySet[Entry]:
    return own(Entry, person).order_by("created_at", "pk")[:1]


def found(person: Person, wanted: Wanted, number: int, at: datetime) -> Page[Found]:
    """Return a page of what was found, the newest first; four queries, however many entries there are."""
    sought = Sought(wanted.sought)
    start = (number - 1) * PER_PAGE
    entries = list(islice(_fitting(person, wanted, sought), start, start + PER_PAGE + 1))
    return Page(_shown(person, entries[:PER_PAGE], sought, at), number, len(entries) > PER_PAGE)


def selection(person: Person, wanted: Wanted, ticked: Sequence[UUID]) -> Selection:
    """Return the ticked entries, else the newest of what was found, each with its evidence; two queries."""
    if ticked:
        entries = list(_newest_first(own(Entry, person).filter(pk__in=ticked))[: MOST_IN_SELECTION + 1])
    else:
        fitting = _fitting(person, wanted, Sought(wanted.sought))
        entries = list(islice(fitting, MOST_IN_SELECTION + 1))
    some = entries[:MOST_IN_SELECTION]
    hanging = Evidence.objects.filter(owner=person, on__in=[entry.pk for entry in some]).kept()
    evidence = list(hanging.order_by("created_at", "pk"))
    chosen = [Chosen(entry, [one for one in evidence if one.on_id == entry.pk]) for entry in some]
    return Selection(chosen, len(entries) > MOST_IN_SELECTION)


def _fitting(person: Person, wanted: Wanted, sought: Sought) -> Iterator[Entry]:
    """Go through the entries that fit, the newest first; their words are opened one by one and kept nowhere."""
    fitting = _newest_first(_sifted(own(Entry, person), wanted)).defer("device", "changed_at")
    entries = fitting.iterator(chunk_size=AT_ONCE)
    return (entry for entry in entries if not sought or _holds(entry, sought))


def _holds(entry: Entry, sought: Sought) -> bool:
    return sought.is_in(entry.text, *entry.given.values())


def _newest_first(entries: ThingQuerySet[Entry]) -> ThingQuerySet[Entry]:
    return entries.order_by("-created_at", "-pk")


def _sifted(entries: ThingQuerySet[Entry], wanted: Wanted) -> ThingQuerySet[Entry]:
    if wanted.goal:
        entries = entries.filter(goal=wanted.goal)
    if wanted.form:
        entries = entries.filter(form=wanted.form)
    if wanted.month:
        entries = entries.filter(
            created_at__gte=_begin(wanted.month), created_at__lt=_begin(_after(wanted.month))
        )
    if wanted.with_evidence:
        entries = entries.filter(Exists(Evidence.objects.filter(on=OuterRef("pk")).kept()))
    return entries


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, get_current_timezone())


def _after(month: date) -> date:
    """Return the first day of the next month."""
    return date(month.year + month.month // MONTHS, month.month % MONTHS + 1, 1)


def _shown(person: Person, entries: list[Entry], sought: Sought, at: datetime) -> list[Found]:
    pinned = with_evidence(person, entries)
    return [
        Found(entry, who, entry.pk in pinned, sought.marked(entry.text, SHOWN), _answers(entry, sought))
        for entry, who in with_readers(entries, readers_of(entries, at))
    ]


def _answers(entry: Entry, sought: Sought) -> list[tuple[Promise, SafeString]]:
    pairs: Iterable[tuple[Promise, str]] = entry.questions_and_answers
    return [(question, sought.marked(answer, SHOWN)) for question, answer in pairs]
