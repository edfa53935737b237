"""Bram's other relations, each brought to its state by the real actions, and the letter that still waits for an answer."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.utils.timezone import localdate

from klimtouw.home.demo.content import others as words
from klimtouw.home.demo.content.others import MINUTES, ROWS, TALKS, Row
from klimtouw.home.demo.days import FRIDAY, MONDAY, THURSDAY, TUESDAY
from klimtouw.home.demo.telling import Scene, Story
from klimtouw.relations.actions import begin_relation, mark_first_talk_held
from klimtouw.relations.actions.acquaintance import declare_double_hat
from klimtouw.relations.actions.click import answer_click
from klimtouw.relations.actions.closing import complete_relation, pause_relation
from klimtouw.relations.actions.contracts import draft_contract, sign_contract
from klimtouw.relations.actions.invitations import invite
from klimtouw.relations.choices import Click, Side, State
from klimtouw.relations.clauses import first_clauses
from klimtouw.relations.letter_tasks import send_invitation
from klimtouw.relations.models import Relation
from klimtouw.relations.terms import Terms
from klimtouw.talks.actions import propose_talk
from klimtouw.talks.letters import Letter
from klimtouw.talks.tasks import write_letter

Act = Callable[[Scene, Row, Relation, datetime], None]


def stories_of_others(scene: Scene) -> list[Story[None]]:
    """Return one story per other coachee, and that of the letter."""
    return [*(_one_relation(scene, row, number) for number, row in enumerate(ROWS)), _an_open_letter(scene)]


def _one_relation(scene: Scene, row: Row, number: int) -> Story[None]:
    hour = f"{9 + number % 8:02}:{number * 7 % 60:02}"
    at = yield scene.days.weeks_ago(row.weeks, MONDAY, hour)
    coachee, programme = scene.people[row.coachee], scene.programmes[row.programme]
    relation = begin_relation(
        coachee=coachee, coach=scene.people["Bram"], origin=row.origin, programme=programme, at=at
    )
    for week, act in enumerate(WAY_TO[row.state]):
        at = yield scene.days.weeks_ago(row.weeks - week, THURSDAY, hour)
        act(scene, row, relation, at)
        relation.refresh_from_db()
    if row.proposes_a_talk:
        yield from _propose(scene, relation)


def _meet(scene: Scene, row: Row, relation: Relation, at: datetime) -> None:
    declare_double_hat(relation, by=relation.coach, at=at, has_double_hat=False)
    mark_first_talk_held(relation, by=relation.coach, at=at)


def _coach_says_yes(scene: Scene, row: Row, relation: Relation, at: datetime) -> None:
    answer_click(relation, by=relation.coach, at=at, answer=Click.YES)


def _coachee_says_yes(scene: Scene, row: Row, relation: Relation, at: datetime) -> None:
    answer_click(relation, by=relation.coachee, at=at, answer=Click.YES)


def _agree(scene: Scene, row: Row, relation: Relation, at: datetime) -> None:
    terms = Terms(
        starts_on=localdate(at),
        ends_on=scene.days.end_of_semester,
        talks=TALKS,
        rhythm=row.rhythm,
        clauses=first_clauses(relation, "nl"),
    )
    contract = draft_contract(relation=relation, by=relation.coach, at=at, terms=terms)
    for minutes, person in enumerate((relation.coach, relation.coachee)):
        signed_at = at + timedelta(minutes=minutes)
        sign_contract(relation=relation, contract=contract.pk, by=person, at=signed_at)


def _pause(scene: Scene, row: Row, relation: Relation, at: datetime) -> None:
    pause_relation(relation=relation, by=relation.coachee, at=at)


def _complete(scene: Scene, row: Row, relation: Relation, at: datetime) -> None:
    complete_relation(relation=relation, by=relation.coachee, at=at)


CLICKING: tuple[Act, ...] = (_meet, _coach_says_yes)
CONTRACTING: tuple[Act, ...] = (*CLICKING, _coachee_says_yes)
RUNNING: tuple[Act, ...] = (*CONTRACTING, _agree)
WAY_TO: dict[State, tuple[Act, ...]] = {
    State.ACQUAINTING: (),
    State.CLICKING: CLICKING,
    State.CONTRACTING: CONTRACTING,
    State.RUNNING: RUNNING,
    State.PAUSED: (*RUNNING, _pause),
    State.COMPLETED: (*RUNNING, _complete),
}
"""What happens, a week apart, until a relation stands in a state."""


def _propose(scene: Scene, relation: Relation) -> Story[None]:
    days, coachee, coach = scene.days, relation.coachee, relation.coach
    at = yield days.workdays_ago(1, "12:15")
    moments = [
        days.weeks_ago(-1, day, hour)
        for day, hour in ((MONDAY, "16:30"), (TUESDAY, "08:15"), (FRIDAY, "12:30"))
    ]
    talk = propose_talk(relation=relation, by=coachee, at=at, moments=moments, minutes=MINUTES)
    scene.letters.append(
        partial(write_letter.enqueue, Letter.PROPOSED.value, str(talk.pk), talk.revision, str(coach.pk))
    )


def _an_open_letter(scene: Scene) -> Story[None]:
    at = yield scene.days.workdays_ago(2, "15:40")
    letter = invite(
        by=scene.people["Bram"],
        at=at,
        side=Side.COACH,
        email=words.INVITED_EMAIL,
        message=words.INVITED_MESSAGE,
        how_known=words.INVITED_HOW_KNOWN,
    )
    scene.letters.append(partial(send_invitation.enqueue, str(letter.pk)))
