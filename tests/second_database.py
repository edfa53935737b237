"""Which tests run on which database: SQLite runs all, PostgreSQL what it can have a say in.

Once somebody asked every case on SQLite, PostgreSQL need not say the same of each: there a test runs

- not at all when it asks nothing of any database, or says `only_on("sqlite3")`;
- in its first and its last case, when it is one sentence with many cases;
- in every case when the database itself is what it is about: in the folders and files of `ITSELF`, where real transactions are
  needed, and where it says `only_on("postgresql")`.

What is left out is counted in the closing line as deselected, and told by its reason above it. `--every-case` leaves nothing out.
"""

from collections import defaultdict
from typing import Any

import pytest
from django.conf import settings

DATABASES = ("sqlite3", "postgresql")
"""`make test` runs the tests on each."""
ITSELF = (
    "tests/belongings/test_gate", "tests/belongings/test_second_lock", "tests/belongings/test_sealed_words.py",
    "tests/belongings/test_open_words.py", "tests/guards/", "tests/ledger/", "tests/people/test_keys.py",
    "tests/people/test_composed.py", "tests/takeaway/test_erase_everything.py",
)  # fmt: skip
"""Where these paths begin, the database is what it is about: who may read which row, what stands sealed in it, what is gone from it."""
ASKS_A_DATABASE = frozenset({"db", "transactional_db", "django_db_setup", "house", "migrated"})
LEFT_OUT = pytest.StashKey[dict[str, int]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take --every-case."""
    parser.addoption(
        "--every-case", action="store_true", help="on PostgreSQL too, run every case of every test"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this database need not run; the closing line counts it as deselected."""
    here = settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1]
    reasons = {item: "of the other database" for item in items if here not in databases_of(item)}
    if here == "postgresql" and not config.getoption("every_case"):
        reasons = {**reasons_on_the_second(items), **reasons}
    if reasons:
        config.hook.pytest_deselected(items=list(reasons))
        items[:] = [item for item in items if item not in reasons]
    told: dict[str, int] = defaultdict(int)
    for reason in reasons.values():
        told[reason] += 1
    config.stash[LEFT_OUT] = told


def databases_of(item: pytest.Item) -> tuple[str, ...]:
    """Return the databases a test runs on: all, or the one it is marked for; never none."""
    mark = item.get_closest_marker("only_on")
    if mark is None:
        return DATABASES
    if len(mark.args) != 1 or mark.args[0] not in DATABASES:
        raise pytest.UsageError(f"{item.nodeid}: only_on() names one of {DATABASES}, or it would run nowhere")
    return mark.args[:1]


def reasons_on_the_second(items: list[pytest.Item]) -> dict[pytest.Item, str]:
    """Say of each test that the second database need not run why not."""
    cases: dict[str, list[pytest.Item]] = defaultdict(list)
    reasons = {}
    for item in items:
        if not asks_a_database(item):
            reasons[item] = "that ask nothing of a database"
        elif not is_about_the_database(item):
            cases[item.nodeid.split("[")[0]].append(item)
    for same in cases.values():
        same.sort(key=place_of)
        reasons |= dict.fromkeys(same[1:-1], "cases between the first and the last of a test")
    return reasons


def asks_a_database(item: pytest.Item) -> bool:
    """Return whether a test can reach a database at all: the others are kept from it."""
    is_marked = item.get_closest_marker("django_db") is not None
    return is_marked or not ASKS_A_DATABASE.isdisjoint(getattr(item, "fixturenames", ()))


def is_about_the_database(item: pytest.Item) -> bool:
    """Return whether every case of a test tells something of this database."""
    mark = item.get_closest_marker("django_db")
    return (
        item.nodeid.startswith(ITSELF)
        or item.get_closest_marker("only_on") is not None
        or "transactional_db" in getattr(item, "fixturenames", ())
        or (mark is not None and bool(mark.kwargs.get("transaction")))
    )


def place_of(item: pytest.Item) -> tuple[int, ...]:
    """Return which case of its test this is: they come in another order every time."""
    callspec = getattr(item, "callspec", None)
    return tuple(callspec.indices.values()) if callspec else ()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Let a process that shares the work tell the one that reports what was left out; each leaves out the same."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = dict(session.config.stash.get(LEFT_OUT, {}))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear it."""
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", {})


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Tell what was left out, and why."""
    for reason, number in sorted(config.stash.get(LEFT_OUT, {}).items()):
        terminalreporter.write_line(f"Left out here: {number} {reason}.")
