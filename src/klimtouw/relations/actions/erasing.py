"""What becomes of the relations and invitations of somebody who erases everything (P5)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from klimtouw.access.decide import may
from klimtouw.access.table import Action
from klimtouw.foundation.ids import mark_of
from klimtouw.people.models import Person
from klimtouw.relations.actions.beginning import erase_relation, put_away
from klimtouw.relations.actions.closing import complete_by_the_clock, leave_relation
from klimtouw.relations.actions.held import held
from klimtouw.relations.actions.invitations import let_go
from klimtouw.relations.choices import State
from klimtouw.relations.models import ClickAnswer, Invitation, LetterSent, Relation


def leave_all_relations(*, by: Person, at: datetime) -> None:
    """Stop every relation of this person as they could themselves: the other gets the same letter as at any stop.

    What two people wrote together stays for the other, until both erased everything or it was kept long enough.
    """
    for relation in _relations_of(by):
        now = held(relation, at)
        if now.state == State.COMPLETED:
            complete_by_the_clock(now, at)
        if may(by, Action.LEAVE_RELATION, now, at):
            leave_relation(relation=now, by=by, at=at)
        now = held(relation, at)
        if may(by, Action.DISMISS_RELATION, now, at):
            put_away(now, by=by, at=at)
    ClickAnswer.objects.filter(person=by).delete()


def erase_relations_of_two_erased(person: Person, *, at: datetime) -> None:
    """Erase the relations of which the other erased everything too: nobody is left to keep them."""
    for relation in _relations_of(person):
        if relation.other(person).is_erased:
            erase_relation(relation, at=at)


@transaction.atomic
def erase_relations_again(register: Mapping[UUID, datetime]) -> None:
    """Erase every relation that stands in the register by its mark: an old copy brought it back."""
    for id in Relation.objects.order_by("pk").values_list("pk", flat=True):
        if erased_at := register.get(mark_of(id)):
            erase_relation(Relation.objects.select_for_update().get(pk=id), at=erased_at)


def erase_invitations_of(person: Person) -> None:
    """Erase the invitations this person sent, and those to their address; who sent these hears that they are over."""
    Invitation.objects.filter(inviter=person).delete()
    LetterSent.objects.filter(inviter=person).delete()
    for invitation in Invitation.objects.select_for_update().filter(email__iexact=person.email):
        let_go(invitation)


def _relations_of(person: Person) -> list[Relation]:
    rows = Relation.objects.filter(Q(coachee=person) | Q(coach=person)).select_related("coachee", "coach")
    return list(rows.order_by("pk"))
