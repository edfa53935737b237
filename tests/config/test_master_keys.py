"""The master keys of a real installation: rotated while it serves, and refused at the door when they do not fit (P3)."""

import http.client
import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest

from klimtouw.foundation.sealing import MasterKeys, new_key, written
from tests.config.installation import KLIMTOUW, WRITE, House

pytestmark = pytest.mark.slow

SIGNED_IN = """
import sys
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from importlib import import_module
from klimtouw.people.models import Person
from tests.stories import make_person
for number in range(int(sys.argv[1])):
    person = make_person(f"Wie{number}")
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(person.pk), settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.save()
    print(store.session_key)
"""


WRAPPED_BY = """
from klimtouw.people.models import DataKey
print(*DataKey.objects.order_by().values_list("master", flat=True).distinct())
"""


class Browser:
    """One person who writes a dream and reads it back, over and over, and remembers every answer."""

    def __init__(self, port: int, session: str) -> None:
        self.port, self.session = port, session
        self.answers: list[int] = []
        self.missing: list[str] = []
        self.token = "x" * 32

    def asks(self, method: str, path: str, body: str = "") -> str:
        """Send a request and note the answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        line.request(method, path, body, {
            "Cookie": f"sessionid={self.session}; csrftoken={self.token}",
            "Content-Type": "application/x-www-form-urlencoded",
        })  # fmt: skip
        answer = line.getresponse()
        text = answer.read().decode()
        line.close()
        self.answers.append(answer.status)
        return text

    def writes(self, until: threading.Event) -> None:
        """Write and read until somebody says stop."""
        number = 0
        while not until.is_set():
            number += 1
            words = f"Dag nummer {number} van de tocht."
            self.asks("POST", "/spoor/nieuw/", urlencode({"text": words, "csrfmiddlewaretoken": self.token}))
            if words not in self.asks("GET", "/spoor/"):
                self.missing.append(words)


def wait_until_they_write(browsers: list[Browser]) -> None:
    """Wait until each has written and read back some words."""
    deadline = time.monotonic() + 60
    while min(len(browser.answers) for browser in browsers) < 6:
        assert time.monotonic() < deadline, [browser.answers for browser in browsers]
        time.sleep(0.05)


@contextmanager
def serving(house: House) -> Iterator[int]:
    """Serve an installation until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [*KLIMTOUW, "serve", "--prepare", "--port", str(port), "--workers", "2", "--threads", "2"]
    with (house.home / "said").open("w") as said:
        server = subprocess.Popen(command, env=house.surroundings, stdout=said, stderr=said)
    try:
        deadline = time.monotonic() + 90
        while "is ready" not in (house.home / "said").read_text():
            assert server.poll() is None and time.monotonic() < deadline, (house.home / "said").read_text()
            time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def test_keys_are_rotated_while_people_write_and_nobody_notices(house: House) -> None:
    sessions = house.runs(SIGNED_IN, 6).split()
    with serving(house) as port:
        browsers = [Browser(port, session) for session in sessions]
        stop = threading.Event()
        threads = [threading.Thread(target=browser.writes, args=(stop,)) for browser in browsers]
        for thread in threads[:3]:
            thread.start()
        wait_until_they_write(browsers[:3])
        said = [house.does("keys", "rotate")]
        for thread in threads[3:]:
            thread.start()  # their first words fall around the second rotation
        said.append(house.does("keys", "rotate"))
        wait_until_they_write(browsers)
        stop.set()
        for thread in threads:
            thread.join()
    assert [browser.missing for browser in browsers] == [[]] * 6
    assert {answer for browser in browsers for answer in browser.answers} == {200, 302}
    assert all(len(browser.answers) > 3 for browser in browsers)
    keys = list(MasterKeys.read((house.home / "master.keys").read_text()).by_name)
    assert len(keys) == 3
    assert house.runs(WRAPPED_BY).split() == [keys[0]]
    assert "less than an hour ago" in house.refuses("keys", "retire")
    assert len(MasterKeys.read((house.home / "master.keys").read_text()).by_name) == 3
    os.utime(house.home / "master.keys", (time.time() - 4000,) * 2)
    assert house.does("keys", "retire") == "2 master keys were dropped: they wrapped nothing.\n"
    assert len(house.holds()["texts"]) == sum(len(browser.answers) // 2 for browser in browsers)  # type: ignore[arg-type]  # a list


def files_of(house: House) -> dict[str, bytes]:
    """Return every byte in the folder of an installation."""
    return {str(file): file.read_bytes() for file in sorted(house.home.rglob("*")) if file.is_file()}


@pytest.mark.only_on("sqlite3")  # whose whole content is files that can be compared
@pytest.mark.parametrize("loss", ["lost", "of another installation", "garbled"])
def test_with_a_master_key_that_does_not_fit_nothing_starts_and_nothing_changes(
    loss: str, house: House
) -> None:
    """Every way to start asks the same check: all are tried where the key is lost, the one that serves wherever it does not fit."""
    house.runs(WRITE, "Noor", 0, 2)
    file = house.home / "master.keys"
    as_it_was = file.read_text()
    if loss == "lost":
        file.unlink()
    else:
        file.write_text("touw\n" if loss == "garbled" else f"{written(new_key())}\n")
    before = files_of(house)
    ways = [
        ["serve", "--prepare", "--port", "8999"], ["keys", "rotate"], ["serve", "--port", "8999"], ["migrate"], ["demo"],
        ["manage", "runserver", "--noreload", "8999"], ["manage", "migrate"],
    ]  # fmt: skip
    for words in ways if loss == "lost" else ways[:2]:
        assert "Nothing was changed" in house.refuses(*words), words
        assert files_of(house) == before, words
    file.write_text(as_it_was)
    assert house.holds()["texts"] == ["Noor 0", "Noor 1"]
