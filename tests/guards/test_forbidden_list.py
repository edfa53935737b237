"""The forbidden list: every rule that this product touches has a test that carries its id."""

import re
from pathlib import Path

import pytest

TOUCHED = (*range(1, 15), *range(17, 28))
NAMES = "\n".join(
    name
    for path in Path(__file__).parent.parent.rglob("test_*.py")
    for name in re.findall(r"def (test_\w+)", path.read_text())
)


@pytest.mark.parametrize("number", TOUCHED)
def test_the_rule_has_a_test(number: int) -> None:
    assert re.search(rf"_v{number}(_|\b)", NAMES), f"no test carries the id V{number}"
