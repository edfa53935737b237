"""Lay the second lock on the rows of PostgreSQL: the role of the pages, its rights, and a policy per table of words.

Laid anew after every migration, so that a new kind of thing is never without. The owner of the tables is not bound by it:
jobs and commands work as the owner, pages never do.
"""

from dataclasses import asdict

from django.apps import apps
from django.db import connection, transaction

from klimtouw.belongings.models import Piece, Thing, Version
from klimtouw.belongings.queries import kinds
from klimtouw.belongings.row_lock import OF_ITS_OWNER, OWN, RowLock
from klimtouw.belongings.words import WordsField
from klimtouw.ledger.models import Line
from klimtouw.people.models import DataKey
from klimtouw.people.second_lock import ROLE

MAKE_ROLE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role} NOLOGIN; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;  -- another process was first
END $$
"""
BECOME = """
DO $$ BEGIN
    IF NOT pg_has_role(current_user, '{role}', 'MEMBER') THEN GRANT {role} TO CURRENT_USER; END IF;
END $$
"""
RIGHTS = """
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role};
REVOKE UPDATE, DELETE ON {lines} FROM {role};
REVOKE UPDATE ON {keys} FROM {role};
"""
WHO_AND_WHEN = """
CREATE OR REPLACE FUNCTION klimtouw_person() RETURNS uuid LANGUAGE sql STABLE AS
    $$ SELECT NULLIF(current_setting('klimtouw.person', true), '')::uuid $$;
CREATE OR REPLACE FUNCTION klimtouw_at() RETURNS timestamptz LANGUAGE sql STABLE AS
    $$ SELECT NULLIF(current_setting('klimtouw.at', true), '')::timestamptz $$;
"""
# Asked as the owner of the tables: a policy cannot ask its own table.
OF_A_THING = """
CREATE OR REPLACE FUNCTION klimtouw_stands(thing uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM belongings_thing t WHERE t.id = thing AND t.removed_at IS NULL)
$$;
CREATE OR REPLACE FUNCTION klimtouw_is_own(thing uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM belongings_thing t WHERE t.id = thing AND t.owner_id = klimtouw_person())
$$;
"""
NO_LONGER_USED = "DROP FUNCTION IF EXISTS klimtouw_is_shared(uuid, uuid)"
POLICY = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS pages_read ON {table};
DROP POLICY IF EXISTS pages_add ON {table};
DROP POLICY IF EXISTS pages_change ON {table};
DROP POLICY IF EXISTS pages_erase ON {table};
CREATE POLICY pages_read ON {table} FOR SELECT TO {role} USING ({read});
CREATE POLICY pages_add ON {table} FOR INSERT TO {role} WITH CHECK ({add});
CREATE POLICY pages_change ON {table} FOR UPDATE TO {role} USING ({change});
CREATE POLICY pages_erase ON {table} FOR DELETE TO {role} USING ({erase});
"""
OWN_OF_KIND = "klimtouw_is_own(thing_ptr_id)"
# The question of the gate (belongings/gate.py). It stands in the policy itself, not in a function: the planner does not see into
# a function, takes it for cheap, and asked it of all things of somebody to find the fifty newest.
SHARED = """owner_id = (SELECT klimtouw_person()) OR (removed_at IS NULL AND EXISTS (
    SELECT 1 FROM belongings_share a JOIN belongings_seat b ON b.bond_id = a.bond_id
    WHERE a.thing_id IN (belongings_thing.id, belongings_thing.whole_id) AND b.person_id = (SELECT klimtouw_person())
    AND (a.thing_id = belongings_thing.id OR klimtouw_stands(a.thing_id))
    AND a.revoked_at IS NULL AND a.since <= klimtouw_at() AND (a.until IS NULL OR a.until > klimtouw_at())
    AND b.opens_at <= klimtouw_at() AND (b.closes_at IS NULL OR b.closes_at > klimtouw_at())))"""
OF_ITS_THING = "klimtouw_is_own({column})"
# One answer, not EXISTS: of that PostgreSQL may make one list of all things anybody sees, which is everybody's.
AS_ITS_THING = "(SELECT TRUE FROM belongings_thing t WHERE t.id = {column})"
PIECE_OWN = "klimtouw_is_own(thing_id)"
ANSWERED_BY_ITS_READER = frozenset({"suggestion"})
"""Kinds whose row the reader changes: what becomes of a suggestion is up to the coachee (C11)."""


@transaction.atomic
def lay_second_lock() -> None:
    """Make the role, give it its rights, and bind it; nothing to do on SQLite. Laid twice is laid once."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('klimtouw second lock'))")
        for sentence in (MAKE_ROLE, BECOME, RIGHTS, WHO_AND_WHEN, OF_A_THING):
            cursor.execute(sentence.format(role=ROLE, lines=Line._meta.db_table, keys=DataKey._meta.db_table))
        for table, lock in _locks().items():
            cursor.execute(POLICY.format(table=table, role=ROLE, **asdict(lock)))
        cursor.execute(NO_LONGER_USED)


def _locks() -> dict[str, RowLock]:
    """Return per table of words: who sees a row, and who may add, change and erase one."""
    seen = AS_ITS_THING.format(column="thing_ptr_id")
    of_kinds = {
        model._meta.db_table: RowLock(
            read=seen,
            add=OWN_OF_KIND,
            change=seen if kind in ANSWERED_BY_ITS_READER else OWN_OF_KIND,
            erase=OWN_OF_KIND,
        )
        for kind, model in kinds().items()
    }
    return {
        Thing._meta.db_table: RowLock(read=SHARED, add=OWN, change=OWN, erase=OWN),
        Version._meta.db_table: OF_ITS_OWNER,
        Piece._meta.db_table: RowLock(
            read=AS_ITS_THING.format(column="thing_id"), add=PIECE_OWN, change=PIECE_OWN, erase=PIECE_OWN
        ),
        **of_kinds,
        **_of_rows_about_things(),
        **_of_rows_that_say_so(),
    }


def _of_rows_about_things() -> dict[str, RowLock]:
    """Return the same per table of rows that hang on a thing: seen with it, changed by its owner alone."""
    locks = {}
    for model in apps.get_models():
        if column := getattr(model, "ROWS_OF_THING", ""):
            own, seen = OF_ITS_THING.format(column=column), AS_ITS_THING.format(column=column)
            locks[model._meta.db_table] = RowLock(read=seen, add=own, change=own, erase=own)
    return locks


def _of_rows_that_say_so() -> dict[str, RowLock]:
    """Return the same per table whose rows are no things: joint words of two people, and what is never shared."""
    said = {model._meta.db_table: getattr(model, "ROW_LOCK", None) for model in apps.get_models()}
    return {table: lock for table, lock in said.items() if isinstance(lock, RowLock)}


def _tables_of_words() -> set[str]:
    """Return every table with a column of words; each must be locked, also when nobody thought of it."""
    return {
        model._meta.db_table
        for model in apps.get_models()
        if any(isinstance(field, WordsField) for field in model._meta.local_fields)
    }


def is_laid() -> bool:
    """Return whether every table of words is locked."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relkind = 'r'")
        return _locks().keys() | _tables_of_words() <= {name for (name,) in cursor.fetchall()}
