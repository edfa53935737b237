"""Hold data against a JSON Schema: the few words of it that our schema uses, and a fault that says where.

Written here because no library for it is in the house, and all of it fits on a page.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

Shape = Mapping[str, Any]
EARLIEST, LATEST = 1900, 2200
HALF = re.compile("[\ud800-\udfff]")
TYPES: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str) and _is_text(value),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
}


class NotThisShape(Exception):
    """The data is not as the schema says; `where` names the first place."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


def check(value: Any, schema: Shape) -> None:
    """Raise `NotThisShape` unless the value is as the schema says."""
    _check(value, schema, schema, "")


def _check(value: Any, shape: Shape, whole: Shape, where: str) -> None:
    if "$ref" in shape:
        shape = whole["$defs"][shape["$ref"].rsplit("/", 1)[-1]]
    if "anyOf" in shape:
        return _check(value, _chosen(value, shape["anyOf"]), whole, where)
    if not _is_plainly(value, shape):
        raise NotThisShape(where)
    if isinstance(value, dict):
        _check_object(value, shape, whole, where)
    elif isinstance(value, list):
        for number, item in enumerate(value, start=1):
            _check(item, shape["items"], whole, f"{where} › {number}")
    return None


def _chosen(value: Any, shapes: Iterable[Shape]) -> Shape:
    first, *others = shapes
    return others[0] if value is None else first


def _check_object(value: dict[str, Any], shape: Shape, whole: Shape, where: str) -> None:
    properties, further = shape.get("properties", {}), shape.get("additionalProperties", True)
    for name in shape.get("required", ()):
        if name not in value:
            raise NotThisShape(_below(where, name))
    for name, item in value.items():
        inner = properties.get(name, further)
        if inner is False or not _is_text(name):
            raise NotThisShape(_below(where, name))
        if inner is not True:
            _check(item, inner, whole, _below(where, name))


def _below(where: str, name: str) -> str:
    seen = name[:40].encode(errors="replace").decode()
    return f"{where} › {seen}" if where else seen


def _is_plainly(value: Any, shape: Shape) -> bool:
    types = shape.get("type", ())
    types = (types,) if isinstance(types, str) else types
    return (
        (not types or any(TYPES[name](value) for name in types))
        and ("const" not in shape or (value == shape["const"] and type(value) is type(shape["const"])))
        and ("enum" not in shape or value in shape["enum"])
        and ("maxLength" not in shape or len(value) <= shape["maxLength"])
        and ("maximum" not in shape or shape["minimum"] <= value <= shape["maximum"])
        and ("format" not in shape or FORMATS[shape["format"]](value))
    )


def _is_text(value: str) -> bool:
    """Tell half a letter, which JSON can write and nothing can keep, from text."""
    return HALF.search(value) is None


def _is_key(value: str) -> bool:
    try:
        return str(UUID(value)) == value
    except ValueError:
        return False


def _is_moment(value: str) -> bool:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return False
    return moment.tzinfo is not None and EARLIEST <= moment.year <= LATEST


def _is_day(value: str) -> bool:
    try:
        return EARLIEST <= date.fromisoformat(value).year <= LATEST
    except ValueError:
        return False


FORMATS: dict[str, Callable[[str], bool]] = {"uuid": _is_key, "date-time": _is_moment, "date": _is_day}
