"""What the stories about a coach's own growth share."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from klimtouw.talks.models import Talk
from tests.talks.conftest import days, make_held

SignIn = Callable[[Person], Client]


@pytest.fixture
def held(running_relation: Relation, at: datetime) -> Talk:
    """A talk of yesterday that was there."""
    return make_held(running_relation, days(-1, at))
