"""Write what comes back in few and large steps: SQLite has one writer, and everybody else waits for it.

Rows are made ready before anything is written; then they go into their tables many at a time.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import Count, Max, Sum
from django.db.models.sql import InsertQuery
from django.utils.translation import gettext as _

from klimtouw.belongings.models import Thing, Version
from klimtouw.belongings.queries import kinds
from klimtouw.people import keyring
from klimtouw.people.models import Person
from klimtouw.takeaway.models import Brought
from klimtouw.takeaway.package.fields import OddValue, margins_of, read_fields, texts_of
from klimtouw.takeaway.package.opening import NotAPackage
from klimtouw.takeaway.package.planning import Plan
from klimtouw.takeaway.package.queries import Content, settings_of

AT_ONCE = 500


@dataclass(frozen=True)
class Rows:
    """Everything new, ready to be written."""

    things: list[Thing]
    versions: list[Version]


def does_not_fit_together() -> NotAPackage:
    """Say that the things in a package contradict each other, or what is here."""
    return NotAPackage(_("The things in this package do not fit together. Nothing was brought in."))


def standing_of(person: Person) -> tuple[Any, ...]:
    """Return a few numbers that are others as soon as something of this person changes; three short questions."""
    own = Thing.objects.filter(owner=person).aggregate(
        Count("pk"), Sum("version"), Max("changed_at"), Count("removed_at"), Max("removed_at")
    )
    brought = Brought.objects.filter(owner=person).order_by("pk").values_list("pk", "as_of")
    now = Person.objects.get(pk=person.pk)
    return (*own.values(), *brought, *settings_of(now).values())


def take_key_in_hand(person: Person) -> None:
    """Have the key of somebody new here made and stored before anything is sealed with it.

    Then it is fetched once: a key that this transaction makes is fetched again for every row, because it may be undone.
    """
    keyring.key_to_seal_for(person.pk)
    if not connection.in_atomic_block:
        keyring.forget()


def rows_of(plan: Plan, by: Person) -> Rows:
    """Make ready what comes back. Raises `NotAPackage`."""
    try:
        things = [
            _row(kind, thing, by, lost=plan.references.get(thing["id"], {})) for kind, thing in plan.comes
        ]
    except OddValue as odd:
        raise does_not_fit_together() from odd
    return Rows(things, versions_of([thing for _kind, thing in plan.comes], by))


def write_new(rows: Rows) -> None:
    """Write what comes back: of all things what they share, then of each kind its own, then every version."""
    of_kinds: defaultdict[type[Thing], list[Thing]] = defaultdict(list)
    for row in rows.things:
        if type(row).fit_in is Thing.fit_in:
            of_kinds[type(row)].append(row)
        else:  # it looks at what is here, also at what came just before it
            row.fit_in()
            row.save(force_insert=True)
    _insert(Thing, [row for some in of_kinds.values() for row in some])
    for kind, some in of_kinds.items():
        _insert(kind, some)
    Version.objects.bulk_create(rows.versions, batch_size=AT_ONCE)


def _insert(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """Write the part of these rows that stands in the table of one model; Django writes rows of two tables one by one."""
    fields = model._meta.local_concrete_fields
    most = min(AT_ONCE, max(connection.ops.bulk_batch_size(fields, rows), 1)) if rows else AT_ONCE
    for start in range(0, len(rows), most):
        question = InsertQuery(model)
        question.insert_values(fields, list(rows[start : start + most]))
        question.get_compiler(connection=connection).execute_sql()


def _row(kind: str, thing: Content, by: Person, *, lost: Content) -> Thing:
    model = kinds()[kind]
    values = read_fields(model, {**thing["fields"], **dict.fromkeys(lost)})
    texts = {**thing["words"], **thing.get("margin", {})}
    id = UUID(thing["id"])
    both_tables = {"id": id, "thing_ptr_id": id}
    return model(**both_tables, owner=by, kind=kind, **_of_every_thing(thing), **values, **texts)


def _of_every_thing(thing: Content) -> Content:
    moments = {
        name: datetime.fromisoformat(thing[name]) if thing[name] else None
        for name in ("created_at", "changed_at", "removed_at")
    }
    return {
        **moments,
        "version": thing["version"],
        "whole_id": UUID(thing["whole"]) if thing["whole"] else None,
    }


def grow(kind: str, thing: Content, by: Person) -> None:
    """Give a thing the newer wording, and the versions in between; where it stands and what it hangs on stay as they are here."""
    model = kinds()[kind]
    row = model.objects.select_for_update().get(pk=thing["id"])
    before = row.version
    row.version, row.changed_at = thing["version"], datetime.fromisoformat(thing["changed_at"])
    texts = {name: thing["words"].get(name, "") for name in texts_of(model)}
    texts |= {name: thing.get("margin", {}).get(name, "") for name in margins_of(model)}
    for name, text in texts.items():
        setattr(row, name, text)
    row.save(update_fields=[*texts, "version", "changed_at"])
    newer = [version for version in thing["versions"] if version["number"] >= before]
    Version.objects.bulk_create(versions_of([{**thing, "versions": newer}], by), batch_size=AT_ONCE)


def versions_of(things: Iterable[Content], by: Person) -> list[Version]:
    """Make ready the earlier wordings of things."""
    return [
        Version(
            thing_id=UUID(thing["id"]),
            owner=by,
            number=version["number"],
            words=json.dumps(version["words"], ensure_ascii=False),
            written_at=datetime.fromisoformat(version["written_at"]),
            **{name: str(version[name]) for name in margins_of(Version) if name in version},
        )
        for thing in things
        for version in thing["versions"]
    ]
