"""The words in which a model speaks to the second lock; they stand lower down, for packages that hold no things."""

from klimtouw.people.row_lock import NOBODY, OF_ITS_OWNER, OWN, RowLock

__all__ = ["NOBODY", "OF_ITS_OWNER", "OWN", "RowLock"]
