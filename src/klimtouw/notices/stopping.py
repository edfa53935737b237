"""End mails about some topics from a link in a mail, without signing in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from klimtouw.notices.actions import mute
from klimtouw.notices.by_mail import Closed
from klimtouw.notices.choices import Topic
from klimtouw.notices.tokens import NotOurLink, stopped_by
from klimtouw.people.models import Person
from klimtouw.people.second_lock import page_of


@dataclass(frozen=True)
class Ended:
    """Whose mails end, and about what."""

    person: Person
    topics: list[Topic]


def ended_by(token: str, visitor: Any) -> Ended:
    """Return what a link ends; raises `Closed`."""
    try:
        key, topics = stopped_by(token)
    except NotOurLink as altered:
        raise Closed("over") from altered
    person = Person.objects.filter(pk=key, is_active=True).first()
    if person is None:
        raise Closed("over")
    if visitor.is_authenticated and visitor.pk != key:
        raise Closed("other")
    return Ended(person, topics)


def end(ended: Ended, at: datetime) -> None:
    """Send no more mail about these topics; done twice it is done once."""
    with page_of(ended.person.pk, at):
        mute(person=ended.person, by=ended.person, at=at, topics=ended.topics)
