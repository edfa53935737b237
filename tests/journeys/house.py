"""A real Klimtouw for the journeys: its own server, job worker, SQLite file, static files and mail folder."""

import email
import email.policy
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.db import connections

from klimtouw.foundation.sealing import MasterKeys, unseal
from klimtouw.notices.mailbox import PURPOSE
from tests.migrated import home_to_copy

SECONDS_TO_START = 120
SECONDS_TO_MAIL = 45


@dataclass(frozen=True)
class House:
    """Where it answers and where it keeps its files."""

    address: str
    home: Path

    @property
    def last_words(self) -> str:
        """What the server said last, for when a page fails."""
        return (self.home / "said").read_text()[-3000:]

    def mails_to(self, person: str) -> list[EmailMessage]:
        """Return the mails to an address, the oldest first."""
        files = sorted((self.home / "mail").glob("*.eml"))
        return [mail for mail in map(self._read, files) if mail["to"] == person]

    def _read(self, file: Path) -> EmailMessage:
        """Open a mail with the key in the house's own home, as its demo mailbox does."""
        (key, *_) = MasterKeys.read((self.home / "master.keys").read_text()).derived(PURPOSE)
        content = unseal(file.read_bytes(), key=key, place=f"mail {file.stem}".encode())
        mail = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        return mail

    def mail_to(
        self, person: str, containing: str, attempts_left: int = SECONDS_TO_MAIL * 10
    ) -> EmailMessage:
        """Wait for the newest mail to an address that contains some text; jobs send it a moment later."""
        found = [mail for mail in self.mails_to(person) if containing in text_of(mail)]
        if found:
            return found[-1]
        assert attempts_left, f"No mail to {person} with “{containing}”."
        time.sleep(0.1)
        return self.mail_to(person, containing, attempts_left - 1)


def text_of(mail: EmailMessage) -> str:
    """Return what a mail says, its subject included."""
    body = mail.get_body(preferencelist=("plain",))
    return f"{mail['subject']}\n{body.get_content() if body else ''}"


@contextmanager
def running_house(home: Path) -> Iterator[House]:
    """Serve Klimtouw from a folder until the block ends; the tests may look into its database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    surroundings = {
        **os.environ,
        "KLIMTOUW_HOME": str(home),
        "KLIMTOUW_ADDRESS": address,
        "KLIMTOUW_SECRET_KEY": settings.SECRET_KEY,  # so that a test may sign somebody in
        "PYTHONPATH": str(Path(__file__).parents[2] / "src"),
    }
    house = House(address, home)
    shutil.copytree(home_to_copy(), home, dirs_exist_ok=True)
    serve = ["-m", "klimtouw.config.command", "serve", "--prepare", "--port", str(port), "--workers", "1"]
    with (home / "said").open("w") as said:
        server = subprocess.Popen([sys.executable, *serve], env=surroundings, stdout=said, stderr=said)
    try:
        _wait_until_it_answers(port, server, house)
        connections.settings["default"]["NAME"] = home / "klimtouw.sqlite3"
        settings.MASTER_KEY_FILE = (
            home / settings.MASTER_KEY_FILE.name
        )  # what a test seals, the house can open
        yield house
    finally:
        connections["default"].close()
        server.terminate()
        server.wait(30)


def _wait_until_it_answers(port: int, server: subprocess.Popen[bytes], house: House) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None or time.monotonic() > deadline:
            raise AssertionError("Klimtouw did not start: " + house.last_words)
        time.sleep(0.1)
