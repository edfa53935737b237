"""Start a server, load it a little, read what it used from the system's own books."""

import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.browser import Browser

Act = Callable[[Browser], None]
TICKS = os.sysconf("SC_CLK_TCK")
REQUESTS, SECONDS = 200, 6.0  # per measurement: so many, or as many as fit in the time


@dataclass(frozen=True)
class Server:
    """A server under measurement: its port, and the process that answers."""

    port: int
    worker: int
    settings: str

    def cpu_ms(self) -> float:
        """Return the processor time that the worker used since it started."""
        fields = Path(f"/proc/{self.worker}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / TICKS

    def memory_mb(self) -> float:
        """Return the worker's own share of the memory (PSS)."""
        lines = Path(f"/proc/{self.worker}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


@dataclass(frozen=True)
class Load:
    """What a number of requests cost."""

    cpu_ms: float
    p50: float
    p95: float


@contextmanager
def server(command: Sequence[str], settings: str) -> Iterator[Server]:
    """Run a server with one worker until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = subprocess.Popen(  # noqa: S603 (our own programs)
        [sys.executable, "-m", *(word.replace("PORT", str(port)) for word in command)],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": settings},
        stdout=subprocess.DEVNULL,
    )
    try:
        yield Server(port=port, worker=_worker(started.pid, port), settings=settings)
    finally:
        started.send_signal(signal.SIGTERM)
        started.wait(30)


def _worker(parent: int, port: int) -> int:
    """Wait until the server answers; its worker is the last of the family. The port is open before there is a worker."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        time.sleep(0.2)
        if _answers(port):
            family = [parent]
            while children := [child for member in family for child in _children(member)]:
                family = children
            return family[0]
    sys.exit("The server that was to be measured did not start; what it said stands above.")


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def _children(process: int) -> list[int]:
    return [int(number) for number in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def load(server: Server, cookie: str, act: Act, *, connections: int = 1) -> Load:
    """Do an act over and over, on a number of connections at once."""
    browsers = [Browser(server.port, cookie) for _ in range(connections)]
    for browser in browsers:
        for _ in range(max(1, 6 // connections)):
            act(browser)
    before, deadline = server.cpu_ms(), time.monotonic() + SECONDS

    def go(browser: Browser) -> list[float]:
        took = []
        for _ in range(REQUESTS // connections):
            began = time.perf_counter()
            act(browser)
            took.append((time.perf_counter() - began) * 1000)
            if time.monotonic() > deadline:
                break
        return took

    with ThreadPoolExecutor(connections) as pool:
        took = [one for some in pool.map(go, browsers) for one in some]
    return Load(
        cpu_ms=(server.cpu_ms() - before) / len(took),
        p50=statistics.median(took),
        p95=statistics.quantiles(took, n=20)[-1],
    )
