"""The packages are brought up to date at least once a month while this house is worked on (ASVS 15.1.1, docs/operate)."""

import re
import subprocess
from datetime import timedelta

import pytest

from tests.guards.test_house import ROOT

LONGEST = timedelta(days=31)


def committed(*what: str) -> timedelta | None:
    """Return when the newest change of something was kept, since the beginning of counting; None without its history."""
    asked = ["git", "log", "-1", "--format=%ct", *(["--", *what] if what else [])]
    answer = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    return timedelta(seconds=int(answer.stdout)) if answer.stdout.strip() else None


def is_behind(lock: timedelta | None, newest: timedelta | None) -> bool:
    """Return whether something changed long after the lock; without a history nothing is known to be newer."""
    return lock is not None and newest is not None and newest - lock > LONGEST


@pytest.mark.parametrize("lock", ["run.txt", "dev.txt"])
def test_no_lock_is_more_than_a_month_behind_the_newest_change(lock: str) -> None:
    assert not is_behind(committed(f"requirements/{lock}"), committed()), (
        "bring the packages up to date: make lock"
    )


def test_only_what_has_a_history_can_be_behind() -> None:
    days = [timedelta(days=number) for number in (100, 131, 132)]
    assert [is_behind(days[0], newest) for newest in days] == [False, False, True]
    assert not is_behind(None, days[0])
    assert not is_behind(None, None)


def test_every_package_has_one_exact_version() -> None:
    for lock in ("run.txt", "dev.txt"):
        lines = [
            line
            for line in (ROOT / "requirements" / lock).read_text().splitlines()
            if re.match(r"[a-z0-9]", line)
        ]
        assert lines
        assert [line for line in lines if "==" not in line] == []
