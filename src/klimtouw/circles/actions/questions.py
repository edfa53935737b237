"""Ask a circle something, answer each other, say thank you (G3). Asking and answering are the acts that share (V12)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from klimtouw.access.decide import Denied, demand
from klimtouw.access.table import Action
from klimtouw.belongings import gate
from klimtouw.belongings.actions import id_as_sent, keep, place, reword, share
from klimtouw.belongings.models import Share, Thing
from klimtouw.circles.actions.held import held
from klimtouw.circles.models import Answer, Circle, Question
from klimtouw.circles.queries.circles import members_of
from klimtouw.circles.told import ANSWERED, ASKED
from klimtouw.notices.actions import tell
from klimtouw.people.models import Person
from klimtouw.people.second_lock import the_house


@transaction.atomic
def ask_circle(circle: Circle, *, by: Person, at: datetime, id: UUID, text: str) -> Question:
    """Ask everybody in a circle something. The same form sent twice asks once, and shares no second time."""
    circle = held(circle)
    demand(by, Action.WRITE_IN_CIRCLE, circle, at)
    new = id_as_sent(Question, id, by=by, text=text)
    question = keep(Question, by=by, at=at, id=new, circle=circle, text=text)
    if _is_new(question, circle):
        share(question, onto=circle.bond, by=by, at=at)
        for one in members_of(circle, at):
            tell(ASKED, one, about=question.pk, relation=circle.pk, by=by, at=at)
    return question


@transaction.atomic
def answer_in_circle(
    beside: Thing, *, circle: Circle, by: Person, at: datetime, id: UUID, text: str
) -> Answer:
    """Answer beside a question, or beside something shared into the circle; everybody in the circle can read it."""
    circle = held(circle)
    demand(by, Action.WRITE_IN_CIRCLE, circle, at)
    demand(by, Action.ANSWER_IN_CIRCLE, beside, at)
    with the_house():  # what is erased at this very moment is not answered any more
        Thing.objects.select_for_update(no_key=True).get(pk=beside.pk, removed_at=None)
    if not gate.live_shares(at).filter(thing=beside.pk, bond=circle.bond_id).exists():
        raise Denied("this is not shared into this circle")
    new = id_as_sent(Answer, id, by=by, text=text)
    answer = keep(Answer, by=by, at=at, id=new, circle=circle, about_id=beside.pk, text=text)
    if _is_new(answer, circle):
        share(answer, onto=circle.bond, by=by, at=at)
        tell(ANSWERED, beside.owner, about=answer.pk, relation=circle.pk, by=by, at=at)
    return answer


def _is_new(thing: Thing, circle: Circle) -> bool:
    """What its writer stopped sharing since stays that way when the same form comes in again."""
    return not Share.objects.filter(thing=thing.pk, bond=circle.bond_id).exists()


@transaction.atomic
def reword_own(
    thing: Question | Answer, *, by: Person, at: datetime, seen: int, words: Mapping[str, str]
) -> Question | Answer:
    """Change the words of one's own question or answer; the earlier ones stay among the versions (C14)."""
    return reword(thing, by=by, at=at, seen=seen, **words)


@transaction.atomic
def thank(
    question: Question, *, by: Person, at: datetime, seen: int, thanks: str, is_closed: bool
) -> Question:
    """Say thank you beside one's own question, and close it or leave it open; both can be changed again."""
    demand(by, Action.WRITE, question, at)
    current = reword(question, by=by, at=at, seen=seen, thanks=thanks)
    if current.is_closed != is_closed:
        place(current, by=by, at=at, is_closed=is_closed)
    return current
