"""Lay each mutant in and see whether a test notices: `make mutants`.

    python -m tests.mutants [part of a name]        the policy, `decide` and the gate; on PostgreSQL: the second lock

One process loads Django, collects the tests and builds the database. It runs them once unharmed, to know which are quick; then it
forks a child for each mutant, two at a time. The child lays the fault in and runs those tests, the quickest first, until one
fails. A copy of a document counts for nothing here: only tests that ask what happens.
"""

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from django.db import connection

from klimtouw.access import decide
from klimtouw.access.table import Action
from klimtouw.belongings import gate
from klimtouw.belongings.lock_rows import lay_second_lock
from tests.guards.promises import ACT_OF
from tests.mutants import of_code, of_sql, of_table
from tests.mutants.mutant import Mutant, unchanged
from tests.mutants.survivors import SURVIVORS

PAGES = "test_every_door_opens_to_whom_the_table_says_and_to_nobody_else"
TESTS = {
    "sqlite": (
        "tests/access",
        "tests/belongings/test_gate_of_one.py",
        "tests/belongings/test_gate.py",
        "tests/belongings/test_gate_in_sql.py",
        "tests/belongings/test_sharing.py",
        "tests/belongings/test_looks.py",
        "tests/guards/test_gate_everywhere.py",
        "tests/guards/test_promise.py",
        f"tests/guards/test_every_url.py::{PAGES}",
    ),
    "postgresql": (
        "tests/belongings/test_second_lock.py",
        "tests/belongings/test_second_lock_windows.py",
        "tests/belongings/test_second_lock_joint.py",
    ),
}
AT_MOST = 900
"""Seconds for one mutant. One that does not end is no kill: the machine may be busy."""
NEEDED = 0.98
AT_ONCE = 2
CONTROLS = 2


@dataclass
class Outcome:
    """What became of one mutant."""

    mutant: Mutant
    by: str = ""
    """The test that noticed it."""
    went_wrong: str = ""


@dataclass
class Running:
    """A child at work on one mutant."""

    outcome: Outcome
    pipe: int


@dataclass
class Hunt:
    """A plugin of pytest: in the place of running the tests once, it runs them against every mutant."""

    asked: str
    outcomes: list[Outcome] = field(default_factory=list)
    costs: dict[str, float] = field(default_factory=dict)
    failing_unharmed: list[str] = field(default_factory=list)
    """Tests that fail although nothing is changed: they prove nothing, so they are left out, and the hunt is no success."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run everything unharmed, then against each mutant."""
        items = session.items
        try_pages_of(items, {Action.READ, Action.REPLY})
        for item in items:
            began = time.perf_counter()
            if failing(item):
                self.failing_unharmed.append(item.nodeid)
            self.costs[item.nodeid] = time.perf_counter() - began
        print(f"{sum(self.costs.values()):.0f} s unharmed", file=sys.__stderr__)
        sound = [item for item in items if item.nodeid not in self.failing_unharmed]
        quickest_first = sorted(sound, key=lambda item: self.costs[item.nodeid])
        mutants = [mutant for mutant in every_mutant() if self.asked in mutant.name]
        self.hunt(spread([*mutants], [unchanged()] * CONTROLS), quickest_first)
        return True

    def hunt(self, mutants: Sequence[Mutant], items: list[pytest.Item]) -> None:
        """Keep as many children at work as there may be at once."""
        at_once = AT_ONCE if connection.vendor == "sqlite" else 1  # the lock is laid in one database
        children: dict[int, Running] = {}
        for mutant in mutants:
            if len(children) == at_once:
                self.wait_for_one(children, items)
            pid, pipe = begin(mutant, items)
            children[pid] = Running(Outcome(mutant), pipe)
        while children:
            self.wait_for_one(children, items)

    def wait_for_one(self, children: dict[int, Running], items: list[pytest.Item]) -> None:
        """Take down what a child that is ready has to say."""
        pid, status = os.wait()
        child = children.pop(pid)
        with os.fdopen(child.pipe) as pipe:
            said = pipe.read()
        outcome = child.outcome
        if os.WIFSIGNALED(status):
            outcome.went_wrong = f"wrong: it did not end (signal {os.WTERMSIG(status)})"
        elif said.startswith("wrong "):
            outcome.went_wrong = said
        else:
            outcome.by = said
        self.outcomes.append(outcome)
        if connection.vendor != "sqlite":
            with database_of(items[0]):
                lay_second_lock()
        print(f"{len(self.outcomes):4} {'·' if outcome.by else 'LIVES'} {outcome.mutant.name} {outcome.by}{outcome.went_wrong}", file=sys.__stderr__)  # fmt: skip


def database_of(item: pytest.Item) -> AbstractContextManager[None]:
    """Let go of the guard that keeps the database shut outside tests."""
    plugin = item.config.pluginmanager.get_plugin("django")
    return item.config.stash[plugin.blocking_manager_key].unblock()  # type: ignore[no-any-return,union-attr]


def failing(item: pytest.Item) -> bool:
    """Run one test; return whether it failed. What the whole session shares stays: the next item is said to be the session."""
    reports = runtestprotocol(item, log=False, nextitem=item.session)  # type: ignore[arg-type]  # it asks for its parents alone
    return any(report.failed for report in reports)


def begin(mutant: Mutant, items: list[pytest.Item]) -> tuple[int, int]:
    """Fork a child that lays the mutant in; return its number and where it will tell."""
    reads, writes = os.pipe()
    if pid := os.fork():
        os.close(writes)
        return pid, reads
    signal.alarm(AT_MOST)
    try:
        said = noticed_by(mutant, items)
    except BaseException as fault:  # whatever it is, the parent hears it and goes on
        said = f"wrong {type(fault).__name__}: {fault}"
    os.write(writes, said.encode()[:4000])
    os._exit(0)


def noticed_by(mutant: Mutant, items: list[pytest.Item]) -> str:
    """Lay the mutant in and return the first test that fails, or nothing."""
    if connection.vendor != "sqlite":
        _of_the_parent, connection.connection = connection.connection, None
        with database_of(items[0]):
            mutant.lay()
    else:
        mutant.lay()
    tried = tests_for(mutant, items)
    for item in tried:
        if failing(item):
            return item.nodeid
    return ""


def tests_for(mutant: Mutant, items: list[pytest.Item]) -> list[pytest.Item]:
    """Return the tests to run: for a line of the policy first the pages of that act, as seen by whom it concerns."""
    pages = [item for item in items if PAGES in item.name]
    others = [item for item in items if item not in pages]
    if mutant.action is None:
        return [
            *others,
            *(
                page
                for page in pages
                if page.callspec.id in ("running-noor", "running-bram", "completed-bram")
            ),
        ]
    has_pages = try_pages_of(pages, {mutant.action})
    seen = [page for page in pages if page.callspec.params["who"] in mutant.who] if has_pages else []
    return [*seen, *(item for item in others if "tests/access" in item.nodeid)]


def try_pages_of(items: list[pytest.Item], actions: set[Action]) -> bool:
    """Let the matrix try the addresses of some acts alone; return whether there are any."""
    names = frozenset(name for name, action in ACT_OF.items() if action in actions)
    for item in items:
        if PAGES in item.name:
            item.module.ONLY = names
    return bool(names)


def every_mutant() -> Iterator[Mutant]:
    """Return the mutants that can be laid in this database."""
    if connection.vendor != "sqlite":
        yield from of_sql.mutants_of_the_lock()
        return
    yield from of_code.mutants(decide)
    yield from of_code.mutants(gate)
    yield from of_sql.mutants()
    yield from of_table.mutants()


def spread(mutants: list[Mutant], among: list[Mutant]) -> list[Mutant]:
    """Put the controls between the mutants."""
    step = len(mutants) // len(among) + 1
    return [
        each
        for at, mutant in enumerate(mutants)
        for each in ([among[at // step], mutant] if at % step == 0 else [mutant])
    ]


def report(outcomes: list[Outcome]) -> bool:
    """Print the table and the survivors with their reasons; return whether all is well."""
    controls = [one for one in outcomes if one.mutant.where == "control"]
    real = [one for one in outcomes if one.mutant.where != "control"]
    alive = [one for one in real if not one.by]
    places = Counter(one.mutant.where.split(" ")[0] for one in real)
    print(f"\n{'where':30} {'mutants':>8} {'killed':>8} {'by pages':>9} {'alive':>6}")
    for place, number in places.items():
        here = [one for one in real if one.mutant.where.split(" ")[0] == place]
        lives, pages = sum(not one.by for one in here), sum(PAGES in one.by for one in here)
        print(f"{place:30} {number:8} {number - lives:8} {pages:9} {lives:6}")
    share = 1 - len(alive) / len(real) if real else 1.0
    print(f"\n{len(real) - len(alive)} of {len(real)} killed: {share:.1%} (needed: {NEEDED:.0%})")
    names = {one.mutant.name for one in alive}
    for name in sorted(names):
        print(f"  lives: {name}\n         {SURVIVORS.get(name, 'NOBODY SAID WHY')}")
    killed = sorted({one.mutant.name for one in real if one.by} & set(SURVIVORS))
    wrong = [one for one in outcomes if one.went_wrong] + [one for one in controls if one.by]
    for name in killed:
        print(f"  named as a survivor, but killed: {name}")
    for one in wrong:
        print(f"  went wrong: {one.mutant.name} {one.by}{one.went_wrong}")
    return share >= NEEDED and names <= set(SURVIVORS) and not killed and not wrong


def main() -> int:
    """Hunt, print, and return how it ended."""
    began = time.monotonic()
    hunt = Hunt(asked=" ".join(sys.argv[1:]))
    paths = [path for path in TESTS[vendor()] if Path(path.split("::")[0]).exists()]
    options = [
        "-q",
        "--no-header",
        "-p",
        "no:randomly",
        "-p",
        "no:xdist",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:playwright",
    ]
    ended = pytest.main([*options, *paths], plugins=[hunt])
    is_well = report(hunt.outcomes) and not hunt.failing_unharmed
    print(
        *(f"  left out, fails although nothing is changed: {name}" for name in hunt.failing_unharmed),
        sep="\n",
    )
    print(f"{time.monotonic() - began:.0f} s")
    return 0 if is_well and ended in (0, 5) else 1


def vendor() -> str:
    """Return which of the two databases this run is for."""
    return "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
