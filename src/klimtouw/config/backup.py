"""A consistent copy of the database, made while Klimtouw runs."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection


class BackupRefused(Exception):
    """The copy could not be made; the message says why."""


def back_up(target: Path) -> None:
    """Write the whole database to `target`, which may not exist yet, readable by its owner only."""
    if not target.parent.is_dir():
        raise BackupRefused(f"there is no folder {target.parent}.")
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise BackupRefused(f"{target} exists already; a backup never overwrites anything.") from None
    try:
        if connection.vendor == "sqlite":
            _copy_sqlite(Path(connection.settings_dict["NAME"]), target)
        else:
            _dump_postgresql(target)
    except BaseException:
        target.unlink(missing_ok=True)  # half a backup is worse than none
        raise
    print(f"Backed up to {target} ({target.stat().st_size / 1_000_000:.1f} MB).")


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy page by page with SQLite's own means: what is still in the write-ahead log comes along."""
    if not source.exists():
        raise BackupRefused(f"there is no database at {source} yet.")
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as original,
        closing(sqlite3.connect(target)) as copy,
    ):
        original.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, with no log beside it
        verdict = copy.execute("PRAGMA quick_check").fetchone()[0]
    if verdict != "ok":
        raise BackupRefused(f"the copy is damaged, so it was thrown away: {verdict}.")


def _dump_postgresql(target: Path) -> None:
    """Let PostgreSQL's own program write a dump that `pg_restore` reads."""
    program = shutil.which("pg_dump")
    if program is None:
        raise BackupRefused(
            "pg_dump was not found; install PostgreSQL's client programs (postgresql-client)."
        )
    database = connection.settings_dict
    place = {
        "PGHOST": database["HOST"],
        "PGPORT": database["PORT"],
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],  # not as an argument: everyone on the machine can read those
        "PGDATABASE": database["NAME"],
    }
    surroundings = os.environ | {name: str(value) for name, value in place.items() if value}
    dump = subprocess.run(  # noqa: S603 (the operator names the file; no shell is involved)
        [program, "--format=custom", "--no-owner", f"--file={target}"],
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    if dump.returncode != 0:
        raise BackupRefused(f"pg_dump failed: {' '.join(dump.stderr.split())}")
