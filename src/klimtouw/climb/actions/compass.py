"""Answer the questions of the compass (C1). Only the owner can (V1); everything starts private (C9)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings import actions as belongings
from klimtouw.climb.choices import CompassQuestion
from klimtouw.climb.models import CompassAnswer
from klimtouw.climb.queries.climb import answer_to
from klimtouw.people.models import Person


@transaction.atomic
def answer_compass(
    *, by: Person, at: datetime, question: CompassQuestion, text: str, id: UUID | None = None, seen: int = 0
) -> CompassAnswer:
    """Answer a question of the compass, or reword the answer: there is one answer to each question."""
    demand(by, Action.WRITE_OWN, by, at)
    # Two tabs answering for the first time wait for each other here; the second then finds the first one's answer.
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    answer = answer_to(question, by)
    if answer is None:
        return belongings.keep(CompassAnswer, by=by, at=at, id=id, question=question, text=text)
    return belongings.reword(answer, by=by, at=at, seen=seen, text=text)
