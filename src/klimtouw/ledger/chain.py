"""How a line is tied to the one before it, and a daily head to all of them."""

import hashlib
from datetime import UTC, datetime
from uuid import UUID

from klimtouw.ledger.models import DailyHead, Line


def digest_of(previous: str, line: Line) -> str:
    """Return the SHA-256 of a line and of the digest before it, as 64 hexadecimal characters."""
    return digest_of_parts(
        previous, line.owner_id, line.number, in_words(line.at), line.by_id, line.hat, line.act, line.about_id
    )


def digest_of_parts(*parts: str | int | UUID) -> str:
    """Return the SHA-256 of the parts of a line, one under the other."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()


def in_words(at: datetime) -> str:
    """Return a moment as it stands in a digest: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


class SumOfLines:
    """The digests of many lines in one, in the order of writing."""

    def __init__(self) -> None:
        self._body = hashlib.sha256()
        self.lines = 0

    def add(self, digest: str) -> None:
        """Take one line in."""
        self._body.update(digest.encode())
        self.lines += 1

    def digest_of(self, head: DailyHead) -> str:
        """Return the digest of a daily head that stands for these lines."""
        day, at = head.day.isoformat(), in_words(head.at)
        known = (head.previous, head.number, day, at, head.last_line)
        return digest_of_parts(*known, self.lines, self._body.hexdigest())
