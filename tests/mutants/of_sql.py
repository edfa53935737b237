"""Faults in the gate's question as it stands in SQL, and in the second lock of PostgreSQL."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from typing import Any

from klimtouw.belongings import lock_rows
from klimtouw.belongings.gate import IsShared
from klimtouw.belongings.row_lock import RowLock
from klimtouw.relations.models import Clause, Contract, Invitation
from klimtouw.takeaway.models import Brought, Parcel
from klimtouw.talks.models import Talk
from tests.mutants.mutant import Mutant
from tests.mutants.of_code import forget_what_was_composed

QUESTION = (
    # A blank stays a blank: each has its value.
    ("b.bond_id = a.bond_id", "TRUE"),
    ("b.bond_id = a.bond_id", "b.bond_id <> a.bond_id"),
    ("c.id = a.thing_id AND", "c.id <> a.thing_id AND"),
    (" AND c.removed_at IS NULL", ""),
    ("c.removed_at IS NULL", "c.removed_at IS NOT NULL"),
    ("a.thing_id IN ({}, {})", "a.thing_id = {} AND ({} IS NULL OR TRUE)"),
    ("a.thing_id IN ({}, {})", "({} IS NOT NULL) AND a.thing_id = {}"),
    ("a.thing_id IN ({}, {})", "(a.thing_id IN ({}, {}) OR TRUE)"),
    ("a.thing_id IN ({}, {})", "a.thing_id NOT IN ({}, {})"),
    ("b.person_id = {}", "(b.person_id = {} OR TRUE)"),
    ("b.person_id = {}", "b.person_id <> {}"),
    ("b.person_id = {} AND", "b.person_id = {} OR"),
    ("b.bond_id = COALESCE({}, b.bond_id)", "(COALESCE({}, b.bond_id) IS NOT NULL)"),
    ("b.bond_id = COALESCE({}, b.bond_id)", "b.bond_id <> COALESCE({}, b.bond_id)"),
    ("a.revoked_at IS NULL AND", ""),
    ("a.revoked_at IS NULL", "a.revoked_at IS NOT NULL"),
    ("a.revoked_at IS NULL AND", "a.revoked_at IS NULL OR"),
    ("a.since <= {}", "a.since < {}"),
    ("a.since <= {}", "(a.since <= {} OR TRUE)"),
    ("a.since <= {}", "a.since >= {}"),
    ("a.since <= {} AND", "a.since <= {} OR"),
    ("a.until > {}", "a.until >= {}"),
    ("a.until > {}", "a.until < {}"),
    ("(a.until IS NULL OR a.until > {})", "a.until > {}"),
    ("(a.until IS NULL OR a.until > {})", "(a.until IS NULL AND {} IS NOT NULL)"),
    ("(a.until IS NULL OR a.until > {})", "({} IS NOT NULL)"),
    ("a.until IS NULL OR", "a.until IS NULL AND"),
    ("b.opens_at <= {}", "b.opens_at < {}"),
    ("b.opens_at <= {}", "(b.opens_at <= {} OR TRUE)"),
    ("b.opens_at <= {}", "b.opens_at >= {}"),
    ("b.opens_at <= {} AND", "b.opens_at <= {} OR"),
    ("b.closes_at > {}", "b.closes_at >= {}"),
    ("b.closes_at > {}", "b.closes_at < {}"),
    ("(b.closes_at IS NULL OR b.closes_at > {})", "b.closes_at > {}"),
    ("(b.closes_at IS NULL OR b.closes_at > {})", "(b.closes_at IS NULL AND {} IS NOT NULL)"),
    ("(b.closes_at IS NULL OR b.closes_at > {})", "({} IS NOT NULL)"),
    ("b.closes_at IS NULL OR", "b.closes_at IS NULL AND"),
    ("EXISTS (", "NOT EXISTS ("),
)  # fmt: skip


def mutants() -> Iterator[Mutant]:
    """Return every fault of one condition in the question of the gate about a list."""
    for here, instead in QUESTION:
        yield Mutant(
            "belongings/gate.py IsShared", f"{here} → {instead or 'left out'}", _asking(here, instead)
        )


def _asking(here: str, instead: str) -> Callable[[], None]:
    text = IsShared.sql
    assert text.count(here) == 1, here

    def lay() -> None:
        IsShared.sql = text.replace(here, instead)
        forget_what_was_composed()

    return lay


AT = "klimtouw_at()"
LOCK = {
    "OF_A_THING": (
        ("t.id = thing AND t.owner_id", "t.owner_id"),
        ("t.owner_id = klimtouw_person()", "TRUE"),
        ("t.id = thing AND t.removed_at IS NULL", "t.id = thing"),
        ("t.id = thing AND t.removed_at IS NULL", "t.id = thing AND t.removed_at IS NOT NULL"),
    ),
    "RIGHTS": (
        ("REVOKE UPDATE, DELETE ON {lines} FROM {role};", ""),
        ("REVOKE UPDATE, DELETE", "REVOKE UPDATE"),
        ("REVOKE UPDATE, DELETE", "REVOKE DELETE"),
        ("REVOKE UPDATE ON {keys} FROM {role};", ""),
    ),
    "POLICY": (
        ("FOR SELECT TO {role} USING ({read})", "FOR SELECT TO {role} USING (true)"),
        ("WITH CHECK ({add})", "WITH CHECK (true)"),
        ("USING ({change})", "USING (true)"),
        ("FOR DELETE TO {role} USING ({erase})", "FOR DELETE TO {role} USING (true)"),
        ("ENABLE ROW LEVEL SECURITY", "DISABLE ROW LEVEL SECURITY"),
    ),
    "OWN": (("owner_id = klimtouw_person()", "true"),),
    "OWN_OF_KIND": (("klimtouw_is_own(thing_ptr_id)", "true"),),
    "SHARED": (
        ("owner_id = (SELECT klimtouw_person()) OR ", ""),
        ("(removed_at IS NULL AND EXISTS", "(EXISTS"),
        ("EXISTS (", "NOT EXISTS ("),
        ("b.bond_id = a.bond_id", "TRUE"),
        ("IN (belongings_thing.id, belongings_thing.whole_id)", "IN (belongings_thing.id)"),
        ("IN (belongings_thing.id, belongings_thing.whole_id)", "IN (belongings_thing.whole_id)"),
        ("a.thing_id IN (belongings_thing.id, belongings_thing.whole_id) AND", ""),
        (" AND b.person_id = (SELECT klimtouw_person())", ""),
        ("b.person_id = (", "b.person_id <> ("),
        ("AND (a.thing_id = belongings_thing.id OR klimtouw_stands(a.thing_id))", ""),
        ("a.thing_id = belongings_thing.id OR klimtouw_stands(a.thing_id)", "a.thing_id = belongings_thing.id"),
        ("a.revoked_at IS NULL AND", ""),
        (f"a.since <= {AT}", f"a.since < {AT}"),
        (f"AND a.since <= {AT}", ""),
        (f"a.until > {AT}", f"a.until >= {AT}"),
        (f"AND (a.until IS NULL OR a.until > {AT})", ""),
        ("a.until IS NULL OR", ""),
        (f"b.opens_at <= {AT}", f"b.opens_at < {AT}"),
        (f"b.opens_at <= {AT} AND", ""),
        (f"b.closes_at > {AT}", f"b.closes_at >= {AT}"),
        (f" AND (b.closes_at IS NULL OR b.closes_at > {AT})", ""),
        ("b.closes_at IS NULL OR", ""),
    ),
    "AS_ITS_THING": (("t.id = {column}", "TRUE LIMIT 1"),),
}  # fmt: skip

OF_TWO = (
    ("r.id = relation_id AND ", ""),
    ("(r.coachee_id, r.coach_id)", "(r.coachee_id)"),
    ("(r.coachee_id, r.coach_id)", "(r.coach_id)"),
    ("klimtouw_person() IN (r.coachee_id, r.coach_id)", "TRUE"),
)
ROWS: tuple[tuple[type[Any], str, tuple[tuple[str, str], ...]], ...] = (
    (Contract, "read", OF_TWO),
    (Contract, "add", (*OF_TWO[:1], OF_TWO[3], ("drafted_by_id = klimtouw_person() AND ", ""))),
    (Clause, "read", (("c.id = contract_id", "TRUE"),)),
    (Talk, "read", OF_TWO),
    (Talk, "add", (*OF_TWO[:1], OF_TWO[3], ("proposed_by_id = klimtouw_person() AND ", ""))),
    (Invitation, "read", (
        ("inviter_id = klimtouw_person() OR ", ""),
        (" OR lower(email) = (SELECT lower(p.email) FROM people_person p WHERE p.id = klimtouw_person())", ""),
        ("p.id = klimtouw_person()", "p.id <> klimtouw_person() LIMIT 1"),
        ("lower(email)", "email"),
        ("lower(p.email)", "p.email"),
    )),
)  # fmt: skip


def mutants_of_the_lock() -> Iterator[Mutant]:
    """Return every fault of one condition of the second lock; laid on PostgreSQL alone."""
    for name, faults in LOCK.items():
        for here, instead in faults:
            yield Mutant(
                f"belongings/lock_rows.py {name}",
                f"{here} → {instead or 'left out'}",
                _locking(name, here, instead),
            )
    yield Mutant("belongings/lock_rows.py ANSWERED_BY_ITS_READER", "every kind", _answered_by(_EVERYTHING))
    yield Mutant("belongings/lock_rows.py ANSWERED_BY_ITS_READER", "no kind", _answered_by(frozenset()))
    for model in (Contract, Clause, Talk, Invitation, Parcel, Brought):
        for field in fields(RowLock):
            yield _of_row(model, field.name, getattr(model.ROW_LOCK, field.name), "true")
    for model, name, faults in ROWS:
        for here, instead in faults:
            yield _of_row(model, name, here, instead)


def _of_row(model: Any, name: str, here: str, instead: str) -> Mutant:
    text = getattr(model.ROW_LOCK, name)
    assert here in text, here

    def lay() -> None:
        model.ROW_LOCK = replace(model.ROW_LOCK, **{name: text.replace(here, instead)})
        lock_rows.lay_second_lock()

    where = (
        f"{model.__module__.removeprefix('klimtouw.').replace('.', '/')}.py {model.__name__}.ROW_LOCK.{name}"
    )
    return Mutant(where, f"{here} → {instead or 'left out'}", lay)


class _Everything(frozenset[str]):
    def __contains__(self, kind: object) -> bool:
        return True


_EVERYTHING = _Everything()


def _locking(name: str, here: str, instead: str) -> Callable[[], None]:
    text = getattr(lock_rows, name)
    assert here in text, here

    def lay() -> None:
        setattr(lock_rows, name, text.replace(here, instead))
        lock_rows.lay_second_lock()

    return lay


def _answered_by(kinds: frozenset[str]) -> Callable[[], None]:
    def lay() -> None:
        lock_rows.ANSWERED_BY_ITS_READER = kinds
        lock_rows.lay_second_lock()

    return lay
