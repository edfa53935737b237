"""Keep and open the contents of files: in pieces, each sealed for its thing, its number and how many there are.

So no piece can be moved to another thing, left out, or put in another order without its seal refusing to open. Nothing is
ever written to the disk but by the database.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import groupby
from uuid import UUID

from klimtouw.belongings.models import Piece, Thing
from klimtouw.foundation.sealing import CannotOpen, seal, unseal
from klimtouw.people import keyring

PIECE = 256 * 1024


class Size(StrEnum):
    """Which contents of a thing."""

    FULL = "full"
    SMALL = "small"


def keep_contents(thing: Thing, contents: Mapping[Size, bytes]) -> None:
    """Keep the contents of a new thing; whoever calls this has asked the policy."""
    key = keyring.key_to_seal_for(thing.owner_id)
    rows = []
    for size, plain in contents.items():
        parts = [plain[start : start + PIECE] for start in range(0, len(plain), PIECE)]
        for number, part in enumerate(parts):
            sealed = seal(part, key=key, place=_place(thing, size, number, len(parts)))
            rows.append(Piece(thing_id=thing.pk, size=size, number=number, sealed=sealed))
    Piece.objects.bulk_create(rows, batch_size=20)


def contents_of(thing: Thing, size: Size = Size.FULL) -> bytes:
    """Return the contents of one thing; empty when it has none. Raises `CannotOpen`."""
    return opened([thing], size).get(thing.pk, b"")


def opened(things: Iterable[Thing], size: Size = Size.FULL) -> dict[UUID, bytes]:
    """Return the contents of things that have any; one question for all. Raises `CannotOpen`."""
    by_key = {thing.pk: thing for thing in things}
    rows = Piece.objects.filter(thing__in=by_key, size=size).order_by("thing_id", "number")
    return {
        pk: _joined(by_key[pk], size, list(pieces))
        for pk, pieces in groupby(rows, key=lambda row: row.thing_id)
    }


def _joined(thing: Thing, size: Size, pieces: list[Piece]) -> bytes:
    key = keyring.key_of(thing.owner_id)
    if [piece.number for piece in pieces] != list(range(len(pieces))):
        raise CannotOpen("a piece is missing")
    return b"".join(
        unseal(bytes(piece.sealed), key=key, place=_place(thing, size, piece.number, len(pieces)))
        for piece in pieces
    )


def _place(thing: Thing, size: str, number: int, of: int) -> bytes:
    return f"klimtouw piece {thing.pk} {thing.owner_id} {size} {number}/{of}".encode()
