"""One migrated database for all tests: more than a hundred migrations take seconds, and every process needs what comes of them.

It is made as an operator makes it, with `klimtouw migrate`: on SQLite a file, on PostgreSQL a database with the second lock laid. Each
process and each installation of the tests begins with a copy. `make test` makes it anew; who runs one test finds the one of before,
as long as nothing has changed that a migration could use.
"""

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from fcntl import LOCK_EX, flock
from hashlib import sha256
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import TemporaryDirectory
from time import time
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg.sql import SQL, Identifier

ROOT = Path(__file__).resolve().parents[1]
MIGRATE = [sys.executable, "-m", "klimtouw.config.command", "migrate"]
FILE = "klimtouw.sqlite3"
TEMPLATE = "klimtouw_migrated_"
OLD = 3600  # seconds
MAKES_TABLES = {
    "migrations",
    "models",
    "foundation",
    "words",
    "lock_rows",
    "second_lock",
    "prepare",
    "settings",
}
"""Files and folders of these names make what stands in the database; and every module that a migration names."""


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Let this process begin with a copy, where Django would migrate a database of its own."""
    connection.creation.create_test_db = _create_test_db  # type: ignore[method-assign]


def _create_test_db(*, serialize: bool = False, **_others: object) -> str:
    name = str(connection.creation._get_test_db_name())
    connection.close()
    if connection.vendor == "postgresql":
        copy_on_postgresql(name)
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(home_to_copy() / FILE)) as migrated:
            migrated.backup(connection.connection)
    if serialize:
        connection._test_serialized_contents = connection.creation.serialize_db_to_string()  # type: ignore[attr-defined]
    return name


def server() -> str:
    """Return the address of the PostgreSQL server of this run."""
    return os.environ["DATABASE_URL"].rsplit("/", 1)[0]


def copy_on_postgresql(name: str) -> None:
    """Make a migrated database of this name."""
    with _alone(), psycopg.connect(f"{server()}/postgres", autocommit=True) as admin:
        there = {row[0] for row in admin.execute("SELECT datname FROM pg_database")}
        template = f"{TEMPLATE}{fingerprint()}"
        if template not in there:
            _make_template(admin, template, [one for one in there if one.startswith(TEMPLATE)])
        admin.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(name)))
        admin.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template)))


def _make_template(admin: "psycopg.Connection[tuple[str]]", template: str, old: list[str]) -> None:
    for one in old:
        admin.execute(SQL("DROP DATABASE {}").format(Identifier(one)))
    making = f"{TEMPLATE}{uuid4().hex}"
    admin.execute(SQL("CREATE DATABASE {}").format(Identifier(making)))
    with TemporaryDirectory() as home:
        _migrate(Path(home), f"{server()}/{making}")
    admin.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(making), Identifier(template)))


def home_to_copy() -> Path:
    """Return the home of a migrated installation on SQLite of which nobody made use; make it where there is none."""
    with _alone() as folder:
        home = folder / fingerprint()
        if not home.exists():
            _throw_away_what_is_old(folder)
            with TemporaryDirectory(dir=folder) as making:
                _migrate(Path(making), "")
                with closing(sqlite3.connect(Path(making) / FILE)) as file:
                    file.execute("PRAGMA journal_mode=DELETE")  # a copy in memory knows no other
                copytree(making, home)
        return home


def _throw_away_what_is_old(folder: Path) -> None:
    """Leave what another process may be copying at this moment."""
    for home in folder.glob("*/"):
        if home.stat().st_mtime < time() - OLD:
            rmtree(home)


@contextmanager
def _alone() -> Iterator[Path]:
    """Give the folder of what is migrated, to one process at a time."""
    folder = Path(os.environ.get("TEST_MIGRATED") or ROOT / ".pytest_cache" / "migrated")
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield folder


def _migrate(home: Path, url: str) -> None:
    known = {name: value for name, value in os.environ.items() if not name.startswith("KLIMTOUW_")}
    surroundings = {"KLIMTOUW_HOME": str(home), "DATABASE_URL": url, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(MIGRATE, env=known | surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def fingerprint() -> str:
    """Return a mark that is another one as soon as anything changes that the tables are made of."""
    ours = sorted((ROOT / "src").rglob("*.py"))
    steps = "".join(file.read_text() for file in ours if file.parent.name == "migrations")
    named = {ROOT / "src" / f"{name.replace('.', '/')}.py" for name in re.findall(r"\bklimtouw[.\w]+", steps)}
    marks = sha256()
    for file in (*ours, ROOT / "requirements" / "dev.txt"):
        if file in named or {*file.parent.parts, file.stem} & MAKES_TABLES or file.suffix == ".txt":
            marks.update(str(file).encode() + file.read_bytes())
    return marks.hexdigest()[:16]
