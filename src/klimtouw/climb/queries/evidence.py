"""Read evidence: with what it hangs on, and by itself."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from klimtouw.belongings.contents import Size, contents_of
from klimtouw.belongings.eyes import Eyes
from klimtouw.belongings.models import Thing
from klimtouw.belongings.queries import in_full
from klimtouw.climb.choices.evidence import EvidenceSort
from klimtouw.climb.models import Entry, Goal, Route, Step
from klimtouw.climb.models.evidence import Evidence
from klimtouw.climb.queries.climb import visible
from klimtouw.people.models import Person

HANGS_ON = (Entry, Goal, Step)
"""What evidence hangs on."""


def evidence(person: Person, at: datetime, evidence: UUID) -> Evidence:
    """Find a piece of evidence this person may read; while what it hangs on is put away, its owner alone."""
    found = visible(Evidence, person, at, evidence)
    found.hangs_on = in_full([Thing.objects.get(pk=found.on_id)])[0]
    if found.owner_id != person.pk and (found.removed_at or found.hangs_on.removed_at):
        raise Evidence.DoesNotExist
    return found


def photo(person: Person, at: datetime, evidence: UUID) -> Evidence:
    """Find a photo this person may read."""
    return _of_sort(EvidenceSort.PHOTO, person, at, evidence)


def file(person: Person, at: datetime, evidence: UUID) -> Evidence:
    """Find a photo or file this person may read."""
    return _of_sort(None, person, at, evidence)


def _of_sort(sort: EvidenceSort | None, person: Person, at: datetime, key: UUID) -> Evidence:
    found = evidence(person, at, key)
    if found.sort == EvidenceSort.LINK or (sort and found.sort != sort):
        raise Evidence.DoesNotExist
    return found


def place_for_evidence(person: Person, at: datetime, thing: UUID) -> Entry | Goal | Step:
    """Find something of one's own that evidence can hang on."""
    kinds = [model.KIND for model in HANGS_ON]
    own = Thing.objects.filter(owner=person, kind__in=kinds).kept().get(pk=thing)
    found: Entry | Goal | Step = in_full([own])[0]
    return found


def evidence_of(thing: Thing, eyes: Eyes) -> list[Evidence]:
    """Return the evidence that hangs on a thing that was found by a door; no query when there is none."""
    return evidence_on([thing], eyes) if thing.has_evidence else []  # type: ignore[attr-defined]  # added by `visible`


def evidence_on(things: Iterable[Thing], eyes: Eyes) -> list[Evidence]:
    """Return the evidence that hangs on things, the oldest first, as far as it may be read through these eyes; one query."""
    ids: Collection[UUID] = [thing.pk for thing in things]
    rows = Evidence.objects.visible_to(eyes.reader, eyes.at).kept().filter(on__in=ids)
    return eyes.read_by_both(rows.order_by("created_at", "pk"))


def evidence_on_steps(route: Route, steps: Iterable[Step], eyes: Eyes) -> list[Evidence]:
    """Return the evidence that hangs on the steps of a route that are not put away, each with the words of its step."""
    if not route.has_evidence:  # type: ignore[attr-defined]  # added by `visible`
        return []
    there = {step.pk: step for step in steps if step.removed_at is None}
    found = evidence_on(there.values(), eyes)
    for one in found:
        one.on_title = there[one.on_id].title
    return found


def with_evidence(person: Person, entries: Iterable[Entry]) -> set[UUID]:
    """Return which of one's own entries have evidence; one query."""
    ids = [entry.pk for entry in entries]
    rows = Evidence.objects.filter(Q(on__in=ids), owner=person).kept()
    return set(rows.values_list("on_id", flat=True))


def bytes_in(evidence: Evidence, size: Size = Size.FULL) -> bytes:
    """Return the contents of a photo or file, opened."""
    return contents_of(evidence, size)
