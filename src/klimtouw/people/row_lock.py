"""What a model says of its table to the second lock, when its rows are no things (`belongings.lock_rows` lays it).

A model of joint words, or of rows of one person beside their things, carries a `RowLock` in `ROW_LOCK`: four questions in
SQL about one row, asked in the role of the pages.
"""

from dataclasses import dataclass

OWN = "owner_id = klimtouw_person()"
NOBODY = "false"


@dataclass(frozen=True)
class RowLock:
    """Who sees a row, and who may add, change and erase one, in a page."""

    read: str
    add: str
    change: str
    erase: str


OF_ITS_OWNER = RowLock(read=OWN, add=OWN, change=OWN, erase=OWN)
"""Words of one person that are never shared."""
