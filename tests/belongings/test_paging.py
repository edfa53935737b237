"""Which page somebody asks for: whatever stands in the address, there is an answer."""

import pytest

from klimtouw.belongings.looks import asked_for
from klimtouw.belongings.paging import Page, page_number, whole_number


@pytest.mark.parametrize(
    ("asked", "page"),
    [("", 1), ("1", 1), ("7", 7), ("99999", 99_999), ("100000", 1), ("0", 1), ("-2", 1), ("²", 1), ("٣", 1), ("1.5", 1),
     ("drie", 1), (" 2", 1), ("9" * 5000, 1), ("007", 7)],
)  # fmt: skip
def test_anything_odd_is_the_first_page(asked: str, page: int) -> None:
    assert page_number(asked) == page


def test_a_line_of_the_ledger_may_be_far_away_and_anything_odd_is_the_newest() -> None:
    assert asked_for("123456789012345678") == 123456789012345678
    assert [asked_for(odd) for odd in ("", "x", "9" * 30)] == [None, None, None]
    assert whole_number("8", most=7) is None


def test_there_is_a_way_on_and_back_only_where_there_is_more() -> None:
    assert (Page([1], 1, has_next=True).previous_number, Page([1], 1, has_next=True).next_number) == (0, 2)
    assert (Page([1], 3, has_next=False).previous_number, Page([1], 3, has_next=False).next_number) == (2, 0)
