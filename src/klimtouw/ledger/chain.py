"""How a line is tied to the one before it."""

import hashlib
from datetime import UTC

from klimtouw.ledger.models import Line


def digest_of(previous: str, line: Line) -> str:
    """Return the SHA-256 of a line and of the digest before it, as 64 hexadecimal characters."""
    at = line.at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = (previous, line.owner_id, line.number, at, line.by_id, line.hat, line.act, line.about_id)
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()
