"""Read the invitations to circles: by their link, by their writer, by the one they are for."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from klimtouw.circles.links import CIRCLE_INVITATION
from klimtouw.circles.models import Circle, CircleInvitation, CirclePlace
from klimtouw.people.models import Person
from klimtouw.people.second_lock import the_house
from klimtouw.relations.tokens import NotOurLink


def letter_behind(token: str, at: datetime) -> CircleInvitation | None:
    """Return the open invitation behind a link, with its circle; None for a link that is over, altered or not ours."""
    try:
        letter_id = CIRCLE_INVITATION.id_in(token, at=at)
    except NotOurLink:
        return None
    rows = CircleInvitation.objects.select_related("inviter", "circle__bond")
    with the_house():  # the link is the permission, also for who is signed in under another address
        return rows.filter(pk=letter_id, expires_at__gt=at).first()


def letter_sent(person: Person, at: datetime, letter: UUID) -> CircleInvitation:
    """Find one invitation this person sent."""
    return CircleInvitation.objects.select_related("inviter").get(pk=letter, inviter=person)


def open_letters_of(circle: Circle, at: datetime) -> list[CircleInvitation]:
    """Return the invitations to a circle that wait for an answer, the newest first."""
    return list(circle.invitations.filter(expires_at__gt=at).order_by("-sent_at", "-pk"))


@dataclass(frozen=True)
class OpenLetter:
    """An invitation that waits for an answer, with the address of the page where its reader answers it."""

    inviter: Person
    url: str


def open_letters_to(person: Person, at: datetime) -> list[OpenLetter]:
    """Return the invitations to circles that wait for this person's answer, the newest first."""
    rows = CircleInvitation.objects.filter(email=person.email.lower(), expires_at__gt=at)
    rows = rows.select_related("inviter").order_by("-sent_at", "-pk")
    return [OpenLetter(row.inviter, _address_of(row)) for row in rows]


def _address_of(letter: CircleInvitation) -> str:
    return reverse("circles:invitation", args=[CIRCLE_INVITATION.token_for(letter)])


def number_of_members(circle: Circle) -> int:
    """Return how many said yes to a circle, its facilitator left out."""
    return CirclePlace.objects.filter(circle=circle).exclude(person=circle.facilitator_id).count()


def letter_to_send(letter: UUID) -> tuple[CircleInvitation, str] | None:
    """Return a letter that has to leave, and the language of its reader, or else of its writer."""
    row = CircleInvitation.objects.select_related("inviter").filter(pk=letter).first()
    if row is None:
        return None
    reader = Person.objects.filter(email__iexact=row.email).first()
    return row, (reader or row.inviter).language
