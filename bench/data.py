"""The data that is measured on: coachees with fifty, five thousand and fifty thousand things, coaches with forty and with three hundred coachees."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeVar

from django.db import transaction

from klimtouw.belongings.actions import keep, share
from klimtouw.belongings.models import Bond, Share, Thing
from klimtouw.climb.choices import CompassQuestion
from klimtouw.climb.models import CompassAnswer, Dream, Entry, Goal, Route, Stage, Step
from klimtouw.foundation.clock import now
from klimtouw.foundation.ids import new_id
from klimtouw.people import keyring
from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.replies.models import ReplyRequest
from klimtouw.talks.models import Talk
from tests.stories import make_person, make_relation

FEW, MANY, HUGE, COACHEES, BUSY, STAGES, STEPS, CAMPS = 50, 5000, 50_000, 40, 300, 6, 5, 60
WORDS_IN_ENTRY, VOCABULARY = 60, 15_000
DREAMS, GOALS, SHARED_ENTRIES = 3, 6, 26
SENTENCE = "Vandaag vroeg ik voor het eerst zelf om uitleg. Dat was spannend, en het hielp. "
STAGE = "Ik bereid één vraag voor en stel ze in het begin van de les"

T = TypeVar("T", bound=Thing)


@dataclass(frozen=True)
class Climber:
    """A coachee with the relation, the goal and the route that are measured."""

    person: Person
    relation: Relation
    goal: Goal
    route: Route
    mountain: Route
    """A route as long as one drawing holds."""


@dataclass(frozen=True)
class School:
    """Everybody whose pages are measured."""

    few: Climber
    many: Climber
    coach: Person
    busy: Person
    """Who coaches three hundred, half of whom asked for a reply; with the others there is a talk within a fortnight."""
    huge: Person
    """Whose trail holds fifty thousand entries."""
    wordy: Person
    """Whose five thousand entries are written in many different words."""


@transaction.atomic
def make_school() -> School:
    """Make the people, their things and their relations."""
    coach, at = make_person("Bram"), now()
    few, many = (_climber(name, coach, entries, at) for name, entries in (("Noor", FEW), ("Nele", MANY)))
    for number in range(COACHEES - 2):
        make_relation(make_person(f"Coachee{number}"), coach, State.RUNNING, at)
    huge, wordy, busy = make_person("Nora"), make_person("Nina"), _busy_coach(at)
    keep_many(Entry, _an_hour_apart([SENTENCE] * HUGE, at), owner=huge)
    keep_many(Entry, _an_hour_apart(_in_many_words(), at), owner=wordy)
    return School(few=few, many=many, coach=coach, busy=busy, huge=huge, wordy=wordy)


def _busy_coach(at: datetime) -> Person:
    """Make a coach of three hundred, with requests and talks."""
    busy = make_person("Bas")
    for number in range(BUSY):
        relation = make_relation(make_person(f"Leerling{number}"), busy, State.RUNNING, at)
        if number % 2:
            Talk.objects.create(
                relation=relation,
                state="planned",
                proposed_by=busy,
                proposed_at=at,
                starts_at=at + timedelta(days=number % 14, hours=1),
            )
        else:
            entry = keep(Entry, by=relation.coachee, at=at, text=SENTENCE)
            share(entry, onto=relation.work_bond, by=relation.coachee, at=at)
            ReplyRequest.objects.create(thing_id=entry.pk, relation=relation, asked_at=at)
    return busy


def _an_hour_apart(texts: Iterable[str], at: datetime) -> Iterable[dict[str, Any]]:
    for hours, text in enumerate(texts):
        then = at - timedelta(hours=hours)
        yield {"created_at": then, "changed_at": then, "text": text}


def _in_many_words() -> Iterable[str]:
    """Give texts in more different words than people use: every one of them is judged when something is sought."""
    chance = Random(1)  # noqa: S311 (no secret)
    sounds = [
        a + b + c for a in "bdfgklmnprstvwz" for b in "aeiou" for c in ("", "n", "t", "l", "r", "s", "k")
    ]
    words = ["".join(chance.choices(sounds, k=chance.choice((1, 2, 3)))) for _ in range(VOCABULARY)]
    return (" ".join(chance.choices(words, k=WORDS_IN_ENTRY)) for _ in range(MANY))


def _climber(name: str, coach: Person, entries: int, at: datetime) -> Climber:
    """Make a coachee with a compass, dreams, goals, a route and a trail; forty things are shared with the coach."""
    person, since = make_person(name), at - timedelta(days=1)
    relation = make_relation(person, coach, State.RUNNING, since)
    answers = [keep(CompassAnswer, by=person, at=at, question=one, text=SENTENCE) for one in CompassQuestion]
    dreams = [keep(Dream, by=person, at=at, text=SENTENCE) for _ in range(DREAMS)]
    goals = [
        keep(Goal, by=person, at=at, text="Ik durf een vraag te stellen.", why=SENTENCE * 3, dream=dreams[0])
        for _ in range(GOALS)
    ]
    route, mountain = _route(goals[-1], at), _route(goals[0], at, stages=CAMPS, steps=0)
    for thing in (*answers, *dreams, *goals, route):
        share(thing, onto=relation.work_bond, by=person, at=at)
    _trail(goals[-1], relation.work_bond, entries, at)
    return Climber(person=person, relation=relation, goal=goals[-1], route=route, mountain=mountain)


def _route(goal: Goal, at: datetime, stages: int = STAGES, steps: int = STEPS) -> Route:
    by = goal.owner
    route = keep(Route, by=by, at=at, goal=goal)
    for place in range(stages):
        stage = keep(Stage, by=by, at=at, whole=route, position=place, text=f"{place + 1}. {STAGE}")
        for step in range(steps):
            keep(Step, by=by, at=at, whole=route, stage=stage, position=step, text=SENTENCE)
    return route


def _trail(goal: Goal, bond: Bond, number: int, at: datetime) -> None:
    """Write a trail, one entry an hour; of a long trail half is shared, of a short one what makes forty things."""
    written: list[dict[str, Any]] = [
        {
            "created_at": (then := at - timedelta(hours=hours)),
            "changed_at": then,
            "text": f"{hours}. {SENTENCE * 4}",
        }
        for hours in range(number)
    ]
    entries = keep_many(Entry, written, owner=goal.owner, goal=goal)
    shared = entries[: max(SHARED_ENTRIES, number // 2 if number > FEW else 0)]
    Share.objects.bulk_create(Share(thing_id=entry.pk, bond=bond, since=at) for entry in shared)


def keep_many(model: type[T], rows: Iterable[dict[str, Any]], *, owner: Person, **common: Any) -> list[T]:
    """Make the rows that `keep` would make, many at once."""
    things = [model(id=new_id(), owner=owner, kind=model.KIND, **common, **row) for row in rows]
    with transaction.atomic():
        for thing in things:
            thing.save(force_insert=True)
    keyring.forget()  # a key made here is fetched anew for each text
    return things
