"""Answer an outstretched hand, reach it out on its day, and forget what is no longer needed (R11)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.hand.models import AllIsWell
from klimtouw.hand.queries import every_hand
from klimtouw.hand.told import HAND_IDEA, HAND_NOTE
from klimtouw.notices.actions import mute, take_back, tell
from klimtouw.notices.choices import Topic
from klimtouw.people.models import Person
from klimtouw.relations.choices import Side, State
from klimtouw.relations.models import Relation
from klimtouw.talks.models import Talk


@transaction.atomic
def say_all_is_well(relation: Relation, *, by: Person, at: datetime) -> None:
    """Say that all is well: the weeks are counted anew from now. The coach is told nothing."""
    demand(by, Action.ANSWER_HAND, relation, at)
    _count_anew(relation, at)


@transaction.atomic
def take_the_hand(relation: Relation, *, by: Person, at: datetime) -> None:
    """Go and plan a talk, or look for somebody else: the weeks are counted anew too, and which answer it was is not kept."""
    demand(by, Action.ANSWER_HAND, relation, at)
    _count_anew(relation, at)


def ask_no_more(relation: Relation, *, by: Person, at: datetime, as_coach: bool) -> None:
    """Be asked no more when it is quiet, in no relation; the settings of messages bring it back."""
    demand(by, Action.SEE_HAND_IDEA if as_coach else Action.ANSWER_HAND, relation, at)
    mute(person=by, by=by, at=at, topics=[Topic.HAND])


def _count_anew(relation: Relation, at: datetime) -> None:
    """Any answer is a sign: it never brings the next hand sooner (R11, V17)."""
    AllIsWell.objects.update_or_create(relation=relation, defaults={"said_at": at})
    _nobody_needs_to_hear(relation)


def _nobody_needs_to_hear(relation: Relation) -> None:
    take_back(HAND_NOTE, relation.coachee, about=relation.pk)
    take_back(HAND_IDEA, relation.coach, about=relation.pk)


def reach_out(*, at: datetime) -> None:
    """Put a hand in the next message of whom it is reached out to today; on a day without a round it stands on the page alone."""
    today = localdate(at)
    for hand in every_hand(at):
        relation = hand.relation
        if hand.goes_out_to(Side.COACHEE, today):
            tell(HAND_NOTE, relation.coachee, about=relation.pk, relation=relation.pk, at=at)
        if hand.goes_out_to(Side.COACH, today):
            tell(HAND_IDEA, relation.coach, about=relation.pk, relation=relation.pk, at=at)


def forget_what_was_said(*, at: datetime) -> int:
    """Forget when a hand was answered where somebody acted since, or where the relation no longer goes on; return how many."""
    since = Talk.objects.filter(
        Q(proposed_at__gt=OuterRef("said_at")) | Q(starts_at__gt=OuterRef("said_at"), starts_at__lte=at),
        relation=OuterRef("relation"),
    )
    gone = AllIsWell.objects.filter(Exists(since) | ~Q(relation__state=State.RUNNING))
    deleted, _ = AllIsWell.objects.filter(pk__in=list(gone.values_list("pk", flat=True))).delete()
    return deleted
