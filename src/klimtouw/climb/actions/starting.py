"""Write down the starting situation (C5). Only the owner can (V1); everything starts private (C9)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings import actions as belongings
from klimtouw.climb.choices.starting import StartingQuestion
from klimtouw.climb.models import StartingAnswer, ViewOfCoach
from klimtouw.climb.queries.starting import start_of, view_of
from klimtouw.people.models import Person


@transaction.atomic
def answer_start(
    *,
    by: Person,
    at: datetime,
    question: StartingQuestion | None,
    text: str,
    id: UUID | None = None,
    seen: int = 0,
) -> StartingAnswer | ViewOfCoach:
    """Answer a question of the starting situation, or reword the answer; without a question: how one sees one's coach.

    There is one answer to each.
    """
    demand(by, Action.WRITE_OWN, by, at)
    # Two tabs answering for the first time wait for each other here; the second then finds the first one's answer.
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    answer: StartingAnswer | ViewOfCoach | None = start_of(question, by) if question else view_of(by)
    if answer is not None:
        return belongings.reword(answer, by=by, at=at, seen=seen, text=text)
    if question is None:
        return belongings.keep(ViewOfCoach, by=by, at=at, id=id, text=text)
    return belongings.keep(StartingAnswer, by=by, at=at, id=id, question=question, text=text)
