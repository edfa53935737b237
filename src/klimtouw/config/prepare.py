"""What has to be true before pages can be served; each step does nothing when there is nothing to do."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from klimtouw import __version__


def keys_must_fit() -> None:
    """Refuse to start with a lost or wrong master key, before anything is written (P3)."""
    call_command("keys", "check")


def bring_up_to_date() -> None:
    """Migrate the database and collect the static files: only what is not done yet."""
    migrate()
    collect_static_files()


def migrate() -> None:
    """Apply the migrations that the database does not have yet."""
    if steps := steps_to_go():
        lay_open = words_lie_open()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        if lay_open:
            leave_no_open_words_behind()
        call_command("second_lock")
        print(f"The database is up to date ({steps} steps).")


def words_lie_open() -> bool:
    """Return whether this is a database of before words were sealed."""
    applied = MigrationExecutor(connection).loader.applied_migrations
    return ("belongings", "0001_initial") in applied and ("belongings", "0003_seal_words") not in applied


def leave_no_open_words_behind() -> None:
    """Write every table anew: what was sealed just now still lay open in pages that the database had freed."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM FULL")
        else:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    print("Every word in the database is sealed now.")


def steps_to_go() -> int:
    """Count the migrations that the database does not have yet."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def collect_static_files() -> None:
    """Put the static files, compressed and fingerprinted, where they are served from."""
    collected = Path(settings.STATIC_ROOT)
    stamp = collected / ".collected"
    fingerprint = hashlib.sha256("\n".join(sorted(_static_sources())).encode()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == fingerprint:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=collected.exists())
    stamp.write_text(fingerprint, encoding="ascii")
    print("The static files are up to date.")


def _static_sources() -> Iterator[str]:
    """One line per source file, that changes when the file does."""
    yield __version__
    yield settings.STORAGES["staticfiles"]["BACKEND"]
    for finder in get_finders():
        for path, storage in finder.list([]):
            facts = Path(storage.path(path)).stat()
            yield f"{path} {facts.st_size} {facts.st_mtime_ns}"


def fill_demo() -> None:
    """Fill the demo school once."""
    if "demo" in get_commands():
        call_command("demo")


def how_to_sign_in() -> str:
    """Say, in a demo, who can sign in and how; nothing elsewhere."""
    if not settings.DEMO or "demo" not in get_commands():
        return ""
    sentences = io.StringIO()
    call_command("demo", "--how-to-sign-in", stdout=sentences)
    return sentences.getvalue()
