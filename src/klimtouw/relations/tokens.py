"""The signed link in an invitation: it answers that one letter and opens nothing else (R2)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing

from klimtouw.relations.models import Invitation

PURPOSE = "answer-invitation"
SALT = "klimtouw.relations.invitation"
CLOCKS_MAY_DIFFER = timedelta(seconds=60)


class NotOurLink(Exception):
    """The link was not made by us, was altered, is for something else, or comes from the future."""


def _signer() -> signing.Signer:
    return signing.Signer(sep=".", salt=SALT)


def token_for(invitation: Invitation) -> str:
    """Return the text in the link of one invitation; the same letter always has the same link."""
    letter = {"of": str(invitation.pk), "for": PURPOSE, "at": int(invitation.sent_at.timestamp())}
    return _signer().sign_object(letter)


def invitation_id_in(token: str, *, at: datetime) -> UUID:
    """Return which invitation a link answers; whether that one is still open, only its row can say."""
    try:
        letter = _signer().unsign_object(token)
        if letter["for"] != PURPOSE or letter["at"] > (at + CLOCKS_MAY_DIFFER).timestamp():
            raise NotOurLink
        return UUID(letter["of"])
    except (signing.BadSignature, KeyError, TypeError, ValueError) as altered:
        raise NotOurLink from altered
