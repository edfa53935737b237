"""Jobs for the invitation and the click: what goes at once, and what is told later. They know ids alone, and bear being done twice."""

from uuid import UUID

from django_tasks import task

from klimtouw.foundation.clock import now
from klimtouw.notices.actions import take_back, tell
from klimtouw.people.queries import person_with_id
from klimtouw.relations import letters, told


@task()
def send_invitation(invitation_id: str) -> None:
    """Send an invitation."""
    letters.write_invitation(UUID(invitation_id))


@task()
def tell_accepted(relation_id: str, inviter_id: str) -> None:
    """Tell the inviter that the other said yes."""
    to, relation = person_with_id(inviter_id), UUID(relation_id)
    tell(told.ACCEPTED, to, about=relation, relation=relation, at=now())


@task()
def tell_invitation_over(inviter_id: str, invitation_id: str) -> None:
    """Tell the inviter that an invitation is no longer open."""
    letters.write_invitation_over(UUID(inviter_id), UUID(invitation_id))


@task()
def tell_both_yes(relation_id: str) -> None:
    """Tell both that it clicks."""
    letters.write_to_both(UUID(relation_id), "both_yes")


@task()
def tell_not_started(relation_id: str) -> None:
    """Tell both, in the same words, that the relation does not start (R4)."""
    letters.write_to_both(UUID(relation_id), "not_started")


@task()
def tell_double_hat_changed(relation_id: str) -> None:
    """Tell the coachee what the coach now says about assessing."""
    relation = letters.relation_with_id(UUID(relation_id))
    if relation is not None:
        take_back(told.CLICK_ASKED, relation.coachee, about=relation.pk)  # this asks it too
        tell(told.DOUBLE_HAT_CHANGED, relation.coachee, about=relation.pk, relation=relation.pk, at=now())


@task()
def ask_for_the_click(relation_id: str) -> None:
    """Have each of the two asked the click question; who answered it on a page meanwhile is not (R4)."""
    relation = letters.relation_with_id(UUID(relation_id))
    if relation is not None:
        for person in (relation.coachee, relation.coach):
            tell(told.CLICK_ASKED, person, about=relation.pk, relation=relation.pk, at=now())
