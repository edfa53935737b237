"""Things of several kinds come with the words of their kind in one question."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from klimtouw.belongings import rows_beside
from klimtouw.belongings.actions import keep
from klimtouw.belongings.models import Thing
from klimtouw.belongings.queries import in_full
from klimtouw.climb.models import Dream, Entry, Goal
from klimtouw.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def things(noor: Person, at: datetime) -> list[Thing]:
    """Things of three kinds, as the table of things knows them, in the order in which they were made."""
    dream = keep(Dream, by=noor, at=at, text="Ooit mijn eigen zaak")
    made = [
        dream,
        keep(Goal, by=noor, at=at, text="Ik bel zelf", why="Omdat het kan", dream=dream),
        keep(Entry, by=noor, at=at, text="Vandaag belde ik"),
        keep(Dream, by=noor, at=at, text=""),
    ]
    return [Thing.objects.get(pk=one.pk) for one in made]


def facts(thing: Thing) -> dict[str, object]:
    fields = thing._meta.concrete_fields
    return {"model": type(thing), **{field.attname: getattr(thing, field.attname) for field in fields}}


def test_each_is_what_it_would_be_asked_for_alone(things: list[Thing]) -> None:
    alone = [
        model.objects.get(pk=thing.pk)
        for model, thing in zip((Dream, Goal, Entry, Dream), things, strict=True)
    ]
    with CaptureQueriesContext(connection) as asked:
        found = in_full(things)
    assert len(asked) == 1
    assert [facts(thing) for thing in found] == [facts(thing) for thing in alone]


def test_a_great_many_come_some_at_a_time_in_the_order_asked_for(
    things: list[Thing], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows_beside, "AT_ONCE", 3)
    with CaptureQueriesContext(connection) as asked:
        found = in_full(things[::-1])
    assert len(asked) == 2
    assert [thing.pk for thing in found] == [thing.pk for thing in things[::-1]]


def test_for_nothing_nothing_is_asked(db: None) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert in_full([]) == []
    assert len(asked) == 0


def test_one_that_came_from_there_can_be_kept_again(things: list[Thing]) -> None:
    goal = in_full(things)[1]
    goal.state = "rests"
    goal.save(update_fields=["state"])
    assert Goal.objects.get(pk=goal.pk).state == "rests"
