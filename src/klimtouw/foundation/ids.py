"""Names for rows that nobody can guess and that sort by the time they were made."""

import secrets
import time
from uuid import UUID, uuid5


def new_id() -> UUID:
    """Return a UUID version 7 (RFC 9562): 48 bits of milliseconds, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    value = milliseconds << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


def mark_of(id: UUID) -> UUID:
    """Return a mark by which an id is known again when it is met, and from which it cannot be read."""
    return uuid5(id, "klimtouw mark")
