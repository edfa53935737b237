"""The `klimtouw` command, run as an operator runs it, in an empty folder."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.migrated import home_to_copy

pytestmark = pytest.mark.only_on("sqlite3")  # each makes a SQLite installation of its own: once is enough

KLIMTOUW = [sys.executable, "-m", "klimtouw.config.command"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of its own, on SQLite."""
    for name in [*os.environ]:
        if name.startswith("KLIMTOUW_") or name == "DATABASE_URL":
            monkeypatch.delenv(name)
    monkeypatch.setenv("KLIMTOUW_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def klimtouw(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*KLIMTOUW, *words], capture_output=True, text=True, timeout=120, check=False)


@contextmanager
def serving(port: int) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [*KLIMTOUW, "serve", "--prepare", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            assert server.stdout is not None
            for line in server.stdout:
                if line.startswith("Klimtouw is ready"):
                    break
            yield server
        finally:
            server.kill()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_it_serves_pages_and_stops_without_a_trace(home: Path) -> None:
    port = free_port()
    with serving(port) as server:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as page:
            assert page.status == 200
        family = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(server.pid)], capture_output=True, text=True, check=True
        )
        server.send_signal(signal.SIGINT)
        said, _ = server.communicate(timeout=30)
    assert server.returncode == 0
    assert "Traceback" not in said
    assert said.splitlines()[-1] == "Klimtouw has stopped."
    assert len(family.stdout.split()) == 2
    assert not [number for number in family.stdout.split() if Path("/proc", number).exists()]


def test_a_port_in_use_is_one_sentence(home: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = klimtouw("serve", "--port", str(other.getsockname()[1]))
    assert done.returncode == 1
    assert re.fullmatch(r"klimtouw: port \d+ on 127\.0\.0\.1 is in use by another program; .*\n", done.stderr)


def test_without_tables_it_refuses_to_serve(home: Path) -> None:
    done = klimtouw("serve", "--port", str(free_port()))
    assert done.returncode == 1
    assert done.stderr == "klimtouw: the database is not up to date; run `klimtouw migrate` first.\n"


def test_a_backup_holds_what_was_just_written_and_overwrites_nothing(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home_to_copy(), home)
    copy = tmp_path / "copy.sqlite3"
    with closing(
        sqlite3.connect(home / "klimtouw.sqlite3")
    ) as writer:  # open: the row is still in the log beside it
        writer.execute("CREATE TABLE mark (word)")
        writer.execute("INSERT INTO mark VALUES ('touw')")
        writer.commit()
        first = klimtouw("backup", str(copy))
    assert (first.returncode, first.stderr) == (0, "")
    with closing(sqlite3.connect(copy)) as reader:
        assert reader.execute("SELECT word FROM mark").fetchone() == ("touw",)
    assert copy.stat().st_mode & 0o777 == 0o600

    second = klimtouw("backup", str(copy))
    assert second.returncode == 1
    assert second.stderr == f"klimtouw: {copy} exists already; a backup never overwrites anything.\n"


def test_a_backup_of_nothing_leaves_nothing(home: Path, tmp_path: Path) -> None:
    done = klimtouw("backup", str(tmp_path / "copy"))
    assert done.returncode == 1
    assert "there is no database" in done.stderr
    assert not (tmp_path / "copy").exists()


def test_a_database_out_of_reach_is_one_sentence(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://nobody@127.0.0.1:{free_port()}/klimtouw")
    done = klimtouw("migrate")
    assert done.returncode == 1
    assert re.fullmatch(r"klimtouw: the database cannot be used: .*\n", done.stderr)
