"""The cast, as fixtures: Noor climbs, Bram coaches, Vera coordinates, Amir peer-coaches, Ines administers, Stan is a stranger."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from klimtouw.foundation.clock import now
from klimtouw.people.models import Person
from klimtouw.programmes.models import Institution, Membership, Programme
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from tests.stories import make_person, make_relation


@pytest.fixture
def at() -> datetime:
    """This moment."""
    return now()


@pytest.fixture
def programme(db: None) -> Programme:
    """Vera's programme."""
    college = Institution.objects.create(name="Hogeschool De Kade", kind="be_higher")
    return Programme.objects.create(institution=college, name="Verpleegkunde")


@pytest.fixture
def noor(db: None) -> Person:
    """Noor climbs."""
    return make_person("Noor")


@pytest.fixture
def bram(db: None) -> Person:
    """Bram coaches."""
    return make_person("Bram")


@pytest.fixture
def amir(db: None) -> Person:
    """Amir peer-coaches."""
    return make_person("Amir")


@pytest.fixture
def stan(db: None) -> Person:
    """Stan is a stranger."""
    return make_person("Stan")


@pytest.fixture
def vera(programme: Programme) -> Person:
    """Vera coordinates."""
    person = make_person("Vera")
    Membership.objects.create(person=person, programme=programme, hat="coordinator")
    return person


@pytest.fixture
def ines(programme: Programme) -> Person:
    """Ines administers."""
    person = make_person("Ines")
    Membership.objects.create(person=person, programme=programme, hat="administrator")
    return person


@pytest.fixture
def running_relation(noor: Person, bram: Person, programme: Programme, at: datetime) -> Relation:
    """Bram coaches Noor; both signed."""
    return make_relation(noor, bram, State.RUNNING, at, programme)


@pytest.fixture
def sign_in() -> Callable[[Person], Client]:
    """Give a browser in which somebody is signed in."""

    def signed_in(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return signed_in
