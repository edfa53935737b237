"""The signed, short-lived address at which a screen asks whether something changed: no words in it, and it opens no page."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.core import signing

SALT = "klimtouw.intervision.stand"
HOLDS_FOR = timedelta(minutes=20)
"""A screen gets a new one with every part of a page it fetches, and fetches one when this is over."""


class NotOurAddress(Exception):
    """The address was not made by us, was altered, or is over."""


def stand_token(in_room: UUID, at: datetime) -> str:
    """Return the text in the address for one person in one room."""
    until = int((at + HOLDS_FOR).timestamp())
    return signing.Signer(sep=".", salt=SALT).sign_object([in_room.hex, until])


def in_room_of(token: str, at: datetime) -> UUID:
    """Return whose place in which room an address is about; raises `NotOurAddress`."""
    try:
        key, until = signing.Signer(sep=".", salt=SALT).unsign_object(token)
        ends = datetime.fromtimestamp(until, UTC)
        place = UUID(key)
    except (signing.BadSignature, AttributeError, TypeError, ValueError, OverflowError) as altered:
        raise NotOurAddress from altered
    # A clock that was put back makes no address that holds for ever.
    if not at < ends <= at + HOLDS_FOR + timedelta(minutes=1):
        raise NotOurAddress
    return place
