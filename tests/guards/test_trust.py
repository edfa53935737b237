"""What we promise is shown by tests that exist, and no line of the standard is left out."""

import re
from collections import Counter

import pytest

from tests.guards.test_house import ROOT

OPEN = 16
PAGES = {name: (ROOT / "docs" / name).read_text() for name in ("trust.md", "trust-asvs.md")}
LINE = re.compile(
    r"^\| (\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| (met|n/a|operator|open) \| ([^|]+) \|$", re.MULTILINE
)
LINES = LINE.findall(PAGES["trust-asvs.md"])
TESTS = {
    name
    for path in (ROOT / "tests").rglob("*.py")
    for name in re.findall(r"def (test_\w+)", path.read_text())
}


@pytest.mark.parametrize("page", list(PAGES))
def test_every_test_and_file_that_is_named_exists(page: str) -> None:
    named = set(re.findall(r"`([\w./-]+)`", PAGES[page]))
    tests = {name for name in named if re.fullmatch(r"test_\w+", name)}
    files = {name for name in named if re.match(r"(src|tests|docs|requirements)/", name)}
    assert len(tests) > 20
    assert tests - TESTS == set()
    assert [name for name in sorted(files) if not (ROOT / name).exists()] == []


def test_every_line_of_level_one_and_two_stands_there_once() -> None:
    """ASVS 5.0.0 has 70 requirements of level 1 and 183 of level 2."""
    assert Counter(level for _id, level, *_rest in LINES) == {"1": 70, "2": 183}
    assert [name for name, count in Counter(line[0] for line in LINES).items() if count > 1] == []


def test_no_line_of_the_table_is_written_so_that_it_is_not_read() -> None:
    rows = [line for line in PAGES["trust-asvs.md"].splitlines() if re.match(r"\| ?\d", line)]
    assert len(rows) == len(LINES)


def test_whatever_is_met_says_by_what() -> None:
    assert [line[0] for line in LINES if len(line[4].strip()) < 4] == []


def test_what_is_open_is_counted_here_so_that_nobody_opens_more_in_silence() -> None:
    opened = [line[0] for line in LINES if line[3] == "open"]
    assert len(opened) == OPEN
