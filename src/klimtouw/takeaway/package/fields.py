"""How one field of a row stands in the package, and back: the same for every kind of thing, also for kinds to come."""

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models

from klimtouw.belongings.models import Thing
from klimtouw.belongings.words import WordsField, words_fields_of
from klimtouw.people.keyring import KeyDestroyed

OF_EVERY_THING = ("id", "created_at", "changed_at", "removed_at", "version", "whole")
NOT_WRITTEN = frozenset({"owner", "kind", "thing_ptr"})
"""The owner is who takes it along, the kind is the heading it stands under, and the last is the row itself."""

Field = models.Field[Any, Any]


class OddValue(Exception):
    """A value that does not fit in its field."""


def fields_of(kind: type[Thing]) -> list[Field]:
    """Return the fields a kind adds to every thing, its words left out."""
    known = {*OF_EVERY_THING, *NOT_WRITTEN}
    own = [field for field in kind._meta.concrete_fields if field.name not in known]
    return [field for field in own if not isinstance(field, WordsField)]


def texts_of(kind: type[Thing]) -> list[str]:
    """Return the names of the fields of a kind that hold words."""
    return [field.name for field in words_fields_of(kind)]


def margins_of(model: type[models.Model]) -> list[str]:
    """Return the names of the fields that hold what is sealed beside the words, and for their owner alone."""
    texts = {field.name for field in words_fields_of(model)}
    sealed = [field.name for field in model._meta.concrete_fields if isinstance(field, WordsField)]
    return [name for name in sealed if name not in texts]


def refers(field: Field) -> type[models.Model] | None:
    """Return what kind of row a field points at; None for a plain value."""
    return field.related_model if isinstance(field, models.ForeignKey) else None


def may_point_at_nothing(field: Field) -> bool:
    """Return whether a thing lives on when what this field points at is not there."""
    return bool(field.null) and getattr(field.remote_field, "on_delete", None) is models.SET_NULL


def written(value: Any) -> Any:
    """Return a value as it stands in the package: moments in UTC, keys and days as text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID | str) else value


def written_row(row: models.Model, leaving_out: Collection[str] = ()) -> dict[str, Any]:
    """Return every column of a row; words are opened."""
    fields = [field for field in row._meta.concrete_fields if field.name not in leaving_out]
    return {field.name: written(getattr(row, field.attname)) for field in fields}


def joint_row(row: models.Model, leaving_out: Collection[str] = ()) -> dict[str, Any]:
    """Return every column of a row with words of two people; empty where their key is gone: who has a package made is not to blame."""
    for field in row._meta.concrete_fields:
        if isinstance(field, WordsField):
            setattr(row, field.attname, opened_or_empty(row, field.name))
    return written_row(row, leaving_out)


def opened_or_empty(row: models.Model, name: str) -> str:
    """Return the words of a field; nothing when the key that opens them was destroyed."""
    try:
        return str(getattr(row, name))
    except KeyDestroyed:
        return ""


def read(field: Field, value: Any) -> Any:
    """Return what a value in the package means for a field. Raises `OddValue`."""
    if value is None and field.null:
        return None
    try:
        target = field.target_field if isinstance(field, models.ForeignKey) else field
        return target.to_python(value) if target is not field else field.clean(value, None)
    except (ValidationError, OverflowError, ValueError) as error:
        raise OddValue(field.name) from error


def read_fields(kind: type[Thing], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a thing by the name of their column; one that is missing keeps its default."""
    there = [field for field in fields_of(kind) if field.name in values]
    return {field.attname: read(field, values[field.name]) for field in there}
