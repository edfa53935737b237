"""What people write lies nowhere in plain sight: not in the database, its logs and temporary files, a job, a mail or a log (P3).

A mark is written through every form of the product, in an installation of its own; then every byte that it left on the disk
is searched for the mark, in every guise in which it could lie there.
"""

import base64
import json
import secrets
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.config.installation import House, server

pytestmark = pytest.mark.slow


def guises(mark: str) -> dict[str, bytes]:
    """Return the mark in every guise in which it may lie on a disk."""
    plain = mark.encode()
    found = {
        "UTF-8": plain,
        "UTF-16": mark.encode("utf-16-le"),
        "UTF-16, big end first": mark.encode("utf-16-be"),
        "hex": plain.hex().encode(),
        "HEX": plain.hex().upper().encode(),
    }
    for before in range(3):  # the letters at both ends depend on their neighbours
        text = base64.b64encode(b"\0" * before + plain)
        found[f"base64 after {before}"] = text[4 if before else 0 : -4]
    return found


def where_it_lies(mark: str, folders: list[Path]) -> list[str]:
    """Return every file under some folders in which the mark lies, and in which guise."""
    return [
        f"{file}: {guise}"
        for file in files_in(folders)
        for guise, text in guises(mark).items()
        if text in file.read_bytes()
    ]


def files_in(folders: list[Path]) -> Iterator[Path]:
    """Go through every file under some folders."""
    for folder in folders:
        yield from (file for file in sorted(folder.rglob("*")) if file.is_file() and not file.is_socket())


@pytest.fixture
def mark() -> str:
    """A word that is nowhere else."""
    return "Zeldzaam" + "".join(secrets.choice(string.ascii_letters) for _ in range(16))


def test_the_search_finds_every_guise(mark: str, tmp_path: Path) -> None:
    said = f"Lieve Bram, {mark}!".encode()
    disguised = [said, said.decode().encode("utf-16"), said.hex().encode(), said.hex().upper().encode()]
    disguised += [base64.b64encode(b"a" * before + said) for before in range(3)]
    for number, content in enumerate(disguised):
        (tmp_path / str(number)).write_bytes(b"x" * 100 + content + b"y" * 100)
    found = {Path(line.split(": ")[0]).name for line in where_it_lies(mark, [tmp_path])}
    assert found == {str(number) for number in range(len(disguised))}


def test_p3_a_mark_written_through_every_form_lies_nowhere_in_plain_sight(house: House, mark: str) -> None:
    log = house.home / "log"
    with (
        log.open("w") as said,
        subprocess.Popen(
            [sys.executable, "-m", "tests.guards.leave_marks", mark],
            env=house.surroundings | {"KLIMTOUW_DEMO": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        ) as writer,
    ):
        assert writer.stdin and writer.stdout
        line = writer.stdout.readline()
        assert line, log.read_text()[-3000:]
        found = json.loads(line)
        assert found["columns"] == [], found["refused"]
        assert found["unfilled"] == [], found["refused"]
        assert found["messages"] == []
        assert found["filled"] > 20
        folders = [house.home]
        if house.url:
            folders.append(data_directory())
        assert any(file.name.endswith(".eml") for file in files_in(folders))
        assert "500" in log.read_text() or "Destroyed" in log.read_text()
        names = [file.name for file in files_in(folders)]
        assert "klimtouw.sqlite3-wal" in names or "pg_wal" in {file.parent.name for file in files_in(folders)}
        assert where_it_lies(mark, folders) == []
        writer.stdin.write("\n")
        writer.stdin.close()
    assert where_it_lies(mark, folders) == []


def data_directory() -> Path:
    """Return the folder that holds everything of the server of this run: data, write-ahead log and log."""
    with psycopg.connect(server(), autocommit=True) as admin:
        row = admin.execute("SHOW data_directory").fetchone()
    assert row
    return Path(row[0]).parent
