"""The ledger: lines are chained per owner, so that a changed, moved or missing line shows."""

from datetime import datetime
from uuid import uuid4

import pytest

from klimtouw.ledger.actions import Act, record
from klimtouw.ledger.models import Line
from klimtouw.ledger.queries import first_broken_line
from klimtouw.people.models import Person


@pytest.fixture
def chain(noor: Person, bram: Person, at: datetime) -> list[Line]:
    """Five looks of Bram in Noor's chain."""
    acts = [Act(by_id=bram.pk, hat="coach_once_shared", act="look", about_id=uuid4()) for _ in range(5)]
    record(owner_id=noor.pk, acts=acts[:2], at=at)
    record(owner_id=noor.pk, acts=acts[2:], at=at)
    return list(Line.objects.order_by("number"))


def test_a_whole_chain_has_no_broken_line(chain: list[Line]) -> None:
    assert [line.number for line in chain] == [1, 2, 3, 4, 5]
    assert first_broken_line(chain) is None


@pytest.mark.parametrize("field", ["by_id", "about_id"])
def test_an_altered_line_shows(chain: list[Line], field: str) -> None:
    setattr(chain[2], field, uuid4())
    assert first_broken_line(chain) == chain[2]


def test_a_removed_line_shows(chain: list[Line]) -> None:
    assert first_broken_line(chain[:1] + chain[2:]) == chain[2]


def test_a_moved_line_shows(chain: list[Line]) -> None:
    assert first_broken_line([chain[0], chain[2], chain[1], *chain[3:]]) == chain[2]


def test_everybody_has_a_chain_of_their_own(chain: list[Line], bram: Person, at: datetime) -> None:
    record(owner_id=bram.pk, acts=[Act(by_id=bram.pk, hat="owner", act="shared", about_id=uuid4())], at=at)
    assert Line.objects.get(owner_id=bram.pk).number == 1
