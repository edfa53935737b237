"""The packages are brought up to date at least once a month while this house is worked on (ASVS 15.1.1, docs/operate)."""

import re
import subprocess
from datetime import timedelta

import pytest

from tests.guards.test_house import ROOT

LONGEST = timedelta(days=31)


def committed(*what: str) -> timedelta:
    """Return when the newest change of something was kept, since the beginning of counting."""
    asked = (
        ["git", "log", "-1", "--format=%ct", "--", *what] if what else ["git", "log", "-1", "--format=%ct"]
    )
    answer = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    if answer.returncode or not answer.stdout.strip():
        pytest.skip("without the history nobody knows when a file was changed")
    return timedelta(seconds=int(answer.stdout))


@pytest.mark.parametrize("lock", ["run.txt", "dev.txt"])
def test_no_lock_is_more_than_a_month_behind_the_newest_change(lock: str) -> None:
    assert committed() - committed(f"requirements/{lock}") <= LONGEST, (
        "bring the packages up to date: make lock"
    )


def test_every_package_has_one_exact_version() -> None:
    for lock in ("run.txt", "dev.txt"):
        lines = [
            line
            for line in (ROOT / "requirements" / lock).read_text().splitlines()
            if re.match(r"[a-z0-9]", line)
        ]
        assert lines
        assert [line for line in lines if "==" not in line] == []
