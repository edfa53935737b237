"""Read a large JSON text piece by piece: never the whole of it in memory, one item at a time.

Python's own reader judges each item; this only looks for where items begin and end.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from klimtouw.programmes.frameworks.choices import Fault
from klimtouw.programmes.frameworks.shapes import CannotBeRead, Problem

LARGEST_ITEM = 4_000_000
"""Characters of one item, or of one part that is skipped; more is no item of a framework."""
SPACE = " \t\r\n"


class JsonPieces:
    """A JSON text that arrives in chunks."""

    def __init__(self, chunks: Iterable[str]) -> None:
        self._chunks = iter(chunks)
        self._buffer, self._at, self._line = "", 0, 1
        self._ended = False
        self._reader = json.JSONDecoder()

    def broken(self) -> CannotBeRead:
        """Return that the text stops being JSON here."""
        line = self._line + self._buffer.count("\n", 0, self._at)
        return CannotBeRead(Problem(Fault.NOT_JSON, line))

    def _more(self) -> bool:
        chunk = next(self._chunks, None)
        if chunk is None:
            self._ended = True
            return False
        self._line += self._buffer.count("\n", 0, self._at)
        self._buffer, self._at = self._buffer[self._at :] + chunk, 0
        return True

    def peek(self) -> str:
        """Return the next character that is no space; empty at the end."""
        while True:
            while self._at < len(self._buffer):
                if self._buffer[self._at] not in SPACE:
                    return self._buffer[self._at]
                self._at += 1
            if not self._more():
                return ""

    def take(self, expected: str) -> None:
        """Go past one character that must stand here."""
        if self.peek() != expected:
            raise self.broken()
        self._at += 1

    def value(self) -> Any:
        """Read one value, whole."""
        self.peek()
        while True:
            try:
                value, end = self._reader.raw_decode(self._buffer, self._at)
            except RecursionError as deep:
                raise self.broken() from deep
            except ValueError as cut_off:
                if len(self._buffer) - self._at > LARGEST_ITEM or not self._more():
                    raise self.broken() from cut_off
                continue
            if end == len(self._buffer) and not self._ended and self._more():
                continue  # a number may go on in the next chunk
            self._at = end
            return value

    def members(self) -> Iterator[str]:
        """Go through an object: its names one by one; whoever asks reads or enters the value before the next."""
        self.take("{")
        if self.peek() == "}":
            self.take("}")
            return
        while True:
            name = self.value()
            if not isinstance(name, str):
                raise self.broken()
            self.take(":")
            yield name
            if self.peek() != ",":
                break
            self.take(",")
        self.take("}")

    def items(self) -> Iterator[Any]:
        """Go through a list, one item at a time; `null` is an empty list."""
        if self.peek() != "[":
            if self.value() is not None:
                raise self.broken()
            return
        self.take("[")
        if self.peek() == "]":
            self.take("]")
            return
        while True:
            yield self.value()
            if self.peek() != ",":
                break
            self.take(",")
        self.take("]")
