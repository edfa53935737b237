"""The data that is measured on: a coachee with fifty entries, one with five thousand, a coach with forty coachees."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from klimtouw.belongings.actions import keep, share
from klimtouw.climb.models import Entry, Goal, Route, Stage, Step
from klimtouw.foundation.clock import now
from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from tests.stories import make_person, make_relation

FEW, MANY, COACHEES, STAGES, STEPS = 50, 5000, 40, 6, 5
SENTENCE = "Vandaag vroeg ik voor het eerst zelf om uitleg. Dat was spannend, en het hielp. "


@dataclass(frozen=True)
class Climber:
    """A coachee, with the goal and the route that are measured."""

    person: Person
    goal: Goal
    route: Route


@dataclass(frozen=True)
class School:
    """Everybody whose pages are measured."""

    few: Climber
    many: Climber
    coach: Person


@transaction.atomic
def make_school() -> School:
    """Make the people, their things and their relations."""
    coach = make_person("Bram")
    few, many = (_climber(name, entries) for name, entries in (("Noor", FEW), ("Nele", MANY)))
    others = [make_person(f"Coachee {number}".replace(" ", "")) for number in range(COACHEES - 2)]
    for coachee in (few.person, many.person, *others):
        relation = make_relation(coachee, coach, State.RUNNING, now())
        goal = keep(Goal, by=coachee, at=now(), text="Ik vraag hulp als ik vastloop.", why=SENTENCE)
        share(goal, onto=relation.work_bond, by=coachee, at=now() + timedelta(seconds=1))
    return School(few=few, many=many, coach=coach)


def _climber(name: str, entries: int) -> Climber:
    person, at = make_person(name), now()
    goal = keep(Goal, by=person, at=at, text="Ik durf een vraag te stellen in de les.", why=SENTENCE * 3)
    route = keep(Route, by=person, at=at, goal=goal)
    for place in range(STAGES):
        stage = keep(
            Stage, by=person, at=at, whole=route, position=place, text=f"Etappe {place + 1}: {SENTENCE}"
        )
        for step in range(STEPS):
            keep(Step, by=person, at=at, whole=route, stage=stage, position=step, text=SENTENCE)
    for number in range(entries):
        keep(Entry, by=person, at=at - timedelta(hours=number), text=f"{number}. {SENTENCE * 4}", goal=goal)
    return Climber(person=person, goal=goal, route=route)
