"""Two private answers, and what follows from them (R4, V7, V8)."""

from datetime import date, datetime

from django.db import transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.people.models import Person
from klimtouw.relations.actions.beginning import end_before_start, locked
from klimtouw.relations.choices import Click
from klimtouw.relations.letter_tasks import tell_both_yes
from klimtouw.relations.lifecycle import Event, after
from klimtouw.relations.models import ClickAnswer, Relation

FINAL = (Click.YES, Click.NO)


class DoubleHatNotDeclared(Exception):
    """The coach has not yet said whether they also assess this coachee (R8)."""


@transaction.atomic
def answer_click(
    relation: Relation, *, by: Person, at: datetime, answer: Click, think_until: date | None = None
) -> Relation:
    """Give or change one's private answer; nothing moves, and nobody hears anything, until both said yes or no."""
    relation = locked(relation)
    demand(by, Action.ANSWER_CLICK, relation, at)
    if relation.has_double_hat is None:
        raise DoubleHatNotDeclared
    ClickAnswer.objects.update_or_create(
        relation=relation,
        person=by,
        defaults={"answer": answer, "think_until": think_until if answer == Click.TIME else None},
    )
    return _decided(relation, at)


def _decided(relation: Relation, at: datetime) -> Relation:
    answers = ClickAnswer.objects.filter(relation=relation, answer__in=FINAL).values_list("answer", flat=True)
    both = list(answers)
    if len(both) < 2:  # noqa: PLR2004 - there are two people in a relation
        return relation
    if Click.NO in both:
        return end_before_start(relation, at, event=Event.ANY_NO)
    relation.state = after(relation.state, Event.BOTH_YES)
    relation.save(update_fields=["state"])
    ClickAnswer.objects.filter(relation=relation).delete()
    tell_both_yes.enqueue(str(relation.pk))
    return relation
