"""The rows that stand beside things in the tables of their kinds, asked for in one question, however many kinds.

Django asks one table of a kind at a time. A page on which things of eight kinds stand would ask eight times.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field

from klimtouw.belongings.models import Thing

AT_ONCE = 500
"""Keys in one question: no page has more, and every database takes as many."""
Kind = type[Thing]
Column = tuple[Kind, "Field[Any, Any]"]


def rows_beside(keys: Iterable[UUID], models: Iterable[Kind]) -> dict[UUID, dict[str, Any]]:
    """Return, by the key of a thing, the values of its row in the table of its kind; all are of one of these kinds."""
    remaining, columns = (
        iter(keys),
        [(model, field) for model in models for field in model._meta.local_concrete_fields],
    )
    found: dict[UUID, dict[str, Any]] = {}
    while some := list(islice(remaining, AT_ONCE)):
        for row in _as_values(_asked(some, columns), columns):
            values = _of_its_kind(row, columns)
            found[values["thing_ptr_id"]] = values
    return found


def _asked(keys: Sequence[UUID], columns: Sequence[Column]) -> list[Sequence[Any]]:
    connection = connections[DEFAULT_DB_ALIAS]
    name, key = connection.ops.quote_name, Thing._meta.pk
    tables = dict.fromkeys(name(model._meta.db_table) for model, _field in columns)
    wanted = ", ".join(f"{name(model._meta.db_table)}.{name(str(field.column))}" for model, field in columns)
    beside = " ".join(f"LEFT JOIN {table} ON {table}.thing_ptr_id = t.id" for table in tables)
    one_of = ", ".join(["%s"] * len(keys))
    question = f"SELECT {wanted} FROM {name(Thing._meta.db_table)} t {beside} WHERE t.id IN ({one_of})"  # noqa: S608  # names of our own tables
    with connection.cursor() as cursor:
        cursor.execute(question, [key.get_db_prep_value(one, connection) for one in keys])
        rows: list[Sequence[Any]] = cursor.fetchall()
    return rows


def _as_values(rows: Sequence[Sequence[Any]], columns: Sequence[Column]) -> Iterable[Sequence[Any]]:
    """Make of what the database gives what a model holds."""
    compiler = Thing._base_manager.all().query.get_compiler(DEFAULT_DB_ALIAS)
    converters = compiler.get_converters([field.get_col(model._meta.db_table) for model, field in columns])
    values: Iterable[Sequence[Any]] = compiler.apply_converters(rows, converters)
    return values


def _of_its_kind(row: Sequence[Any], columns: Sequence[Column]) -> dict[str, Any]:
    """Return the part of a row that comes from the table of the thing's kind; from the other tables came nothing."""
    pairs = list(zip(columns, row, strict=True))
    kind = next(model for (model, field), value in pairs if field.primary_key and value is not None)
    return {field.attname: value for (model, field), value in pairs if model is kind}
