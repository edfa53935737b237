"""Forty rooms of eight people at once, each screen asking as the browser does; guides go on and people write at random moments.

A screen knows when the part of the page that changed has come in, not when it heard that something changed.
"""

import asyncio
import json
import os
import re
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from random import Random
from urllib.parse import urlencode
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.urls import reverse

from bench.measure import Server, server
from bench.table import KLIMTOUW, make_database
from klimtouw.config import prepare
from klimtouw.foundation.clock import now
from klimtouw.intervision.choices import POLL_EVERY_MS
from klimtouw.intervision.lifecycle import Event
from klimtouw.intervision.models import Room
from klimtouw.intervision.tokens import stand_token
from klimtouw.people import keyring
from klimtouw.people.models import Person
from tests.circles.stories import make_circle
from tests.intervision.stories import go, make_room
from tests.stories import make_person

ROOMS, PEOPLE = int(os.environ.get("ROOMS", "40")), 8
SECONDS = float(os.environ.get("SECONDS", "60"))
BETWEEN_ACTS = 20.0
"""Seconds between two moves of a guide, and between two contributions in a room, on average."""
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
CHANCE = Random(7)  # noqa: S311 (when somebody acts, no secret)
MOST = 2.0
"""Seconds in which every screen must know."""


class Connection:
    """One connection that stays open, as a browser keeps it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, headers: dict[str, str], body: str = "") -> tuple[int, str]:
        """Send one request and read its answer; a connection that the server closed meanwhile is opened anew."""
        for _ in range(3):
            try:
                return await self._ask(method, path, headers, body)
            except (ConnectionError, asyncio.IncompleteReadError):
                self.streams = None
        raise ConnectionError(path)

    async def _ask(self, method: str, path: str, headers: dict[str, str], body: str) -> tuple[int, str]:
        reader, writer = self.streams = self.streams or await asyncio.open_connection("127.0.0.1", self.port)
        head = {"Host": f"127.0.0.1:{self.port}", **headers}
        if body:
            head |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items()), "", body]
        writer.write("\r\n".join(lines).encode())
        answer = (await reader.readuntil(b"\r\n\r\n")).decode()
        status = int(answer.split(" ", 2)[1])
        fields = dict(line.lower().split(": ", 1) for line in answer.split("\r\n")[1:] if ": " in line)
        content = b""
        if "chunked" in fields.get("transfer-encoding", ""):
            while size := int(await reader.readline(), 16):
                content += (await reader.readexactly(size + 2))[:-2]
            await reader.readline()
        elif length := int(fields.get("content-length", "0")):
            content = await reader.readexactly(length)
        if fields.get("connection") == "close":
            writer.close()
            self.streams = None
        return status, content.decode(errors="replace")


@dataclass
class Meeting:
    """One room: its screens, and when each of its changes was begun and known everywhere."""

    row: Room
    phase: int = 1
    number: int = 0
    """The newest change, as the room itself counts them."""
    screens: list["Screen"] = field(default_factory=list)
    begun: dict[int, float] = field(default_factory=dict)
    waiting: dict[int, set[str]] = field(default_factory=dict)
    delays: list[float] = field(default_factory=list)
    """Of each screen and each change."""
    last: list[float] = field(default_factory=list)
    """Of each change: until the last screen knew."""
    alone: asyncio.Lock = field(default_factory=asyncio.Lock)

    def knows(self, screen: "Screen", number: int) -> None:
        """Write down how long it took until this screen knew of every change up to this one."""
        for change in [one for one in self.begun if one <= number and screen.stand in self.waiting[one]]:
            took = time.monotonic() - self.begun[change]
            self.delays.append(took)
            self.waiting[change].discard(screen.stand)
            if not self.waiting[change]:
                self.last.append(took)
                del self.begun[change], self.waiting[change]

    async def act(self, until: float, do: Callable[["Meeting"], Awaitable[None]]) -> None:
        """Do something again and again, at random moments."""
        while (wait := CHANCE.expovariate(1 / BETWEEN_ACTS)) + time.monotonic() < until - 3 * MOST:
            await asyncio.sleep(wait)
            async with self.alone:
                self.number += 1
                self.waiting[self.number] = {screen.stand for screen in self.screens}
                self.begun[self.number] = time.monotonic()
                await do(self)


@dataclass
class Screen:
    """One phone: it asks for a number, and fetches its page when it is behind."""

    meeting: Meeting
    page: str
    stand: str
    cookie: str
    line: Connection
    acts: Connection
    csrf: str = ""
    stands_at: int = 0
    asked: list[float] = field(default_factory=list)

    async def look(self) -> None:
        """Fetch the page, as the browser does with its cookie."""
        status, page = await self.line.ask("GET", self.page, {"Cookie": self.cookie, "HX-Request": "true"})
        assert status == HTTPStatus.OK, status
        if token := CSRF.search(page):
            self.csrf = token[1]

    async def watch(self, until: float) -> None:
        """Ask, fetch what changed, wait, and ask again."""
        await asyncio.sleep(CHANCE.random() * POLL_EVERY_MS / 1000)
        while time.monotonic() < until:
            began = time.monotonic()
            status, answer = await self.line.ask("GET", self.stand, {})
            assert status == HTTPStatus.OK, (status, answer)
            self.asked.append(time.monotonic() - began)
            number = json.loads(answer)["n"]
            if number != self.stands_at:
                await self.look()
                self.stands_at = number
                self.meeting.knows(self, number)
            await asyncio.sleep(POLL_EVERY_MS / 1000 * CHANCE.uniform(0.9, 1.1))

    async def send(self, path: str, **fields: str) -> None:
        """Send a form."""
        body = urlencode({"csrfmiddlewaretoken": self.csrf, **fields})
        status, answer = await self.acts.ask(
            "POST", path, {"Cookie": self.cookie, "HX-Request": "true"}, body
        )
        assert status == HTTPStatus.FOUND, (status, answer[:300])


async def go_on(meeting: Meeting) -> None:
    """Let the guide go to the other of two phases."""
    seen, event = f"meeting-{meeting.phase}", "back" if meeting.phase else "next"
    meeting.phase = 1 - meeting.phase
    address = reverse("intervision:move", args=[meeting.row.pk])
    await meeting.screens[1].send(address, event=event, seen=seen)


async def write(meeting: Meeting) -> None:
    """Let the presenter put something on the table."""
    address = reverse("intervision:write", args=[meeting.row.pk, "answer" if meeting.phase else "story"])
    await meeting.screens[0].send(address, id=str(uuid4()), text="Dat was toen het buiten al donker werd.")


def measure_all() -> None:
    """Make the rooms, start the server, let everybody look for a minute, and print what it took."""
    if connection.vendor == "postgresql":
        make_database()
    prepare.bring_up_to_date()
    rooms = [make_one(number) for number in range(ROOMS)]
    keyring.forget()
    with server(KLIMTOUW, "bench.settings") as klimtouw:
        meetings = [meeting_of(room, people, klimtouw) for room, people in rooms]
        before, began = klimtouw.cpu_ms(), time.monotonic()
        asyncio.run(meet(meetings))
        seconds = time.monotonic() - began
        say(meetings, (klimtouw.cpu_ms() - before) / 10 / seconds, klimtouw.memory_mb())


def make_one(number: int) -> tuple[Room, list[Person]]:
    """Make one circle with one room in its second phase."""
    people = [make_person(f"Lid{number}-{seat}") for seat in range(PEOPLE)]
    at = now()
    circle = make_circle(people[-1], people[:-1], at)
    return go(make_room(circle, people[0], people[1], people[2:], at), at, Event.BEGIN, Event.NEXT), people


def meeting_of(room: Room, people: list[Person], klimtouw: Server) -> Meeting:
    """Give everybody in a room a screen, signed in."""
    meeting = Meeting(row=room, number=room.stand)
    for person in people:
        client = Client()
        client.force_login(person)
        place = room.people.get(person=person)
        secret = "c" * 32
        cookie = f"sessionid={client.cookies['sessionid'].value}; csrftoken={secret}"
        stand = reverse("intervision_live:stand", args=[stand_token(place.pk, now())])
        page, lines = room.get_absolute_url(), (Connection(klimtouw.port), Connection(klimtouw.port))
        meeting.screens.append(Screen(meeting, page, stand, cookie, *lines, stands_at=room.stand))
    return meeting


async def meet(meetings: list[Meeting]) -> None:
    """Let every screen look once, and then for a while."""
    for meeting in meetings:
        for screen in meeting.screens:
            await screen.look()
    until = time.monotonic() + SECONDS
    watching = [screen.watch(until) for meeting in meetings for screen in meeting.screens]
    acting = [meeting.act(until, do) for meeting in meetings for do in (go_on, write)]
    await asyncio.gather(*watching, *acting)


def say(meetings: list[Meeting], processor: float, memory: float) -> None:
    """Print the table."""
    delays = [one for meeting in meetings for one in meeting.delays]
    last = [one for meeting in meetings for one in meeting.last]
    asked = [one for meeting in meetings for screen in meeting.screens for one in screen.asked]
    missed = sum(len(waiting) for meeting in meetings for waiting in meeting.waiting.values())
    print(
        f"{connection.vendor}: {len(meetings)} rooms of {PEOPLE}, {len(last)} changes, {len(asked)} times asked"
    )
    print("| from the act until … | p50 s | p95 s | max s |")
    print("| --- | --- | --- | --- |")
    for what, took in (
        ("a screen knows", delays),
        ("the last screen of the room knows", last),
        ("an answer to asking", asked),
    ):
        print(
            f"| {what} | {statistics.median(took):.2f} | {statistics.quantiles(took, n=20)[-1]:.2f} | {max(took):.2f} |"
        )
    print(
        f"processor of the worker: {processor:.0f} % of one core; {memory:.0f} MB; screens that never heard: {missed}"
    )
