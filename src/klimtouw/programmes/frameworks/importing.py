"""What the two jobs do: read a file beside what is there, and write the version that it makes."""

import zlib
from collections.abc import Callable
from datetime import datetime
from itertools import islice
from uuid import UUID

from klimtouw.programmes.frameworks.choices import ArrivalState
from klimtouw.programmes.frameworks.comparing import Was, compare
from klimtouw.programmes.frameworks.opening import read_framework
from klimtouw.programmes.frameworks.shapes import Draft
from klimtouw.programmes.frameworks.tree import Placed, in_order
from klimtouw.programmes.frameworks.versions import erase_unfinished, number_version
from klimtouw.programmes.models import Framework, FrameworkArrival, FrameworkGoal, FrameworkVersion

AT_A_TIME = 2_000
Clock = Callable[[], datetime]


def read_arrival(id: UUID, clock: Clock) -> None:
    """Read a file that waits for it and keep what would happen; a file that cannot come in is thrown away at once."""
    arrival = FrameworkArrival.objects.filter(pk=id, state=ArrivalState.READING).first()
    if arrival is None:
        return
    try:
        draft = _draft_of(arrival, clock)
        _note_what_was_read(arrival, draft, clock)
    except Exception:
        _fail(id)
        raise


def _draft_of(arrival: FrameworkArrival, clock: Clock) -> Draft:
    return read_framework(
        zlib.decompress(bytes(arrival.content or b"")),
        arrival.file_kind,
        lambda number: _note_progress(arrival.pk, number, clock),
    )


def _note_what_was_read(arrival: FrameworkArrival, draft: Draft, clock: Clock) -> None:
    arrival.findings = {
        "problems": [problem.as_data() for problem in draft.problems],
        "number_of_problems": draft.number_of_problems,
        "remarks": {str(remark): number for remark, number in draft.remarks.items()},
    }
    if draft.is_refused:
        arrival.state, arrival.content = ArrivalState.REFUSED, None
    else:
        framework = arrival.framework or _known_as(draft.source, arrival)
        newest = newest_of(framework) if framework else None
        before, order = goals_of(newest) if newest else ({}, [])
        findings = compare(before, order, list(in_order(draft)))
        arrival.findings |= findings.as_data()
        arrival.framework, arrival.beside = framework, newest.pk if newest else None
        arrival.title = draft.title[:200] or arrival.title or (framework.title if framework else "")
        arrival.state, arrival.goals = ArrivalState.READY, len(draft.goals)
    arrival.done, arrival.touched_at = 0, clock()
    still_waiting = FrameworkArrival.objects.filter(pk=arrival.pk, state=ArrivalState.READING)
    kept = ["findings", "state", "framework", "beside", "title", "goals", "done", "touched_at"]
    kept += ["content"] if draft.is_refused else []
    still_waiting.update(**{name: getattr(arrival, name) for name in kept})


def _known_as(source: str, arrival: FrameworkArrival) -> Framework | None:
    """Return the framework of this institution that calls itself as the file does."""
    if not source:
        return None
    return Framework.objects.filter(institution=arrival.institution_id, source=source).first()


def newest_of(framework: Framework) -> FrameworkVersion | None:
    """Return the newest version of a framework, offered or not."""
    return framework.versions.exclude(number=None).order_by("-number").first()


def goals_of(version: FrameworkVersion) -> tuple[dict[str, Was], list[str]]:
    """Return how each goal of a version reads, by its identifier, and the order they stand in."""
    rows = list(
        FrameworkGoal.objects.filter(version=version)
        .order_by("number")
        .values_list("identifier", "code", "statement", "language", "under")
    )
    order = [row[0] for row in rows]
    was = {
        identifier: (code, statement, language, "" if under is None else order[under])
        for identifier, code, statement, language, under in rows
    }
    return was, order


def bring_in(id: UUID, clock: Clock) -> None:
    """Write the version of a file somebody said yes to; when anything breaks, the catalogue is as it was."""
    arrival = FrameworkArrival.objects.filter(pk=id, state=ArrivalState.IMPORTING).first()
    if arrival is None or arrival.content is None:
        return
    version = None
    try:
        draft = _draft_of(arrival, clock)
        version = _begin(arrival, draft, clock())
        _write_goals(arrival, draft, version, clock)
        if not number_version(arrival, version, at=clock()):
            _read_again(id, clock)
    except Exception:
        _fail(id)
        raise
    finally:
        if version is not None:
            erase_unfinished(version.pk)
            Framework.objects.filter(pk=version.framework_id, versions=None).delete()


def _begin(arrival: FrameworkArrival, draft: Draft, at: datetime) -> FrameworkVersion:
    framework = arrival.framework or _known_as(draft.source, arrival)
    if framework is None:
        framework = Framework.objects.create(
            institution_id=arrival.institution_id, title=arrival.title, source=draft.source
        )
    return FrameworkVersion.objects.create(
        framework=framework,
        label=draft.label,
        credit=draft.credit,
        goals=len(draft.goals),
        imported_at=at,
        imported_by_id=arrival.by_id,
    )


def _write_goals(arrival: FrameworkArrival, draft: Draft, version: FrameworkVersion, clock: Clock) -> None:
    placed, written = in_order(draft), 0
    while some := list(islice(placed, AT_A_TIME)):
        FrameworkGoal.objects.bulk_create([_row(one, version) for one in some])
        written += len(some)
        _note_progress(arrival.pk, written, clock)


def _row(one: Placed, version: FrameworkVersion) -> FrameworkGoal:
    goal = one.goal
    return FrameworkGoal(
        version=version,
        identifier=goal.identifier,
        code=goal.code,
        statement=goal.statement,
        language=goal.language,
        number=one.number,
        under=one.under,
        above=one.above,
        has_more=one.has_more,
    )


def _read_again(id: UUID, clock: Clock) -> None:
    """Another import of the same framework was first: what was said before is no longer true, so say it anew."""
    FrameworkArrival.objects.filter(pk=id, state=ArrivalState.IMPORTING).update(state=ArrivalState.READING)
    read_arrival(id, clock)


def _note_progress(id: UUID, number: int, clock: Clock) -> None:
    FrameworkArrival.objects.filter(pk=id).update(done=number, touched_at=clock())


def _fail(id: UUID) -> None:
    FrameworkArrival.objects.filter(pk=id).update(state=ArrivalState.FAILED)
