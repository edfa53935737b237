"""The hand that draws: small irregularities that are the same every time for one seed."""

from collections.abc import Iterator
from hashlib import sha256
from itertools import count


class Hand:
    """Draw one part of the picture with the tremble of a real hand, yet the same bytes for the same seed."""

    def __init__(self, *, seed: str, part: str) -> None:
        self._digits = _digits_of(f"{seed}/{part}")

    def between(self, low: float, high: float) -> float:
        """Choose a number between two others."""
        return low + (high - low) * next(self._digits) / 65535

    def wobble(self, reach: float) -> float:
        """Choose a number at most `reach` away from nothing."""
        return self.between(-reach, reach)


def _digits_of(name: str) -> Iterator[int]:
    for block in count():
        page = sha256(f"{name}/{block}".encode("utf-8", "replace")).digest()
        for place in range(0, len(page), 2):
            yield int.from_bytes(page[place : place + 2], "big")
