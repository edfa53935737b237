"""The signed link in an invitation: it answers that one letter and opens nothing else (R2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.core import signing

PURPOSE = "answer-invitation"
SALT = "klimtouw.relations.invitation"
CLOCKS_MAY_DIFFER = timedelta(seconds=60)


class NotOurLink(Exception):
    """The link was not made by us, was altered, is for something else, or comes from the future."""


class SentLetter(Protocol):
    """A letter that was sent at some moment."""

    @property
    def pk(self) -> UUID: ...

    @property
    def sent_at(self) -> datetime: ...


@dataclass(frozen=True)
class LinkOf:
    """The links in one sort of letter; a link in another sort opens nothing here."""

    purpose: str
    salt: str

    def token_for(self, letter: SentLetter) -> str:
        """Return the text in the link of one letter; the same letter always has the same link."""
        said = {"of": str(letter.pk), "for": self.purpose, "at": int(letter.sent_at.timestamp())}
        return self._signer().sign_object(said)

    def id_in(self, token: str, *, at: datetime) -> UUID:
        """Return which letter a link answers; whether that one is still open, only its row can say."""
        try:
            said = self._signer().unsign_object(token)
            if said["for"] != self.purpose or said["at"] > (at + CLOCKS_MAY_DIFFER).timestamp():
                raise NotOurLink
            return UUID(said["of"])
        except (signing.BadSignature, KeyError, TypeError, ValueError) as altered:
            raise NotOurLink from altered

    def _signer(self) -> signing.Signer:
        return signing.Signer(sep=".", salt=self.salt)


INVITATION = LinkOf(PURPOSE, SALT)
token_for, invitation_id_in = INVITATION.token_for, INVITATION.id_in
