"""Make a copy of the database, and put one back. Import this only after Django is set up."""

from pathlib import Path

from klimtouw.config.backup import back_up
from klimtouw.config.restore import restore
from klimtouw.foundation.clock import now


def make_copy(target: Path, *, keys: Path | None) -> None:
    """Copy the database as it stands now."""
    back_up(target, keys=keys, at=now())


def put_back(target: Path, *, keys: Path | None, replace: bool) -> None:
    """Put a copy back; who erased everything meanwhile is erased again."""
    restore(target, at=now(), keys=keys, replace=replace)
