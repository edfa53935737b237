"""Somebody with something of everything, for the tests of the leaving package."""

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from klimtouw.belongings.actions import keep, remove, reword, share
from klimtouw.belongings.models import Thing
from klimtouw.climb.models import CompassAnswer, Dream, Entry, Goal, Route, Stage, Step
from klimtouw.growth.models import PracticeNote, WhatHelped
from klimtouw.people.models import Person
from klimtouw.programmes.models import CoachRole
from klimtouw.relations.choices import State
from klimtouw.relations.models import Clause, CommonGround, Expectation, NeedsWishesLimits, Relation, WorkCard
from klimtouw.replies.models import Reply, Suggestion
from klimtouw.takeaway.package.making import make_file
from klimtouw.takeaway.package.names import CONTENT, DIGEST, FOLDER
from klimtouw.talks.models import (
    CoachSentence,
    FreeHours,
    Impression,
    Moment,
    PreparationLine,
    Promise,
    Takeaway,
    Talk,
)
from tests.stories import make_relation

ODD = "<script>alert(1)</script> “één” 🧗 עברית {{ x }}"
LONG = "Een lang verhaal. " * 500


@dataclass
class Life:
    """Noor and Bram under way together, with something of every kind."""

    noor: Person
    bram: Person
    relation: Relation
    things: dict[str, Any]


def live(noor: Person, bram: Person, at: datetime) -> Life:
    """Build a life of some days: everything Noor and Bram could have written."""
    began = at - timedelta(days=20)
    noor.device = "telefoon van Noor"
    relation = make_relation(noor, bram, State.RUNNING, began)
    contract = relation.contracts.get()
    contract.availability = "Op dinsdag, ook per bericht."
    contract.save(update_fields=["availability"])
    for position, text in enumerate(("Wat jij vertelt, blijft hier.", ODD)):
        Clause.objects.create(contract=contract, position=position, text=text)
    life = Life(noor, bram, relation, {})
    _climb(life, began + timedelta(days=1))
    _get_acquainted(life, began)
    _talk(life, began + timedelta(days=2))
    _answer(life, began + timedelta(days=3))
    return life


def _climb(life: Life, at: datetime) -> None:
    noor, things = life.noor, life.things
    dream = keep(Dream, by=noor, at=at, text="Ooit een eigen praktijk.", state="resting")
    goal = keep(Goal, by=noor, at=at, text=ODD, why="Omdat het telt.", dream=dream, context="placement")
    route = keep(Route, by=noor, at=at, goal=goal)
    stage = keep(
        Stage, by=noor, at=at, whole=route, position=1, text="Eerst kijken.", state="reached", is_detour=True
    )
    keep(
        Stage,
        by=noor,
        at=at,
        whole=route,
        position=2,
        text="Dan doen.",
        mark="turning_point",
        if_then="Als, dan.",
    )
    things |= {"dream": dream, "goal": goal, "route": route, "stage": stage}
    things["step"] = keep(
        Step, by=noor, at=at, whole=route, stage=stage, position=1, text="Bellen.", is_done=True
    )
    things["answer"] = keep(CompassAnswer, by=noor, at=at, question="matters", text="Rust.")
    answers = json.dumps({"first_word": "moe", "second_word": "blij"})
    things["entry"] = keep(Entry, by=noor, at=at, text=LONG, form="three_words", answers=answers, goal=goal)
    things["gone"] = keep(Entry, by=noor, at=at, text="Weggedaan.")
    remove(things["gone"], by=noor, at=at + timedelta(hours=1))
    again = reword(dream, by=noor, at=at + timedelta(hours=2), seen=1, text="Ooit een eigen plek.")
    things["dream"] = reword(again, by=noor, at=at + timedelta(hours=3), seen=2, text="Een eigen plek.")
    share(goal, onto=life.relation.work_bond, by=noor, at=at, until=at + timedelta(days=90))
    share(route, onto=life.relation.work_bond, by=noor, at=at)


def _get_acquainted(life: Life, at: datetime) -> None:
    bond, relation = life.relation.acquaintance_bond, life.relation
    pieces = {
        "ground": keep(CommonGround, by=life.noor, at=at, relation=relation, text="Wij fietsen allebei."),
        "expectation": keep(
            Expectation, by=life.noor, at=at, relation=relation, question="here", text="Groeien."
        ),
        "needs": keep(
            NeedsWishesLimits, by=life.bram, at=at, relation=relation, needs="Tijd", limits="Niet ’s nachts"
        ),
        "card": keep(WorkCard, by=life.bram, at=at, how_i_work="Ik luister eerst.", reach_me="Bel gerust."),
    }
    for piece in pieces.values():
        share(piece, onto=bond, by=piece.owner, at=at)
    life.things |= pieces


def _talk(life: Life, at: datetime) -> None:
    bond, noor, bram = life.relation.work_bond, life.noor, life.bram
    talk = Talk.objects.create(
        relation=life.relation,
        state="held",
        proposed_by=bram,
        proposed_at=at,
        place="De bibliotheek",
        starts_at=at,
    )
    Moment.objects.create(talk=talk, starts_at=at)
    for by, text in ((noor, "Ik wil het over moed hebben."), (bram, "Ik ben trots op jou.")):
        line = keep(PreparationLine, by=by, at=at, talk=talk, line_kind="talk_about", text=text)
        share(line, onto=bond, by=by, at=at)
        life.things[f"line of {by.name}"] = line
    life.things["takeaway"] = keep(
        Takeaway, by=noor, at=at, talk=talk, text="Moed groeit.", next_step="Bellen."
    )
    life.things["sentence"] = keep(
        CoachSentence, by=bram, at=at, talk=talk, text="Dit was moedig.", roles=_role().key
    )
    share(life.things["sentence"], onto=bond, by=bram, at=at)
    life.things["promise"] = keep(Promise, by=noor, at=at, talk=talk, text="Ik bel.", kept_at=at)
    life.things["impression"] = keep(Impression, by=noor, at=at, talk=talk, text="Warm.")
    life.things["helped"] = keep(WhatHelped, by=noor, at=at, talk=talk, roles="supporter", text="Je wachtte.")
    life.things["practice"] = keep(
        PracticeNote, by=noor, at=at, practice="sam-zwijgt", text="Stil zijn lukt."
    )
    life.things["free hours"] = keep(
        FreeHours, by=noor, at=at, hours="1 09:00-10:30", ends_on=localdate(at + timedelta(days=90))
    )
    life.things["talk"] = talk


def _role() -> CoachRole:
    return CoachRole.objects.order_by("position").first() or CoachRole.objects.create(key="supporter")


def _answer(life: Life, at: datetime) -> None:
    bond, goal, bram = life.relation.work_bond, life.things["goal"], life.bram
    reply = keep(
        Reply, by=bram, at=at, about_id=goal.pk, reply_kind="support", text="Ik sta beneden.", role=_role()
    )
    suggestion = keep(Suggestion, by=bram, at=at, about_id=goal.pk, text="Misschien langs de kam?")
    for thing in (reply, suggestion):
        share(thing, onto=bond, by=bram, at=at)
    life.things |= {"reply": reply, "suggestion": suggestion}


def package_of(person: Person, at: datetime) -> dict[str, bytes]:
    """Return the files in somebody's package, without the folder they stand in."""
    with zipfile.ZipFile(io.BytesIO(make_file(by=person, at=at))) as package:
        assert all(name.startswith(f"{FOLDER}/") for name in package.namelist())
        return {name.removeprefix(f"{FOLDER}/"): package.read(name) for name in package.namelist()}


def data_of(person: Person, at: datetime) -> dict[str, Any]:
    """Return the data in somebody's package."""
    data: dict[str, Any] = json.loads(package_of(person, at)[CONTENT])
    return data


def zipped(files: dict[str, bytes]) -> bytes:
    """Put files in a ZIP."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as package:
        for name, body in files.items():
            package.writestr(name, body)
    return whole.getvalue()


def leave_out_what_cannot_be_the_same(data: dict[str, Any]) -> dict[str, Any]:
    """Drop the moment and place of making, and which account it is: the only facts that differ elsewhere."""
    account = {"settings": data["account"]["settings"]}
    return {**{name: value for name, value in data.items() if name != "made"}, "account": account}


def go_away(things: list[Thing]) -> None:
    """Take rows away, as when the two Klimtouws are two houses: what is brought comes to a house that never saw them."""
    Thing.objects.filter(pk__in=[thing.pk for thing in things]).delete()


__all__ = [
    "DIGEST",
    "Life",
    "data_of",
    "go_away",
    "leave_out_what_cannot_be_the_same",
    "live",
    "package_of",
    "zipped",
]
