"""Small builders for the stories about writing on the climb."""

from datetime import datetime
from typing import Any

from django.test import Client
from django.urls import reverse

from klimtouw.belongings.actions import share
from klimtouw.belongings.models import Thing
from klimtouw.climb.actions.compass import answer_compass
from klimtouw.climb.actions.goals import write_dream, write_goal
from klimtouw.climb.actions.trail import write_entry
from klimtouw.climb.choices import CompassQuestion
from klimtouw.climb.models import CompassAnswer, Dream, Entry, Goal
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation

CANARY = {kind: f"kanarie-{kind}" for kind in ("answer", "dream", "goal", "why", "entry", "word")}


def one_of_each(by: Person, at: datetime) -> tuple[CompassAnswer, Dream, Goal, Entry]:
    """Let somebody write one of everything, each with a word that is nowhere else."""
    answer = answer_compass(by=by, at=at, question=CompassQuestion.MATTERS, text=CANARY["answer"])
    dream = write_dream(by=by, at=at, text=CANARY["dream"])
    goal = write_goal(by=by, at=at, text=CANARY["goal"], why=CANARY["why"], dream=dream)
    entry = write_entry(by=by, at=at, text=CANARY["entry"], goal=goal)
    return answer, dream, goal, entry


def shared(relation: Relation, at: datetime, *things: Thing) -> None:
    """Share things on the work bond of a relation."""
    for thing in things:
        share(thing, onto=relation.work_bond, by=relation.coachee, at=at)


def texts_in(page: str) -> set[str]:
    """Return which of the words that are nowhere else stand on a page."""
    return {kind for kind, word in CANARY.items() if word in page}


def seen(client: Client, name: str, *args: Any, status: int = 200) -> str:
    """Open a page and return it."""
    response = client.get(reverse(f"climb:{name}", args=args))
    assert response.status_code == status, (name, response.status_code)
    return response.content.decode()


def sent(client: Client, name: str, *args: Any, **fields: Any) -> Any:
    """Send a form to a page."""
    return client.post(reverse(f"climb:{name}", args=args), fields)
