"""As a school runs it: over https, several processes, nothing left open. Run as an operator runs it."""

import http.cookiejar
import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.config.installation import House
from tests.config.test_command import KLIMTOUW, free_port

pytestmark = pytest.mark.only_on("sqlite3")  # each makes a SQLite installation of its own: once is enough

OVER_HTTPS = {
    "KLIMTOUW_HTTPS": "1",
    "KLIMTOUW_HOSTS": "klimtouw.school.example",
    "KLIMTOUW_ADDRESS": "https://klimtouw.school.example",
}
VISIT = """
import django
django.setup()
from django.test import Client
from klimtouw.config.prepare import bring_up_to_date
from klimtouw.people.models import Person
bring_up_to_date()
noor = Person.objects.create_user("noor@school.example", "een lange zin over touw", display_name="Noor")
noor.emailaddress_set.create(email=noor.email, verified=True, primary=True)
here = {"headers": {"Host": "klimtouw.school.example", "X-Forwarded-Proto": "https"}}
client = Client(**here)
answer = client.get("/account/login/")
print("HSTS", answer.headers["Strict-Transport-Security"])
client.post("/account/login/", {"login": noor.email, "password": "een lange zin over touw"})
client.post("/taal/", {"language": "en", "next": "/"})
client.post("/instellingen/aangemeld/", {"elsewhere": "yes"})
for cookie in client.cookies.values():
    print("COOKIE", cookie.key, bool(cookie["secure"]), bool(cookie["httponly"]), cookie["samesite"], cookie["path"], cookie["domain"] or "-")
plain = Client(headers={"Host": "klimtouw.school.example"}).get("/mijn-klim/")
print("PLAIN", plain.status_code, plain.headers["Location"], "default-src 'none'" in plain.headers["Content-Security-Policy"])
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, migrated: House) -> Path:
    """An installation of its own, on SQLite, migrated."""
    for name in [*os.environ]:
        if name.startswith("KLIMTOUW_") or name == "DATABASE_URL":
            monkeypatch.delenv(name)
    monkeypatch.setenv("KLIMTOUW_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "klimtouw.config.settings")
    return shutil.copytree(migrated.home, tmp_path / "home")


def over_https(*words: str) -> subprocess.CompletedProcess[str]:
    """Run a program in the environment of a school."""
    env = {**os.environ, **OVER_HTTPS}
    return subprocess.run(words, capture_output=True, text=True, timeout=120, check=False, env=env)


def test_the_check_of_a_deployment_finds_nothing(home: Path) -> None:
    done = over_https(*KLIMTOUW, "manage", "check", "--deploy", "--fail-level", "INFO")
    assert done.returncode == 0, done.stderr
    assert "no issues (1 silenced)" in done.stdout  # security.W021: the reason stands in the settings


def test_over_https_cookies_are_bound_to_this_host_and_plain_http_is_sent_away(home: Path) -> None:
    done = over_https(sys.executable, "-c", VISIT)
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert "HSTS max-age=31536000; includeSubDomains" in said
    assert sorted(line for line in said if line.startswith("COOKIE")) == [
        f"COOKIE __Host-{name} True True Lax / -"
        for name in ("csrftoken", "django_language", "messages", "sessionid")
    ]
    plain = next(line for line in said if line.startswith("PLAIN"))
    assert plain == "PLAIN 301 https://klimtouw.school.example/mijn-klim/ True"


class Visitor:
    """A browser of its own."""

    def __init__(self, address: str) -> None:
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)
        self.page = f"{address}/account/login/"

    def tries(self, email: str, password: str) -> str:
        """Fill in the form to sign in, as a person would, and return what it answers."""
        form = self.opener.open(self.page).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        assert token
        sent = {"login": email, "password": password, "csrfmiddlewaretoken": token[1]}
        return str(self.opener.open(self.page, urllib.parse.urlencode(sent).encode()).read().decode())


@pytest.fixture
def address(home: Path) -> Iterator[str]:
    """The address of a Klimtouw that serves with four processes."""
    port = free_port()
    command = [*KLIMTOUW, "serve", "--prepare", "--port", str(port), "--workers", "4", "--threads", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        try:
            assert server.stdout is not None
            for line in server.stdout:
                if line.startswith("Klimtouw is ready"):
                    break
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.communicate(timeout=60)


@pytest.mark.slow
def test_attempts_are_counted_for_all_processes_together(address: str) -> None:
    def guess(number: int) -> bool:
        return "Je hebt het vaak geprobeerd" in Visitor(address).tries("noor@school.example", f"gok {number}")

    with ThreadPoolExecutor(8) as many:
        locked = list(many.map(guess, range(16)))
    assert locked.count(False) <= 5  # at most five guesses were looked at, whichever process was asked
    assert Visitor(address).tries("bram@school.example", "gok").count("Je hebt het vaak geprobeerd") == 0


TWO_ENDS = {
    "a length and pieces": b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
    "two lengths": b"Content-Length: 4\r\nContent-Length: 60\r\n",
    "pieces by another name": b"Content-Length: 4\r\nTransfer-Encoding: xchunked\r\n",
    "a length with a sign": b"Content-Length: +4\r\n",
}


@pytest.mark.slow
def test_a_message_with_two_ends_is_refused(address: str) -> None:
    """No second request can hide behind the end of the first."""
    host, port = address.removeprefix("http://").split(":")
    hidden = b"0\r\n\r\nGET /verstopt/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    for what, ends in TWO_ENDS.items():
        with socket.create_connection((host, int(port)), timeout=10) as wire:
            wire.sendall(b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + ends + b"\r\n" + hidden)
            wire.shutdown(socket.SHUT_WR)
            said = b"".join(iter(lambda: wire.recv(65536), b""))
        assert said.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 501 ")), what
        assert said.count(b"HTTP/1.1 ") == 1, what
