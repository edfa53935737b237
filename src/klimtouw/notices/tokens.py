"""Signed links in a mail: each says for whom it was written, for what alone, and until when. None of them signs anybody in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.core import signing
from django.utils.crypto import salted_hmac

from klimtouw.notices.choices import Topic
from klimtouw.people.models import Person

ANSWERS = "klimtouw.notices.answer"
STOPS = "klimtouw.notices.stop"
HOLDS_FOR = timedelta(days=14)


class NotOurLink(Exception):
    """The link was not made by us, or was altered."""


@dataclass(frozen=True)
class Written:
    """What a link to answer from a mail says."""

    act: str
    person: UUID
    about: UUID
    value: str
    until: datetime
    mark: UUID
    """By this mark a link that was used is known again."""


def answer_token(act: str, person: Person, about: UUID, at: datetime, value: str = "") -> str:
    """Return the text in a link: one act of one person about one thing, for a fortnight."""
    until = int((at + HOLDS_FOR).timestamp())
    return signing.Signer(sep=".", salt=ANSWERS).sign_object([act, person.pk.hex, about.hex, value, until])


def written_in(token: str) -> Written:
    """Return what a link says; raises `NotOurLink`."""
    try:
        act, person, about, value, until = signing.Signer(sep=".", salt=ANSWERS).unsign_object(token)
        ends = datetime.fromtimestamp(until, UTC)
        return Written(act, UUID(person), UUID(about), value, ends, _mark_of(token))
    except (signing.BadSignature, AttributeError, TypeError, ValueError, OverflowError) as altered:
        raise NotOurLink from altered


def _mark_of(token: str) -> UUID:
    """Return what stands for a link, and from which it cannot be read."""
    return UUID(bytes=salted_hmac(ANSWERS, token, algorithm="sha256").digest()[:16])


def stop_token(person: Person, topics: Iterable[Topic]) -> str:
    """Return the text in the link that ends mails about some topics; it holds for as long as somebody keeps the mail."""
    return signing.Signer(sep=".", salt=STOPS).sign_object([person.pk.hex, sorted(topics)])


def stopped_by(token: str) -> tuple[UUID, list[Topic]]:
    """Return whose mails a link ends, and about what; raises `NotOurLink`."""
    try:
        person, topics = signing.Signer(sep=".", salt=STOPS).unsign_object(token)
        return UUID(person), [Topic(topic) for topic in topics]
    except (signing.BadSignature, AttributeError, TypeError, ValueError) as altered:
        raise NotOurLink from altered
