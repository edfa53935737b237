"""A circle: Bram facilitates, Noor, Amir, Lena and Samir are members."""

from datetime import datetime

import pytest

from klimtouw.circles.models import Circle
from klimtouw.intervision.models import Room
from klimtouw.people.models import Person
from tests.circles.stories import make_circle
from tests.intervision.stories import make_room
from tests.stories import make_person


@pytest.fixture
def lena(db: None) -> Person:
    """Lena is a member."""
    return make_person("Lena")


@pytest.fixture
def circle(bram: Person, noor: Person, amir: Person, lena: Person, at: datetime) -> Circle:
    """A circle on its way."""
    return make_circle(bram, [noor, amir, lena], at)


@pytest.fixture
def room(circle: Circle, noor: Person, amir: Person, lena: Person, bram: Person, at: datetime) -> Room:
    """Noor brings something in, Amir guides, Lena and Bram think along; it has not begun."""
    return make_room(circle, noor, amir, [lena, bram], at)
