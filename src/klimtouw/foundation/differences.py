"""Say in words how one text differs from another; what it costs is bounded, also for odd texts."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

MARKS = r".,;:!?…()\"“”«»"
WORD = re.compile(rf"\s*(?:[{MARKS}]+|[^\s{MARKS}]+)[^\S\n]*|\s+")
SENTENCE = re.compile(r"\s*[^.!?\n]+[.!?]*[^\S\n]*|\s*[.!?]+[^\S\n]*|\s+")
MOST_PAIRS = 60_000
"""How many pairs of equal words are looked at; beyond that whole sentences are compared, and beyond that whole texts."""
MOST_PAIRS_IN_SENTENCES = 3_000
AROUND = 160
"""How many characters of what stayed are shown on each side of a change."""


class Kind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stayed, went or came."""

    kind: Kind
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """Return the pieces that make `after` of `before`: without what is new they read `before`, but for its spaces."""
    return list(_together(_by_words(before, after)))


def _by_words(before: str, after: str) -> Iterator[Piece]:
    old, new = WORD.findall(before), WORD.findall(after)
    start, end = _alike_at_the_ends(old, new)
    yield Piece(Kind.SAME, "".join(new[:start]))
    old_middle, new_middle = old[start : len(old) - end], new[start : len(new) - end]
    if _pairs(old_middle, new_middle) <= MOST_PAIRS:
        yield from _matched(old_middle, new_middle)
    else:
        yield from _by_sentences("".join(old_middle), "".join(new_middle))
    yield Piece(Kind.SAME, "".join(new[len(new) - end :]))


def _by_sentences(before: str, after: str) -> Iterator[Piece]:
    old, new = SENTENCE.findall(before), SENTENCE.findall(after)
    if _pairs(old, new) <= MOST_PAIRS:
        for _kind, some in groupby(_matched(old, new), key=lambda piece: piece.kind == Kind.SAME):
            yield from _within(list(some))
    else:
        yield from (Piece(Kind.GONE, before), Piece(Kind.NEW, after))


def _within(pieces: list[Piece]) -> Iterator[Piece]:
    """Compare word by word what took the place of some sentences, where that is cheap."""
    old, new = (
        WORD.findall("".join(piece.text for piece in pieces if piece.kind == kind))
        for kind in (Kind.GONE, Kind.NEW)
    )
    if old and new and _pairs(old, new) <= MOST_PAIRS_IN_SENTENCES:
        yield from _matched(old, new)
    else:
        yield from pieces


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, [_key(part) for part in old], [_key(part) for part in new])
    for what, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if what == "equal":
            yield Piece(Kind.SAME, "".join(new[new_start:new_end]))
        else:
            yield Piece(Kind.GONE, "".join(old[old_start:old_end]))
            yield Piece(Kind.NEW, "".join(new[new_start:new_end]))


def _key(part: str) -> str:
    """Compare words and line ends, not spaces."""
    return part.strip() if "\n" not in part else part.strip(" \t")


def _alike_at_the_ends(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """Return how many words are the same at the beginning, and at the end."""
    most = min(len(old), len(new))
    start = next((at for at in range(most) if _key(old[at]) != _key(new[at])), most)
    rest = most - start
    end = next((at for at in range(rest) if _key(old[-1 - at]) != _key(new[-1 - at])), rest)
    return start, end


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many pairs of equal parts there are: what comparing costs."""
    counted = Counter(map(_key, new))
    return sum(number * counted[part] for part, number in Counter(map(_key, old)).items())


def _together(pieces: Iterator[Piece]) -> Iterator[Piece]:
    for kind, some in groupby((piece for piece in pieces if piece.text), key=lambda piece: piece.kind):
        yield Piece(kind, "".join(piece.text for piece in some))


def shortened(pieces: Sequence[Piece], around: int = AROUND) -> list[Piece]:
    """Leave out the middle of long stretches that stayed; what went and what came is shown whole."""
    short: list[Piece] = []
    for place, piece in enumerate(pieces):
        if piece.kind != Kind.SAME or len(piece.text) <= 3 * around:
            short.append(piece)
            continue
        head = piece.text[:around].rsplit(None, 1)[0] if place else ""
        tail = piece.text[-around:].split(None, 1)[-1] if place < len(pieces) - 1 else ""
        parts = Piece(Kind.SAME, head), Piece(Kind.LEFT_OUT, "…"), Piece(Kind.SAME, tail)
        short += [part for part in parts if part.text]
    return short
