"""The letter that invites somebody to a circle. It goes at once and by itself, also to who has an account (V9)."""

from uuid import UUID

from django_tasks import task

from klimtouw.circles.links import CIRCLE_INVITATION
from klimtouw.circles.queries.invitations import letter_to_send
from klimtouw.notices.letters import send_letter


@task()
def send_circle_invitation(letter_id: str) -> None:
    """Send the invitation with its one-purpose link; one that was withdrawn meanwhile is not sent."""
    found = letter_to_send(UUID(letter_id))
    if found is None:
        return
    letter, language = found
    send_letter(
        to=letter.email,
        language=language,
        template="circles/mail/invitation.txt",
        key=f"circle-invitation-{letter.pk}",
        words={
            "name": " ".join(letter.inviter.name.split()),  # a subject is one line
            "invitation": letter,
            "token": CIRCLE_INVITATION.token_for(letter),
        },
    )
