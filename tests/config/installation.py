"""An installation of its own for a test that drives the `klimtouw` command: in a folder and, on PostgreSQL, a database."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.migrated import FILE, copy_on_postgresql, home_to_copy, server

KLIMTOUW = [sys.executable, "-m", "klimtouw.config.command"]
WRITE = """
import sys
from klimtouw.belongings.actions import keep
from klimtouw.climb.models import Entry
from klimtouw.foundation.clock import now
from klimtouw.people import keyring
from klimtouw.people.models import Person
from tests.stories import make_person
me = Person.objects.filter(display_name=sys.argv[1]).first() or make_person(sys.argv[1])
for number in range(int(sys.argv[2]), int(sys.argv[3])):
    keep(Entry, by=me, at=now(), text=f"{sys.argv[1]} {number}")
    keyring.forget()
    print(number, flush=True)
"""
READ = """
import json
from klimtouw.climb.models import Entry
from klimtouw.people.keyring import KeyDestroyed
from klimtouw.people.models import Erased, Person
def opened(entry):
    try:
        return entry.text
    except KeyDestroyed:
        return None
print(json.dumps({
    "texts": [opened(entry) for entry in Entry.objects.order_by("created_at", "pk")],
    "people": sorted(Person.objects.filter(is_active=True).values_list("display_name", flat=True)),
    "erased": Erased.objects.count(),
}))
"""


class House:
    """An installation of its own, in a folder and, on PostgreSQL, a database of its own."""

    def __init__(self, home: Path, url: str) -> None:
        self.home = home
        self.url = url
        self.surroundings = {
            **{name: value for name, value in os.environ.items() if not name.startswith("KLIMTOUW_")},
            "KLIMTOUW_HOME": str(home),
            "DATABASE_URL": url,
            "PYTHONPATH": f"{Path(__file__).parents[2] / 'src'}:{Path(__file__).parents[2]}",
            "DJANGO_SETTINGS_MODULE": "klimtouw.config.settings",
        }

    def klimtouw(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Say something to the command."""
        return self._run([*KLIMTOUW, *words])

    def does(self, *words: str) -> str:
        """Say something that works out."""
        done = self.klimtouw(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refuses(self, *words: str) -> str:
        """Say something that is refused in one sentence; return that."""
        done = self.klimtouw(*words)
        assert done.returncode != 0
        assert done.stderr.startswith("klimtouw: ")
        assert done.stderr.count("\n") == 1, done.stderr
        return done.stderr

    def script(self, code: str, *words: object) -> list[str]:
        """Start Python in this installation."""
        setup = "import django\ndjango.setup()\n"
        return [sys.executable, "-c", setup + code, *map(str, words)]

    def runs(self, code: str, *words: object) -> str:
        """Do something in this installation and return what it prints."""
        done = self._run(self.script(code, *words))
        assert done.returncode == 0, done.stderr
        return done.stdout

    def holds(self) -> dict[str, object]:
        """Return what stands here, opened where it opens."""
        answer: dict[str, object] = json.loads(self.runs(READ))
        return answer

    def content(self) -> object:
        """Return all that a refusal must leave alone."""
        files = {file: file.read_bytes() for file in sorted(self.home.rglob("*")) if file.is_file()}
        return files, self.holds() if self.url else None

    def is_destroyed(self) -> None:
        """Lose the database."""
        if self.url:
            name = self.url.rsplit("/", 1)[1]
            with psycopg.connect(f"{server()}/postgres", autocommit=True) as admin:
                admin.execute(f'DROP DATABASE "{name}"')
                admin.execute(f'CREATE DATABASE "{name}"')
        else:
            for file in self.home.glob("klimtouw.sqlite3*"):
                file.unlink()

    def _run(self, command: list[str]) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command, env=self.surroundings, capture_output=True, text=True, timeout=120, check=False
        )


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An empty, migrated installation, of which every other is a copy."""
    with _installed(tmp_path_factory.mktemp("migrated") / "home") as here:
        yield here


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """An empty, migrated installation."""
    with _installed(tmp_path / "home") as here:
        yield here


@contextmanager
def _installed(home: Path) -> Iterator[House]:
    """Give an installation a copy of what is migrated, until the block ends: files, and on PostgreSQL a database."""
    shutil.copytree(home_to_copy(), home)
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        yield House(home, "")  # whose database is a file in its folder
        return
    (home / FILE).unlink()
    name = f"drill_{uuid4().hex[:12]}"
    copy_on_postgresql(name)
    yield House(home, f"{server()}/{name}")
    with psycopg.connect(f"{server()}/postgres", autocommit=True) as admin:
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
