"""The policy table is the only thing that decides."""

from datetime import datetime
from itertools import product

import pytest

from klimtouw.access.decide import LINE_OF, Denied, demand, may, opening_hats
from klimtouw.access.page import HAT_WORDS, STATE_WORDS, openings_of, rows
from klimtouw.access.table import TABLE, Action, Hat
from klimtouw.circles.choices import CircleState
from klimtouw.intervision.choices import RoomState
from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from tests.guards.promises import EVERY, is_opened

pytestmark = pytest.mark.only_on("sqlite3")  # no database has a say in it: once is enough


class Anything:
    """A thing to which everybody wears every hat."""

    state_now = "running"

    def hats_of(self, person: object, at: datetime) -> frozenset[Hat]:
        return frozenset(Hat)


class Wearing:
    """A thing to which everybody wears one hat, in one state."""

    def __init__(self, hat: Hat, state: str) -> None:
        self.hat, self.state_now = hat, state

    def hats_of(self, person: object, at: datetime) -> frozenset[Hat]:
        return frozenset({self.hat})


class Nobody:
    """A visitor who is not signed in."""

    is_authenticated = False


def test_every_action_has_exactly_one_line() -> None:
    assert sorted(line.action for line in TABLE) == sorted(Action)


def test_an_unknown_action_is_an_error(noor: Person, at: datetime) -> None:
    with pytest.raises(KeyError):
        may(noor, "read_minds", Anything(), at)  # type: ignore[arg-type]  # that is the point


@pytest.mark.parametrize("action", list(Action))
def test_a_signed_out_visitor_may_do_nothing(action: Action, at: datetime) -> None:
    assert not may(Nobody(), action, Anything(), at)
    with pytest.raises(Denied):
        demand(Nobody(), action, Anything(), at)


def test_v6_an_assessor_opens_nothing() -> None:
    assert openings_of(Hat.ASSESSOR, "nl") == []


def test_v6_an_administrator_opens_the_import_of_framework_goals_the_rules_and_nothing_else() -> None:
    opened = {line.action for line in TABLE if Hat.ADMINISTRATOR in line.hats}
    assert opened == {Action.ARRANGE_FRAMEWORKS, Action.ARRANGE_RULES}


def test_v6_a_coordinator_opens_the_desk_names_a_circle_and_nothing_else() -> None:
    assert [line.action for line in TABLE if Hat.COORDINATOR in line.hats] == [
        Action.SEE_DESK,
        Action.PROPOSE_CIRCLE,
    ]


def test_v1_a_coach_has_no_line_that_writes_for_a_coachee() -> None:
    writing = {Action.WRITE, Action.WRITE_OWN, Action.SHARE, Action.WRITE_TAKEAWAY, Action.ANSWER_SUGGESTION}
    coach = {Hat.COACH, Hat.COACH_ONCE_SHARED}
    assert {action for action in writing if LINE_OF[action].hats & coach} == set()


def test_every_line_is_written_in_both_languages() -> None:
    for line in TABLE:
        assert line.nl
        assert line.en
        assert line.because_nl
        assert line.because
    assert len(rows("nl")) == len(rows("en")) == len(TABLE)
    assert set(HAT_WORDS) == set(Hat)


def test_states_in_the_table_exist() -> None:
    states = {*State, *CircleState, RoomState.CHOOSING}
    assert set(STATE_WORDS) == states
    assert {state for line in TABLE for state in line.when} <= states


@pytest.mark.parametrize("action", list(Action))
def test_each_hat_opens_what_was_promised_in_every_state_and_nothing_else(
    action: Action, noor: Person, at: datetime
) -> None:
    """The promise is written by hand in `tests/guards/promises.py`, from DOMAIN.md, hat by hat."""
    for hat, state in product(Hat, EVERY):
        promised = is_opened(action, frozenset({hat}), state)
        assert may(noor, action, Wearing(hat, state), at) == promised, f"{hat} in {state or 'no relation'}"
        assert opening_hats(noor, action, Wearing(hat, state), at) == ({hat} if promised else set())


def test_only_the_hats_that_open_are_named(noor: Person, at: datetime) -> None:
    """A look tells the owner through which hat it was opened: those of this act, and no other that is worn as well."""
    assert opening_hats(noor, Action.SUGGEST, Anything(), at) == {Hat.COACH_ONCE_SHARED}
    demand(noor, Action.SUGGEST, Anything(), at)
