"""The letters that go at once: an invitation, and the outcome of the click, which both hear at the same moment (R2, R4).

An invitation does not wait for the reader's next message, also not when they have an account: a row that waits would be a
trace of it on somebody who may say no (V9).
"""

from uuid import UUID

from klimtouw.notices.letters import send_letter
from klimtouw.people.models import Person
from klimtouw.relations.choices import Side
from klimtouw.relations.models import Invitation, Relation
from klimtouw.relations.tokens import token_for


def _on_one_line(text: str) -> str:
    """A name goes into a subject, which is one line."""
    return " ".join(text.split())


def write_invitation(invitation_id: UUID) -> None:
    """Send the invitation with its one-purpose link; one that was withdrawn meanwhile is not sent."""
    invitation = Invitation.objects.select_related("inviter").filter(pk=invitation_id).first()
    if invitation is None:
        return
    reader = Person.objects.filter(email__iexact=invitation.email).first()
    send_letter(
        to=invitation.email,
        language=(reader or invitation.inviter).language,
        template="relations/mail/invitation.txt",
        key=f"invitation-{invitation.pk}",
        words={
            "name": _on_one_line(invitation.inviter.name),
            "invitation": invitation,
            "asks_a_coach": invitation.inviter_side == Side.COACHEE,
            "token": token_for(invitation),
        },
    )


def write_invitation_over(inviter_id: UUID, invitation_id: UUID) -> None:
    """Tell the inviter that an invitation is no longer open, the same whether it was declined or expired (V8)."""
    inviter = Person.objects.filter(pk=inviter_id).first()
    if inviter is not None:
        send_letter(
            to=inviter.email,
            language=inviter.language,
            template="relations/mail/invitation_over.txt",
            key=f"invitation-over-{invitation_id}",
            words={},
        )


def write_to_both(relation_id: UUID, template: str) -> None:
    """Send both people of a relation the same letter."""
    relation = relation_with_id(relation_id)
    if relation is not None:
        for reader in (relation.coachee, relation.coach):
            _write_to(reader, relation, template)


def relation_with_id(relation_id: UUID) -> Relation | None:
    """Return a relation with its two people."""
    return Relation.objects.select_related("coachee", "coach").filter(pk=relation_id).first()


def _write_to(reader: Person, relation: Relation, template: str) -> None:
    send_letter(
        to=reader.email,
        language=reader.language,
        template=f"relations/mail/{template}.txt",
        key=f"{template}-{relation.pk}-{reader.pk}",
        words={"name": _on_one_line(relation.other(reader).name), "relation": relation},
    )
