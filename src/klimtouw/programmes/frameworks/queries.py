"""Read the catalogue: what an institution has, what a person may link to, one level of a tree at a time."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q

from klimtouw.people.models import Person
from klimtouw.programmes.choices import MembershipHat
from klimtouw.programmes.models import (
    Framework,
    FrameworkArrival,
    FrameworkGoal,
    FrameworkVersion,
    Institution,
    Membership,
)

A_PAGE = 50
BELOW_AT_ONCE = 400
FOUND_AT_MOST = 40

# Finders for the doors.


def institution(person: Person, at: datetime, institution: UUID) -> Institution:
    """Find an institution; the policy decides who may do what with it."""
    return Institution.objects.get(pk=institution)


def framework(person: Person, at: datetime, framework: UUID) -> Framework:
    """Find a framework with its institution."""
    return Framework.objects.select_related("institution").get(pk=framework)


def version(person: Person, at: datetime, version: UUID) -> FrameworkVersion:
    """Find a version that is whole."""
    versions = FrameworkVersion.objects.exclude(number=None)
    return versions.select_related("framework__institution").get(pk=version)


def arrival(person: Person, at: datetime, arrival: UUID) -> FrameworkArrival:
    """Find a file on its way in; its content stays where it is."""
    found = FrameworkArrival.objects.defer("content").select_related("institution", "framework__institution")
    return found.get(pk=arrival)


# What the administrator sees.


@dataclass(frozen=True)
class Row:
    """A framework as its administrator sees it, with its versions, the newest first."""

    framework: Framework
    versions: list[FrameworkVersion]

    @property
    def newest(self) -> FrameworkVersion:
        """The newest version, offered or not."""
        return self.versions[0]

    @property
    def offered(self) -> FrameworkVersion | None:
        """The version that people read and link to, if any."""
        return next((one for one in self.versions if one.is_offered), None)


def catalogue_of(institution: Institution) -> list[Row]:
    """Return the frameworks of an institution by title; two queries."""
    versions = FrameworkVersion.objects.exclude(number=None).select_related("imported_by")
    rows = Framework.objects.filter(institution=institution).prefetch_related(
        Prefetch("versions", versions.order_by("-number"))
    )
    found = [Row(one, list(one.versions.all())) for one in rows.order_by("title", "pk")]
    return [row for row in found if row.versions]


def arrivals_of(institution: Institution) -> list[FrameworkArrival]:
    """Return the files on their way in, the newest first."""
    found = FrameworkArrival.objects.defer("content", "findings").filter(institution=institution)
    return list(found.exclude(state="done").order_by("-asked_at", "pk")[:A_PAGE])


def institutions_administered_by(person: Person) -> list[Institution]:
    """Return the institutions in which somebody is administrator, by name."""
    mine = Membership.objects.filter(person=person, hat=MembershipHat.ADMINISTRATOR)
    return list(
        Institution.objects.filter(pk__in=mine.values("programme__institution")).order_by("name", "pk")
    )


# What everybody of a programme reads.


@dataclass(frozen=True)
class Offered:
    """A framework that can be read and linked to now, in one version."""

    framework: Framework
    version: FrameworkVersion


def offered_to(person: Person) -> list[Offered]:
    """Return what the institutions of this person offer now, by title; one query."""
    mine = Membership.objects.filter(person=person).values("programme__institution")
    return offered_among(Framework.objects.filter(institution__in=mine).values_list("pk", flat=True))


def offered_among(frameworks: Iterable[UUID]) -> list[Offered]:
    """Return the version that is offered of each of these frameworks, by title; one query."""
    versions = FrameworkVersion.objects.exclude(number=None).filter(
        framework__in=frameworks, switched_off_at=None
    )
    newest: dict[UUID, FrameworkVersion] = {}
    for one in versions.select_related("framework__institution").order_by("framework__title", "number"):
        newest[one.framework_id] = one
    return [Offered(one.framework, one) for one in newest.values()]


@dataclass(frozen=True)
class Branch:
    """A goal of a tree, and what stands directly under it."""

    goal: FrameworkGoal
    below: list[FrameworkGoal]


@dataclass(frozen=True)
class Level:
    """One place in a tree: where one is, what stands there, and whether there is more of it."""

    above: list[FrameworkGoal]
    here: FrameworkGoal | None
    branches: list[Branch]
    page: int
    has_next: bool

    @property
    def previous_page(self) -> int:
        """The page before; nought on the first."""
        return self.page - 1

    @property
    def next_page(self) -> int:
        """The page after; nought on the last."""
        return self.page + 1 if self.has_next else 0


def level_of(version: FrameworkVersion, under: int | None, page: int) -> Level:
    """Return one level of a tree, fifty goals at a time, with a glance at the next one down; four queries at most."""
    goals = FrameworkGoal.objects.filter(version=version).order_by("number")
    here = goals.filter(number=under).first() if under is not None else None
    above = list(goals.filter(number__in=here.numbers_above)) if here and here.above else []
    start = (page - 1) * A_PAGE
    found = list(goals.filter(under=here.number if here else None)[start : start + A_PAGE + 1])
    shown = found[:A_PAGE]
    parents = [one.number for one in shown if one.has_more]
    below = goals.filter(under__in=parents)[:BELOW_AT_ONCE] if parents else ()
    under_each: dict[int | None, list[FrameworkGoal]] = {}
    for one in below:
        under_each.setdefault(one.under, []).append(one)
    branches = [Branch(one, under_each.get(one.number, [])) for one in shown]
    return Level(above, here, branches, page, len(found) > A_PAGE)


def found_in(version: FrameworkVersion, words: str) -> list[FrameworkGoal]:
    """Return the goals in which all these words stand, from top to bottom; the first forty."""
    condition = Q(version=version)
    for word in words.split()[:6]:
        condition &= Q(statement__icontains=word) | Q(code__icontains=word)
    return list(FrameworkGoal.objects.filter(condition).order_by("number")[:FOUND_AT_MOST])


def goal_to_link(person: Person, goal: UUID) -> FrameworkGoal:
    """Find a goal that is offered to this person."""
    found = FrameworkGoal.objects.select_related("version__framework__institution").get(pk=goal)
    if found.version_id not in {one.version.pk for one in offered_to(person)}:
        raise FrameworkGoal.DoesNotExist
    return found


# What links point at.

Key = tuple[UUID, str]
"""A framework, and the identifier of a goal in it: what a link keeps, whatever version comes."""


@dataclass(frozen=True)
class Stands:
    """A linked goal as it stands now: in the version that is offered, or in the last one that knew it."""

    goal: FrameworkGoal
    framework: Framework
    is_offered: bool
    """Whether the framework is offered at all."""
    is_in_newest: bool


def as_they_stand(keys: Collection[Key]) -> dict[Key, Stands]:
    """Return how linked goals stand now; two queries, none without links."""
    if not keys:
        return {}
    frameworks = {framework for framework, _identifier in keys}
    versions = FrameworkVersion.objects.exclude(number=None).filter(framework__in=frameworks)
    by_key: dict[UUID, FrameworkVersion] = {}
    newest: dict[UUID, UUID] = {}
    for one in versions.select_related("framework__institution").order_by("number"):
        by_key[one.pk] = one
        if one.is_offered:
            newest[one.framework_id] = one.pk
    rows = FrameworkGoal.objects.filter(
        version__in=by_key, identifier__in={identifier for _framework, identifier in keys}
    )
    return _latest(rows, by_key, newest, set(keys))


def _latest(
    rows: Iterable[FrameworkGoal],
    versions: dict[UUID, FrameworkVersion],
    newest: dict[UUID, UUID],
    keys: set[Key],
) -> dict[Key, Stands]:
    def rank(goal: FrameworkGoal) -> tuple[bool, int]:
        version = versions[goal.version_id]
        return newest.get(version.framework_id) == version.pk, version.number or 0

    found: dict[Key, Stands] = {}
    for goal in sorted(rows, key=rank):
        framework = versions[goal.version_id].framework
        key = (framework.pk, goal.identifier)
        if key in keys:
            offered = newest.get(framework.pk)
            found[key] = Stands(goal, framework, offered is not None, offered == goal.version_id)
    return found


def ancestors_of(goals: Iterable[FrameworkGoal]) -> dict[tuple[UUID, int], FrameworkGoal]:
    """Return everything these goals stand under, by version and number; one query."""
    wanted: dict[UUID, set[int]] = {}
    for goal in goals:
        if goal.above:
            wanted.setdefault(goal.version_id, set()).update(goal.numbers_above)
    condition = Q(pk=None)
    for key, numbers in wanted.items():
        condition |= Q(version=key, number__in=numbers)
    rows = FrameworkGoal.objects.filter(condition) if wanted else ()
    return {(row.version_id, row.number): row for row in rows}
