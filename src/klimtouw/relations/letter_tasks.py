"""Jobs that send the letters of the invitation and the click; they know ids alone, and bear being done twice."""

from uuid import UUID

from django_tasks import task

from klimtouw.relations import letters


@task()
def send_invitation(invitation_id: str) -> None:
    """Send an invitation."""
    letters.write_invitation(UUID(invitation_id))


@task()
def tell_accepted(relation_id: str, inviter_id: str) -> None:
    """Tell the inviter that the other said yes."""
    letters.write_accepted(UUID(relation_id), UUID(inviter_id))


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
    letters.write_double_hat_changed(UUID(relation_id))
