"""Read a framework as CSV: the columns of the example file, comma, semicolon or tab, UTF-8 with or without a mark at its start."""

import csv
from collections.abc import Iterator, Sequence
from itertools import chain

from klimtouw.programmes.frameworks.choices import Fault
from klimtouw.programmes.frameworks.shapes import (
    MOST_GOALS,
    CannotBeRead,
    Draft,
    Goal,
    Problem,
    Progress,
    clean,
)

COLUMNS = {
    "identifier": ("identifier", "id", "kenmerk"),
    "code": ("code", "nummer", "number"),
    "statement": ("statement", "text", "omschrijving", "tekst", "doel"),
    "parent": ("parent", "under", "onder"),
    "language": ("language", "taal"),
}
"""What a column may be called, in English and in Dutch; capitals do not count."""
NEEDED = ("identifier", "statement")
NAME_OF = {name: column for column, names in COLUMNS.items() for name in names}
SEPARATORS = ",;\t"
TOLD_EVERY = 2_000


def read_csv(lines: Iterator[str], progress: Progress) -> Draft:
    """Read the file line by line. Raises `CannotBeRead` where the rest cannot be understood."""
    first = next(lines, "")
    if not first.strip():
        raise CannotBeRead(Problem(Fault.NO_HEADER if first else Fault.EMPTY, 1, ", ".join(NEEDED)))
    separator = max(SEPARATORS, key=first.count)
    rows = csv.reader(chain([first], lines), delimiter=separator, strict=True)
    draft = Draft()
    try:
        columns = _columns(next(rows), draft)
        for place, cells in _rows(rows):
            _read_row(place, cells, columns, draft)
            if len(draft.goals) > MOST_GOALS:
                raise CannotBeRead(Problem(Fault.TOO_MANY, what=str(MOST_GOALS)))
            if len(draft.goals) % TOLD_EVERY == 0:
                progress(len(draft.goals))
    except csv.Error as broken:
        raise CannotBeRead(Problem(Fault.BROKEN_ROW, rows.line_num)) from broken
    known = {goal.identifier for goal in draft.goals}
    for goal in draft.goals:
        if goal.parent and goal.parent not in known:
            draft.object(Fault.UNKNOWN_PARENT, goal.place, goal.parent)
    return draft


def _columns(header: Sequence[str], draft: Draft) -> list[str]:
    columns = [NAME_OF.get(clean(name).lower(), "") for name in header]
    for name, column in zip(header, columns, strict=True):
        if not column and clean(name):
            draft.object(Fault.UNKNOWN_COLUMN, 1, clean(name))
        elif column and columns.count(column) > 1:
            raise CannotBeRead(Problem(Fault.COLUMN_TWICE, 1, clean(name)))
    if missing := [name for name in NEEDED if name not in columns]:
        raise CannotBeRead(Problem(Fault.NO_HEADER, 1, ", ".join(missing)))
    return columns


def _rows(rows: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Go through the rows, each with the line it begins on; empty lines are left out."""
    begins = 2
    for cells in rows:
        if any(cell.strip() for cell in cells):
            yield begins, cells
        begins = rows.line_num + 1  # type: ignore[attr-defined]  # a csv reader


def _read_row(place: int, cells: list[str], columns: list[str], draft: Draft) -> None:
    if any(cell.strip() for cell in cells[len(columns) :]):
        draft.object(Fault.TOO_MANY_CELLS, place)
        return
    row = {column: clean(cell) for column, cell in zip(columns, cells, strict=False) if column}
    draft.goals.append(
        Goal(
            place=place,
            identifier=row.get("identifier", ""),
            code=row.get("code", ""),
            statement=row.get("statement", ""),
            language=row.get("language", "")[:20],
            parent=row.get("parent", ""),
        )
    )
