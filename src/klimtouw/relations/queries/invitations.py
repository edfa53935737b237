"""Read invitations: by their link, by their writer, by the one they are for."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from klimtouw.people.composed import composed
from klimtouw.people.models import Person
from klimtouw.people.second_lock import the_house
from klimtouw.programmes.models import Programme
from klimtouw.relations.choices import Side
from klimtouw.relations.models import Invitation, Relation
from klimtouw.relations.tokens import NotOurLink, invitation_id_in, token_for


@dataclass(frozen=True)
class OpenInvitation:
    """An invitation that waits for an answer, with the address of the page where its reader answers it."""

    inviter: Person
    inviter_side: Side
    message: str
    expires_at: datetime
    url: str


def open_invitations_to(person: Person, at: datetime) -> list[OpenInvitation]:
    """Return the invitations to this person's address that are still open, the newest first."""
    return [
        OpenInvitation(
            row.inviter,
            Side(row.inviter_side),
            row.message,
            row.expires_at,
            reverse("relations:invitation", args=[token_for(row)]),
        )
        for row in _open_to(person.email.lower(), at)
    ]


@composed
def _open_to(email: str, at: datetime) -> QuerySet[Invitation]:
    rows = Invitation.objects.filter(email=email, expires_at__gt=at).select_related("inviter")
    return rows.order_by("-sent_at", "-pk")


def sent_invitations_of(person: Person, at: datetime) -> list[Invitation]:
    """Return the invitations this person sent that are still open, the newest first."""
    return list(Invitation.objects.filter(inviter=person, expires_at__gt=at).order_by("-sent_at", "-pk"))


def sent_invitation(person: Person, at: datetime, invitation: UUID) -> Invitation:
    """Find one invitation this person sent."""
    return Invitation.objects.select_related("inviter").get(pk=invitation, inviter=person)


def invitation_behind(token: str, at: datetime) -> Invitation | None:
    """Return the open invitation behind a link; None for a link that is over, altered or not ours: all the same."""
    try:
        invitation_id = invitation_id_in(token, at=at)
    except NotOurLink:
        return None
    rows = Invitation.objects.select_related("inviter")
    with the_house():  # the link is the permission, also for who is signed in under another address
        return rows.filter(pk=invitation_id, expires_at__gt=at).first()


def relation_begun_by(token: str, person: Person, at: datetime) -> Relation | None:
    """Return this person's relation that began with the invitation behind a link, for whoever accepts it twice."""
    try:
        relation_id = invitation_id_in(token, at=at)
    except NotOurLink:
        return None
    found = Relation.objects.filter(pk=relation_id).first()
    return found if found and found.hats_of(person, at) else None


def open_invitation_to_address(person: Person, side: Side, email: str, at: datetime) -> bool:
    """Return whether this person has an open invitation out to an address, on that side."""
    own = Invitation.objects.filter(inviter=person, inviter_side=side, email__iexact=email)
    return own.filter(expires_at__gt=at).exists()


def shared_programme(coach: Person, coachee: Person) -> Programme | None:
    """Return the programme both belong to when there is exactly one."""
    shared = (
        Programme.objects.filter(memberships__person=coach)
        .filter(memberships__person=coachee)
        .distinct()
        .order_by("pk")
    )
    found = list(shared[:2])
    return found[0] if len(found) == 1 else None
