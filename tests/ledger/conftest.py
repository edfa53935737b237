"""A ledger of two people, written on three days."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import localdate

from klimtouw.ledger.actions import Act, keep_daily_head, record
from klimtouw.people.models import Person

Look = Callable[..., None]


@pytest.fixture
def look(noor: Person, bram: Person, at: datetime) -> Look:
    """Let Bram look at something of Noor, a number of times."""

    def look(*, times: int = 1, at: datetime = at, owner: Person = noor) -> None:
        acts = [
            Act(by_id=bram.pk, hat="coach_once_shared", act="look", about_id=uuid4()) for _ in range(times)
        ]
        record(owner_id=owner.pk, acts=acts, at=at)

    return look


@pytest.fixture
def three_days(look: Look, noor: Person, bram: Person, at: datetime) -> datetime:
    """Two chains with lines on three days, and a daily head after each but the last; return the last moment."""
    for day in range(3):
        now = at + timedelta(days=day)
        look(times=3, at=now)
        look(times=2, at=now, owner=bram)
        if day < 2:
            keep_daily_head(day=localdate(now), at=now)
    return now
