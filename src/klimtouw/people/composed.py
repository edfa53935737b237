"""Queries that are composed once and asked often.

Composing a query costs Django three to six times what the database needs to answer it, and it comes out the same every
time but for its values. Under `@composed` it is composed at its first use, with stand-ins where its values go; from then
on only the values are filled in. What stays in memory is the text of a query and its stand-ins: never a value, never
anybody's words, never an answer.

Values are people, keys, moments, days, texts and sets of keys. Whatever else is passed (a page number, a kind, a state)
is part of the text, so it must be one of few. A value goes into the query as it is: what is reckoned from it
("a fortnight before") would stay behind as a constant. Every text is therefore composed twice, with other stand-ins, and
refused when anything else in it differs. `tests/people/test_composed.py` lays each beside the query composed anew.
"""

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, update_wrapper
from itertools import count
from typing import Any, Generic, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet, ObjectDoesNotExist
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateField, DateTimeField, Field, QuerySet, TextField, UUIDField
from django.db.models.query import ModelIterable

from klimtouw.people.models import Person

P = ParamSpec("P")
Row = TypeVar("Row")

COLUMNS: Mapping[type, Field[Any, Any]] = {
    UUID: UUIDField(),
    datetime: DateTimeField(),
    date: DateField(),
    str: TextField(),
}
TEXTS_KEPT = 64
"""Per query; the page number of a list is bounded by who reads so far back."""


class ReckonedValue(Exception):
    """A query under `@composed` holds a value that was reckoned from another; it must be passed as one of its own."""


@dataclass(frozen=True)
class Blank:
    """Where values go: how many of which kind, and whether they come as one person or as a set of keys."""

    kind: type
    number: int = 1
    of_person: bool = False
    as_set: bool = False


Shape = tuple[Any, ...]


@dataclass(frozen=True)
class Text:
    """A composed query: its text, its plan of columns, and for each parameter the place of its value, or a constant."""

    sql: str
    compiler: Any
    parameters: tuple[tuple[int, Any], ...]
    gives_models: bool
    from_database: Any
    """Per column what makes a value of what the database gives."""

    def filled(self, values: list[Any], connection: BaseDatabaseWrapper) -> Any:
        """Return Django's compiler of this query with values in the place of the stand-ins."""
        adapted = [_adapted(value, connection) for value in values]
        parameters = tuple(constant if at < 0 else adapted[at] for at, constant in self.parameters)
        compiler = copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_, **__: (self.sql, parameters)
        compiler.get_converters = lambda *_: self.from_database
        return compiler


@dataclass(frozen=True)
class Filled:
    """What Django reads rows from: a query whose text is there already."""

    compiler: Any
    db: str
    _known_related_objects: Mapping[str, Any] = field(default_factory=dict)

    @property
    def query(self) -> "Filled":
        """The query and the set of rows are one here."""
        return self

    def get_compiler(self, using: str) -> Any:
        """Return the compiler that has its text."""
        return self.compiler


class Composed(Generic[P, Row]):
    """A function that composes a query: called, it asks it and answers with the rows (with `values_list` of plain columns: those)."""

    def __init__(self, compose: Callable[P, QuerySet[Any, Row]]) -> None:
        self.plainly = compose
        self._text = lru_cache(maxsize=TEXTS_KEPT)(self._composed)
        update_wrapper(self, compose)

    def __call__(self, *values: P.args, **named: P.kwargs) -> list[Row]:
        """Ask the query with these values; arguments are given by their place."""
        assert not named  # noqa: S101  # a name would be part of the shape; nobody needs it
        connection = connections[DEFAULT_DB_ALIAS]
        shape, blanks = _taken_apart(values)
        try:
            text = self._text(shape, connection.vendor)
        except EmptyResultSet:  # among no keys there is nothing to find
            return []
        compiler = text.filled(blanks, connection)
        if text.gives_models:
            rows_of: Any = ModelIterable  # it asks no more of a query than `Filled` answers
            return list(rows_of(Filled(compiler, connection.alias)))
        return list(compiler.results_iter(tuple_expected=True))

    def first(self, *values: P.args, **named: P.kwargs) -> Row | None:
        """Return the first row, if there is any."""
        return next(iter(self(*values, **named)), None)

    def one(self, *values: P.args, **named: P.kwargs) -> Row:
        """Return the only row, or say that there is none."""
        if found := self.first(*values, **named):
            return found
        raise ObjectDoesNotExist

    def _composed(self, shape: Shape, vendor: str) -> Text:
        connection = connections[DEFAULT_DB_ALIAS]
        one, other = (self._with_stand_ins(shape, start, connection) for start in (1, 1001))
        (
            (sql, compiler, parameters, places, gives_models),
            (sql_again, _, parameters_again, places_again, _),
        ) = one, other
        found = [(places.get(each, -1), each) for each in parameters]
        again = [(places_again.get(each, -1), each) for each in parameters_again]
        constants = [(at, each if at < 0 else None) for at, each in found]
        if sql != sql_again or constants != [(at, each if at < 0 else None) for at, each in again]:
            raise ReckonedValue(f"{self.__name__} reckons with a value")  # type: ignore[attr-defined]  # of update_wrapper
        columns = [column for column, *_ in compiler.select[: compiler.col_count]]
        from_database = compiler.get_converters(columns)
        return Text(sql, compiler, tuple(constants), gives_models=gives_models, from_database=from_database)

    def _with_stand_ins(
        self, shape: Shape, start: int, connection: BaseDatabaseWrapper
    ) -> tuple[str, Any, tuple[Any, ...], dict[Any, int], bool]:
        stand_ins, arguments = _put_together(shape, start)
        queryset: QuerySet[Any, Row] = self.plainly(*arguments)  # type: ignore[call-arg]  # the same arguments, with stand-ins
        compiler = queryset.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        places = {_adapted(stand_in, connection): place for place, stand_in in enumerate(stand_ins)}
        return sql, compiler, parameters, places, queryset._iterable_class is ModelIterable


def composed(compose: Callable[P, QuerySet[Any, Row]]) -> Composed[P, Row]:
    """Compose a query once and ask it often."""
    return Composed(compose)


def _adapted(value: Any, connection: BaseDatabaseWrapper) -> Any:
    """Return a value as it is handed to the database."""
    return COLUMNS[type(value)].get_db_prep_value(value, connection)


def _taken_apart(values: tuple[Any, ...]) -> tuple[Shape, list[Any]]:
    """Return the shape of a call, and the values that go into its blanks."""
    shape, blanks = [], []
    for value in values:
        if isinstance(value, Person):
            shape.append(Blank(UUID, of_person=True))
            blanks.append(value.pk)
        elif isinstance(value, frozenset | set | tuple | list):
            keys = sorted(set(value))
            keys += keys[-1:] * (_rounded(len(keys)) - len(keys))  # the same key twice asks nothing more
            shape.append(Blank(UUID, number=len(keys), as_set=True))
            blanks += keys
        elif type(value) in COLUMNS:
            shape.append(Blank(type(value)))
            blanks.append(value)
        else:
            shape.append(value)
    return tuple(shape), blanks


def _rounded(number: int) -> int:
    """Round up to a power of two: a text per size would be a text per call."""
    return 1 << (number - 1).bit_length() if number else 0


def _put_together(shape: Shape, start: int) -> tuple[list[Any], list[Any]]:
    """Return stand-ins, and the arguments of a call with those in the place of its values."""
    stand_ins: list[Any] = []
    arguments: list[Any] = []
    numbers = count(start)
    for part in shape:
        if not isinstance(part, Blank):
            arguments.append(part)
            continue
        new = [_stand_in(part.kind, next(numbers)) for _ in range(part.number)]
        stand_ins += new
        # Of a stand-in for a person nothing is known but its key: whatever else is asked of it fails.
        person = Person.from_db(DEFAULT_DB_ALIAS, ["id"], new[:1]) if part.of_person else None
        arguments.append(tuple(new) if part.as_set else person or new[0])
    return stand_ins, arguments


def _stand_in(kind: type, number: int) -> Any:
    """Return something no query holds by itself."""
    return {
        UUID: UUID(int=(0x57A4D << 100) + number),
        datetime: datetime(1871, 3, 1, tzinfo=UTC) + timedelta(microseconds=number),
        date: date(1871, 3, 1) + timedelta(days=number),
        str: f"stand-in {number}",
    }[kind]
