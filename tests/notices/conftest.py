"""What the stories about messages share: a kind of thing to tell, and the mails that left."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from django.core import mail

from klimtouw.notices.choices import Topic
from klimtouw.notices.kinds import KINDS, Kind, Line, kind
from klimtouw.people.models import Person

STILL_SO: set[UUID] = set()
"""What is still so, of what the kind of these stories tells."""


def tied() -> UUID:
    """Return something that is so."""
    knot = uuid4()
    STILL_SO.add(knot)
    return knot


@pytest.fixture
def knot() -> Iterator[Kind]:
    """A kind of thing to tell: somebody tied a knot."""

    @kind("knot", Topic.TALKS)
    def say(to: Person, at: datetime, about: UUID) -> Line | None:
        return Line(text="Er is een knoop gelegd.", whom="Bram") if about in STILL_SO else None

    yield say
    STILL_SO.clear()
    KINDS.pop("knot")


@pytest.fixture(autouse=True)
def _mails_in_memory(settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    mail.outbox = []
