"""A consistent copy of the database, made while Klimtouw runs: the words in one file, what opens them in another."""

import os
import sqlite3
import subprocess
from contextlib import closing
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from klimtouw.config import postgresql
from klimtouw.config.keys_file import BackupRefused, KeysFile, keys_beside, moment, other_keys_files

LEFT_OUT = ("people_datakey", "people_erased")
"""These two go into the keys file and nowhere else."""
KEYS = "SELECT id, master, wrapped FROM people_datakey"
ERASED = "SELECT id, erased_at FROM people_erased"

Held = tuple[dict[UUID, tuple[str, bytes]], dict[UUID, datetime]]

__all__ = ["BackupRefused", "back_up"]


def back_up(target: Path, *, at: datetime, keys: Path | None = None) -> None:
    """Write all but the keys to `target`, which may not exist yet, and the keys beside it or where `keys` says.

    A keys file that was asked for by name replaces an older one: only the newest may be kept.
    """
    keys_file = keys or keys_beside(target)
    for file, must_be_new in ((target, True), (keys_file, keys is None)):
        if not file.parent.is_dir():
            raise BackupRefused(f"there is no folder {file.parent}.")
        if must_be_new and file.exists():
            raise BackupRefused(f"{file} exists already; a backup never overwrites anything.")
    draft = target.with_name(f".{target.name}.part")
    os.close(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
    try:
        held = _copy_sqlite(draft) if connection.vendor == "sqlite" else _dump_postgresql(draft)
        KeysFile(at, *held).write(keys_file)  # first: a copy without its keys is worth nothing
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)  # half a backup is worse than none
    print(
        f"Backed up to {target} ({target.stat().st_size / 1_000_000:.1f} MB); what opens it is in {keys_file}."
    )
    print("Keep the keys file elsewhere, and of keys files only the newest: throw older ones away.")
    for older in other_keys_files(keys_file):
        print(f"Older: {older}")


def _copy_sqlite(draft: Path) -> Held:
    """Copy page by page with SQLite's own means: what is still in the write-ahead log comes along."""
    source = Path(connection.settings_dict["NAME"])
    if not source.exists():
        raise BackupRefused(f"there is no database at {source} yet.")
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as original,
        closing(sqlite3.connect(draft, isolation_level=None)) as copy,
    ):
        original.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, with no log beside it
        copy.execute("PRAGMA secure_delete = ON")
        held = _held_by(copy.execute(KEYS).fetchall(), copy.execute(ERASED).fetchall())
        for table in LEFT_OUT:
            copy.execute(f"DELETE FROM {table}")  # noqa: S608 (names of our own)
        copy.execute("VACUUM")  # and not in a free page of the copy either
        verdict = copy.execute("PRAGMA quick_check").fetchone()[0]
    if verdict != "ok":
        raise BackupRefused(f"the copy is damaged, so it was thrown away: {verdict}.")
    return held


def _dump_postgresql(draft: Path) -> Held:
    """Let PostgreSQL's own program write a dump of the very moment at which the keys are read."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        cursor.execute(KEYS)
        keys = cursor.fetchall()
        cursor.execute(ERASED)
        held = _held_by(keys, cursor.fetchall())
        dump = subprocess.run(  # noqa: S603 (the operator names the file; no shell is involved)
            [
                postgresql.program("pg_dump"),
                "--format=custom",
                "--no-owner",
                f"--snapshot={snapshot}",
                *(f"--exclude-table-data={table}" for table in LEFT_OUT),
                f"--file={draft}",
            ],
            env=postgresql.surroundings(),
            capture_output=True,
            text=True,
            check=False,
        )
    if dump.returncode != 0:
        raise BackupRefused(f"pg_dump failed: {' '.join(dump.stderr.split())}")
    return held


def _held_by(keys: list[tuple[object, str, bytes]], erased: list[tuple[object, str | datetime]]) -> Held:
    return (
        {UUID(str(id)): (master, bytes(wrapped)) for id, master, wrapped in keys},
        {UUID(str(id)): moment(at) for id, at in erased},
    )
