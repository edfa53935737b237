"""A query that is composed once asks exactly what it would ask composed anew."""

import gc
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from klimtouw.belongings.models import Thing
from klimtouw.climb.actions.goals import write_goal
from klimtouw.climb.actions.trail import write_entry
from klimtouw.climb.models import Goal
from klimtouw.intervision.queries import place_at_stand
from klimtouw.people.composed import Blank, Composed, ReckonedValue, _taken_apart, composed
from klimtouw.people.models import Person
from klimtouw.programmes.models import Programme
from klimtouw.relations.choices import State
from tests.circles.stories import make_circle
from tests.climb.writing_stories import shared
from tests.guards.scene import build
from tests.intervision.stories import make_room
from tests.stories import make_person, make_relation

SignIn = Callable[[Person], Client]


def facts(row: Any, depth: int = 3) -> Any:
    """Return everything a row carries; of a model its fields, and those of what was loaded along."""
    if isinstance(row, tuple) or not depth:
        return row
    along = {
        name: facts(other, depth - 1) for name, other in row._state.fields_cache.items() if other is not None
    }
    own = {name: getattr(value, "stored", value) for name, value in vars(row).items() if name != "_state"}
    return own | along  # of sealed words: as they are stored


def in_any_order(rows: list[Any]) -> list[str]:
    return sorted(repr(row) for row in rows)


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Lay every answer beside that of the same query composed anew; give the names of those that were asked."""
    asked: set[str] = set()
    ask: Callable[..., list[Any]] = Composed.__call__

    def both(self: Composed[Any, Any], *values: Any) -> list[Any]:
        rows = ask(self, *values)
        plainly = self.plainly(*values)
        assert isinstance(plainly, QuerySet)
        one, other = [facts(row) for row in rows], [facts(row) for row in plainly]
        assert one == other if plainly.ordered else in_any_order(one) == in_any_order(other)
        asked.add(self.__name__)  # type: ignore[attr-defined]  # of update_wrapper
        return rows

    monkeypatch.setattr(Composed, "__call__", both)
    return asked


def everyone_of_klimtouw() -> set[str]:
    queries = {each for each in gc.get_objects() if type(each) is Composed}
    return {each.__name__ for each in queries if each.__module__.startswith("klimtouw.")}  # type: ignore[attr-defined]


def test_every_composed_query_answers_as_it_would_composed_anew(
    noor: Person,
    bram: Person,
    vera: Person,
    programme: Programme,
    sign_in: SignIn,
    at: datetime,
    beside: set[str],
) -> None:
    scene = build(State.RUNNING, noor, bram, vera, programme, at - timedelta(days=1))
    make_relation(make_person("Nele"), bram, State.COMPLETED, at - timedelta(days=9))
    goal = write_goal(by=noor, at=at, text="Ik durf.", why="", dream=scene.things["dream"])
    entry = write_entry(by=noor, at=at, text="Het lukte.", goal=goal)
    shared(scene.relation, at, goal, entry)
    pages = [reverse(name) for name in ("home", "climb:trail", "relations:overview", "coach-day")]
    pages += [
        thing.get_absolute_url() for thing in (scene.things["goal"], scene.things["route"], goal, entry)
    ]
    pages += [reverse("climb:follow", args=[scene.relation.pk])]
    assert scene.asked is not None
    pages += [scene.asked.get_absolute_url(), reverse("replies:ask_again", args=[scene.asked.pk])]
    circle = make_circle(bram, [noor, vera, make_person("Lotte")], at - timedelta(days=1))
    room = make_room(circle, noor, vera, [bram], at)
    pages += [circle.get_absolute_url(), reverse("circles:overview"), room.get_absolute_url()]
    for reader in (noor, bram, vera):
        client = sign_in(reader)
        for page in pages:
            client.get(page)
    place_at_stand(room.people.get(person=noor).pk, at)
    assert beside == everyone_of_klimtouw()


def test_one_text_serves_everybody_and_holds_nobody(noor: Person, stan: Person, at: datetime) -> None:
    @composed
    def goals_of(person: Person, since: datetime, among: tuple[UUID, ...]) -> QuerySet[Goal]:
        return Goal.objects.filter(owner=person, created_at__gte=since, pk__in=among).order_by("pk")

    fields = {"created_at": at, "changed_at": at, "kind": Goal.KIND, "text": "Ik durf."}
    made = [Goal.objects.create(owner=noor, **fields) for _ in range(3)]
    one, two, three = sorted(made, key=lambda goal: goal.pk)
    keys = tuple(goal.pk for goal in (one, two, three))
    assert goals_of(noor, at, keys) == [one, two, three]
    assert goals_of(noor, at, keys[:1]) == [one]
    assert goals_of(noor, at, keys + keys) == [one, two, three]
    assert goals_of(noor, at, ()) == []
    assert goals_of(noor, at + timedelta(microseconds=1), keys) == []
    assert goals_of(stan, at, keys) == []
    assert goals_of.first(stan, at, keys) is None
    shape, _ = _taken_apart((noor, at, keys))
    assert shape == (Blank(UUID, of_person=True), Blank(datetime), Blank(UUID, number=4, as_set=True))
    kept = goals_of._text(shape, connection.vendor)
    assert all(place >= 0 and constant is None for place, constant in kept.parameters)


def test_a_value_reckoned_from_another_is_refused(noor: Person, at: datetime) -> None:
    @composed
    def lately(person: Person, at: datetime) -> QuerySet[Thing]:
        return Thing.objects.filter(owner=person, created_at__gte=at - timedelta(days=14))

    with pytest.raises(ReckonedValue):
        lately(noor, at)


def test_of_a_stand_in_for_a_person_nothing_is_known(noor: Person) -> None:
    @composed
    def with_address_of(person: Person) -> QuerySet[Person]:
        return Person.objects.filter(email=person.email)

    with pytest.raises(Person.DoesNotExist):
        with_address_of(noor)
