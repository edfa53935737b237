"""The phases as data: what fits when, and how a room moves."""

from collections.abc import Iterator

import pytest
from django.conf import settings

from klimtouw.intervision.choices import Kind, MethodKey, Role, RoomState
from klimtouw.intervision.lifecycle import GONE, MOVES, Event, NoSuchMove, after, as_markdown
from klimtouw.intervision.methods import METHODS, Phase
from klimtouw.intervision.names import NOBODY, calm, first_names
from klimtouw.people.models import Person

DOCS = settings.PACKAGE.parent.parent / "docs"


def phases() -> Iterator[Phase]:
    """Return every phase of every method."""
    for method in METHODS.values():
        yield from method.phases


def test_nobody_can_advise_while_one_asks_and_never_in_a_balint_group() -> None:
    takes = {
        (method.key, phase.key): {one.kind for one in phase.inputs}
        for method in METHODS.values()
        for phase in method.phases
    }
    assert takes[MethodKey.INCIDENT, "ask"] == takes[MethodKey.BALINT, "ask"] == {Kind.QUESTION, Kind.ANSWER}
    assert [key for key, kinds in takes.items() if Kind.ADVICE in kinds] == [(MethodKey.INCIDENT, "act")]


def test_whoever_presents_gives_no_advice_and_asks_nothing_and_each_role_has_one_thing_to_write() -> None:
    for phase in phases():
        for role in Role:
            assert len([one for one in phase.inputs if role in one.writers]) <= 1
        mine = phase.input_for(Role.PRESENTER)
        assert mine is None or mine.kind in {Kind.STORY, Kind.ANSWER, Kind.REPLY, Kind.TAKEAWAY}
        assert phase.minutes > 0
    assert {one.kind for phase in phases() for one in phase.inputs} == set(Kind)


def test_every_state_and_event_of_a_room_has_a_move_and_the_document_is_fresh() -> None:
    assert {move.event for move in MOVES} == set(Event)
    assert {move.start for move in MOVES} | {move.end for move in MOVES} == {*RoomState, GONE}
    assert after("meeting", Event.STOP) == "choosing"
    with pytest.raises(NoSuchMove):
        after("choosing", Event.BACK)
    assert (DOCS / "states-of-intervision.md").read_text() == as_markdown(), "run: make docs"


@pytest.mark.parametrize(
    ("typed", "on_the_wall"),
    [
        ("Noor", "Noor"),
        ("<script>alert(1)</script>", "<script>alert(1)</s…"),  # a page escapes it: see the test of the wall
        ("\u202eesrever", "esrever"),
        ("a\u200b\u2066b", "ab"),
        ("Z" + "\u0321\u0489\u0300" * 40 + "oë", "Z\u0321\u0489oë"),
        ("n" * 200, "n" * 19 + "…"),
        ("Zoë\nadmin", "Zoë admin"),
        ("\u202e\u200f", NOBODY),
        ("…!!!", NOBODY),
        ("नूर", "नूर"),
    ],
)
def test_a_name_stays_in_its_place_whatever_was_typed(typed: str, on_the_wall: str) -> None:
    assert calm(typed) == on_the_wall


def test_people_are_called_by_their_first_name_and_two_of_the_same_by_more() -> None:
    people = [
        Person(display_name="Noor Peeters", email="n@x.example"),
        Person(display_name="Sam Maes", email="s@x.example"),
        Person(display_name="Sam Aerts", email="t@x.example"),
        Person(display_name="", email="amir.benali.1998@x.example"),
    ]
    names = first_names(people)
    assert [names[person.pk] for person in people] == ["Noor", "Sam Maes", "Sam Aerts", "Amir"]
