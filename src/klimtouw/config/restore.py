"""Put a copy of the database back: all of it or nothing, with the newest keys, and erase again who was erased since.

Import this only after Django is set up.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django_tasks_db.models import DBTaskResult

from klimtouw.config import postgresql
from klimtouw.config.keys_file import BackupRefused, KeysFile, keys_beside, other_keys_files
from klimtouw.config.prepare import steps_to_go
from klimtouw.foundation.sealing import CannotOpen, Wrapped
from klimtouw.ledger.verify import verify
from klimtouw.people import keyring
from klimtouw.people.master_keys import MasterKeysRefused, keys_are_there, master_keys, reach_the_disk
from klimtouw.people.models import DataKey, Erased, Person, Session
from klimtouw.people.models.keys import place_of
from klimtouw.people.register import erased
from klimtouw.people.second_lock import ROLE
from klimtouw.takeaway.erasing import replay_erased

A_ROLE_FOR_PAGES = f"""DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}')
    THEN CREATE ROLE {ROLE} NOLOGIN; END IF; END $$;"""
"""What the copy says about rights names this role; roles are no part of a copy."""
APPLIED = "SELECT app, name FROM django_migrations"


def restore(copy: Path, *, at: datetime, keys: Path | None, replace: bool) -> None:
    """Check the copy and its keys, and only then put them in the place of the database. Raises `BackupRefused`."""
    held = _newest(keys or keys_beside(copy))
    _must_unwrap(held)
    held = held.without_erased(_erased_here(replace=replace))
    if connection.vendor == "sqlite":
        file = Path(connection.settings_dict["NAME"])
        with _aside(copy, file) as draft:
            _finish(held, at)
            _let_take_the_place(draft, file)
    else:
        _must_be_a_dump(copy)
        _must_be_alone()
        _load_in_one_transaction(copy, held)
        _finish(held, at)
    _tell(held)


# --- before anything is touched


def _newest(file: Path) -> KeysFile:
    """Read the keys, unless newer ones lie beside them: with older keys an erased person's words would open again."""
    held = KeysFile.read(file)
    for other in other_keys_files(file):
        if KeysFile.read(other).made_at > held.made_at:
            raise BackupRefused(f"{other} is newer than {file}; name the newest keys file with --keys.")
    return held


def _must_unwrap(held: KeysFile) -> None:
    """Try every master key that wraps something in the keys file on all that it wraps."""
    if held.keys and not keys_are_there():
        raise BackupRefused(
            "the master keys are not here; put them back first (docs/operate). Nothing was changed."
        )
    try:
        masters = master_keys(needed={master for master, _ in held.keys.values()})
        for holder, (master, key) in held.keys.items():
            masters.unwrap(Wrapped(master, key), place=place_of(holder))
    except (CannotOpen, MasterKeysRefused):
        raise BackupRefused(
            "the master keys here do not open the keys file; put back those with which it was made. Nothing was changed."
        ) from None


def _erased_here(*, replace: bool) -> dict[UUID, datetime]:
    """Return who and what is erased in the database that stands here now; refuse to replace people unless that is asked for."""
    try:
        tables = connection.introspection.table_names() if _is_there() else []
        if Person._meta.db_table in tables and Person.objects.exists() and not replace:
            raise BackupRefused(
                "there are people in this database already; with --replace they are thrown away. Nothing was changed."
            )
        return erased() if Erased._meta.db_table in tables else {}
    except DatabaseError as error:
        if connection.vendor == "sqlite" and replace:
            return {}  # damaged: that is why somebody puts a copy back
        raise BackupRefused(f"the database here cannot be read: {error}. Nothing was changed.") from None
    finally:
        connection.close()


def _is_there() -> bool:
    return connection.vendor != "sqlite" or Path(connection.settings_dict["NAME"]).exists()


def _must_know(applied: set[tuple[str, str]]) -> None:
    known = set(MigrationLoader(None).disk_migrations)
    ours = {app for app, _ in known}
    if unknown := sorted(f"{app} {name}" for app, name in applied - known if app in ours):
        raise BackupRefused(
            f"this copy was made by a newer Klimtouw ({unknown[0]}); update first. Nothing was changed."
        )


# --- SQLite: a new file aside, that takes the place of the old one when everything is right


@contextmanager
def _aside(copy: Path, file: Path) -> Iterator[Path]:
    """Make the copy a database of its own beside the old one; what goes wrong leaves the old one as it was."""
    _must_be_a_database(copy)
    _must_be_idle(file)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=".restore.")  # mode 600 from the start
    os.close(descriptor)
    try:
        shutil.copyfile(copy, name)
        connection.settings_dict["NAME"] = name
        yield Path(name)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = file
        for part in ("", "-wal", "-shm"):
            Path(name + part).unlink(missing_ok=True)


def _must_be_a_database(copy: Path) -> None:
    if not copy.is_file():
        raise BackupRefused(f"there is no copy {copy}.")
    try:
        with closing(sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as reader:
            verdict = reader.execute("PRAGMA integrity_check").fetchone()[0]
            applied = set(reader.execute(APPLIED).fetchall())
    except sqlite3.Error as error:
        raise BackupRefused(
            f"{copy} is not a copy of a Klimtouw on SQLite, or it is damaged: {error}."
        ) from None
    if verdict != "ok":
        raise BackupRefused(f"{copy} is damaged: {verdict}. Nothing was changed.")
    _must_know(applied)


def _must_be_idle(file: Path) -> None:
    """Refuse while anybody has the database open; SQLite itself knows: leaving the write-ahead log asks to be alone."""
    if not file.exists():
        return
    try:
        with closing(sqlite3.connect(file, timeout=1)) as alone:
            alone.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError:
        raise BackupRefused(
            "Klimtouw is running on this database; stop it first. Nothing was changed."
        ) from None
    except sqlite3.DatabaseError:
        pass  # damaged: that is why somebody puts a copy back


def _let_take_the_place(draft: Path, file: Path) -> None:
    connection.close()
    with closing(sqlite3.connect(draft)) as last:
        last.execute("PRAGMA journal_mode = DELETE")  # all in one file
    reach_the_disk(draft)
    for log in ("-wal", "-shm"):
        Path(f"{file}{log}").unlink(
            missing_ok=True
        )  # of the old database: SQLite would play it into the new one
    draft.rename(file)
    reach_the_disk(file.parent)


# --- PostgreSQL: one transaction that takes away what is there, puts back the copy and its keys


def _must_be_a_dump(copy: Path) -> None:
    if not copy.is_file():
        raise BackupRefused(f"there is no copy {copy}.")
    listed = _run("pg_restore", "--list", str(copy))
    if listed.returncode or "people_datakey" not in listed.stdout:
        raise BackupRefused(
            f"{copy} is not a copy of a Klimtouw on PostgreSQL, or it is damaged. Nothing was changed."
        )
    whole = _run("pg_restore", "--file=/dev/null", str(copy))
    if whole.returncode:
        raise BackupRefused(f"{copy} is damaged: {' '.join(whole.stderr.split())} Nothing was changed.")
    rows = _run("pg_restore", "--data-only", "--table=django_migrations", "--file=-", str(copy)).stdout
    lines = [line.split("\t") for line in rows.splitlines()]
    _must_know({(line[1], line[2]) for line in lines if len(line) == 4})  # noqa: PLR2004 (id, app, name, moment)


def _must_be_alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
               AND pid <> pg_backend_pid() AND backend_type = 'client backend'"""
        )
        if cursor.fetchone()[0]:
            raise BackupRefused("Klimtouw is running on this database; stop it first. Nothing was changed.")


def _run(program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603 (a program of PostgreSQL; the operator names the file)
        [postgresql.program(program), *arguments],
        env=postgresql.surroundings(),
        capture_output=True,
        text=True,
        check=False,
    )


def _load_in_one_transaction(copy: Path, held: KeysFile) -> None:
    """Let psql play the copy, with all that is taken away before and added after, as one transaction."""
    away = "\n".join(_what_to_take_away())
    postgresql.program("psql")
    connection.close()  # this one reads nothing that is about to go
    surroundings = postgresql.surroundings() | {"PGOPTIONS": "-c lock_timeout=10s"}
    with tempfile.TemporaryFile() as script:  # without a name: gone with this process
        script.write(f"BEGIN;\n{away}\n{A_ROLE_FOR_PAGES}\n".encode())
        script.flush()
        unpack = [str(postgresql.program("pg_restore")), "--no-owner", "--file=-", str(copy)]
        subprocess.run(unpack, env=surroundings, stdout=script, check=True)  # noqa: S603 (see above)
        script.seek(0, os.SEEK_END)
        script.write(_rows_of(held).encode())
        script.seek(0)
        play = [str(postgresql.program("psql")), "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1"]
        played = subprocess.run(  # noqa: S603 (see above)
            play, env=surroundings, stdin=script, capture_output=True, text=True, check=False
        )
    if played.returncode:
        raise BackupRefused(
            f"the copy could not be put back, so nothing was changed: {' '.join(played.stderr.split())}"
        )


def _what_to_take_away() -> list[str]:
    """Return the statements that take away every table and function of ours."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = current_schema()")
        tables = [f"DROP TABLE {name} CASCADE;" for (name,) in cursor.fetchall()]
        cursor.execute(
            """SELECT p.oid::regprocedure::text FROM pg_proc p WHERE pronamespace = current_schema()::regnamespace
               AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"""
        )
        return tables + [f"DROP ROUTINE {name} CASCADE;" for (name,) in cursor.fetchall()]


def _rows_of(held: KeysFile) -> str:
    keys = [f"('{id}', '{master}', '\\x{key.hex()}')" for id, (master, key) in held.keys.items()]
    erased = [f"('{id}', '{at.isoformat()}')" for id, at in held.erased.items()]
    lines = ["SET search_path = public;"]  # the dump leaves it empty
    for start, rows in (
        ("INSERT INTO people_datakey (id, master, wrapped) VALUES ", keys),
        ("INSERT INTO people_erased (id, erased_at) VALUES ", erased),
    ):
        lines += [f"{start}{', '.join(rows[at : at + 1000])};" for at in range(0, len(rows), 1000)]
    return "\n".join([*lines, "DELETE FROM people_session;", "COMMIT;", ""])


# --- on both: bring up to date, erase again, verify


def _finish(held: KeysFile, at: datetime) -> None:
    if steps_to_go():
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    call_command("second_lock")
    keyring.forget()
    with transaction.atomic():
        DataKey.objects.bulk_create(
            [DataKey(id=id, master=master, wrapped=key) for id, (master, key) in held.keys.items()],
            ignore_conflicts=True,
            batch_size=500,
        )
        Erased.objects.bulk_create(
            [Erased(id=id, erased_at=moment) for id, moment in held.erased.items()],
            ignore_conflicts=True,
            batch_size=500,
        )
        Session.objects.all().delete()  # somebody who signed out since would be signed in again
        if held.erased:
            replay_erased()
    # Erasing again tells nobody: whoever should hear of it heard it the first time, which this copy cannot know.
    DBTaskResult.objects.filter(enqueued_at__gte=at).delete()


def _tell(held: KeysFile) -> None:
    found = verify()
    sys.stdout.write(
        f"Restored. {Person.objects.count()} people; everybody signs in anew. "
        f"{len(held.erased)} erased since, people and relations, were erased again.\n"
    )
    if found.is_whole:
        sys.stdout.write(f"The ledger is whole: {found.lines} lines.\n")
    else:
        raise BackupRefused(
            "the copy was restored, but its ledger is not whole; `klimtouw ledger verify` says where."
        )
