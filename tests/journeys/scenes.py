"""Where a story may begin: two people on a rope, and a goal with a route."""

from datetime import datetime

from klimtouw.belongings.actions import share
from klimtouw.climb.actions.goals import write_goal
from klimtouw.climb.actions.route import add_stage
from klimtouw.climb.models import Goal
from klimtouw.foundation.clock import now
from klimtouw.people.models import Person
from klimtouw.relations.actions.invitations import invite
from klimtouw.relations.choices import Side, State
from klimtouw.relations.models import Invitation, Relation
from tests.journeys.walker import Walker
from tests.stories import make_relation


def on_a_rope(noor: Walker, bram: Walker, state: State = State.RUNNING) -> Relation:
    """Bram coaches Noor; both have an account and are signed in."""
    return make_relation(noor.is_known(), bram.is_known(), state, now())


def a_goal_of(person: Person, text: str = "Ik durf een vraag te stellen.", stages: int = 3) -> Goal:
    """A goal with a route of some stages."""
    goal = write_goal(by=person, at=now(), text=text, why="Omdat ik thuis altijd vragen stel.")
    for number in range(1, stages + 1):
        add_stage(goal, by=person, at=now(), text=f"Etappe nummer {number}")
    return goal


def shared_with_the_coach(goal: Goal, relation: Relation, at: datetime | None = None) -> None:
    """Let the coach read a goal."""
    share(goal, onto=relation.work_bond, by=goal.owner, at=at or now())


def a_letter_to(noor: Walker, bram: Walker) -> Invitation:
    """Bram, who has an account, invites Noor."""
    by = bram.is_known()
    return invite(by=by, at=now(), side=Side.COACH, email=noor.email, message="Zin om samen te klimmen?")
