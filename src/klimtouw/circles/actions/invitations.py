"""Invite somebody to a circle, and what becomes of the letter. Unless it is accepted, nothing of it remains (G3, V8, V9)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings.choices import SeatHat
from klimtouw.circles.actions.agreements import sign_anew
from klimtouw.circles.actions.held import held
from klimtouw.circles.choices import MOST, CircleState
from klimtouw.circles.letter_tasks import send_circle_invitation
from klimtouw.circles.models import Circle, CircleInvitation, CirclePlace
from klimtouw.circles.told_of_circles import SAID_YES
from klimtouw.foundation.ids import new_id
from klimtouw.notices.actions import tell
from klimtouw.people.models import Person
from klimtouw.people.register import hold
from klimtouw.people.second_lock import the_house
from klimtouw.relations.actions.invitations import STAYS_OPEN, CannotInvite, NoLongerOpen
from klimtouw.relations.actions.letters_sent import TooManyLetters, leave_room, note_letter
from klimtouw.relations.letter_tasks import tell_invitation_over


class CircleIsFull(Exception):
    """Twelve members said yes; nobody is left standing at the door without hearing why."""


@transaction.atomic
def invite_to_circle(
    circle: Circle, *, by: Person, at: datetime, email: str, message: str = "", id: UUID | None = None
) -> CircleInvitation:
    """Send somebody a light invitation to a circle. The same `id` sent twice is one letter. Raises `CannotInvite`."""
    circle = held(circle)
    demand(by, Action.INVITE_TO_CIRCLE, circle, at)
    hold(by)
    if id and (twice := CircleInvitation.objects.filter(pk=id, inviter=by).first()):
        return twice
    email = email.strip().lower()
    _refuse_what_cannot_be(circle, by, email, at)
    with the_house():  # an id that is taken by others is not seen, only bumped into
        is_free = id is not None and not CircleInvitation.objects.filter(pk=id).exists()
        CircleInvitation.objects.filter(circle=circle, email=email).delete()  # one that expired
    letter = CircleInvitation.objects.create(
        id=id if is_free else new_id(),
        circle=circle,
        inviter=by,
        email=email,
        message=message,
        sent_at=at,
        expires_at=at + STAYS_OPEN,
    )
    note_letter(by, email, at)
    send_circle_invitation.enqueue(str(letter.pk))
    return letter


def _refuse_what_cannot_be(circle: Circle, by: Person, email: str, at: datetime) -> None:
    """Say at once what the inviter can know; nothing here tells whether an address has an account."""
    places = CirclePlace.objects.filter(circle=circle)
    with the_house():
        letters = CircleInvitation.objects.filter(circle=circle, expires_at__gt=at)
        is_invited, open_letters = letters.filter(email=email).exists(), letters.count()
    if email == by.email.lower():
        raise CannotInvite(_("This is your own address. Fill in the address of the other person."))
    if places.filter(person__email__iexact=email).exists():
        raise CannotInvite(_("This person is in your circle already."))
    if is_invited:
        raise CannotInvite(_("You invited this address already. That invitation is still open."))
    if places.filter(hat=SeatHat.MEMBER).count() + open_letters >= MOST:
        raise CannotInvite(
            _("A circle has room for twelve members, and yours is full with those you invited. "
              "Wait for an answer, or withdraw an invitation first.")
        )  # fmt: skip
    try:
        leave_room(by, email, at)
    except TooManyLetters as enough:
        raise CannotInvite(str(enough)) from enough


@transaction.atomic
def accept_circle_invitation(letter: CircleInvitation, *, by: Person, at: datetime) -> Circle:
    """Say yes: the letter becomes a place that waits for the signatures of all. Raises `NoLongerOpen`, `CircleIsFull`."""
    demand(by, Action.ANSWER_INVITATION, letter, at)
    hold(by)
    with the_house():  # somebody who is about to come does not see the circle yet
        circle = held(letter.circle)
        _still_open(letter)
        if circle.state == CircleState.ENDED:
            raise NoLongerOpen
        places = CirclePlace.objects.filter(circle=circle)
        if not places.filter(person=by).exists():
            if places.filter(hat=SeatHat.MEMBER).count() >= MOST:
                raise CircleIsFull
            CirclePlace.objects.create(circle=circle, person=by, hat=SeatHat.MEMBER, came_at=at)
            sign_anew(circle, by=by, at=at)
        CircleInvitation.objects.filter(pk=letter.pk).delete()
        tell(SAID_YES, letter.inviter, about=circle.pk, at=at)
    return circle


def _still_open(letter: CircleInvitation) -> CircleInvitation:
    rows = CircleInvitation.objects.select_for_update(of=("self",))
    if current := rows.filter(pk=letter.pk).first():
        return current
    raise NoLongerOpen


@transaction.atomic
def decline_circle_invitation(letter: CircleInvitation, *, at: datetime) -> None:
    """Say no, without a reason. No account is needed: the signed link in the letter is the permission (V8, V9)."""
    if at >= letter.expires_at:
        raise NoLongerOpen
    let_go(_still_open(letter))


@transaction.atomic
def withdraw_circle_invitation(letter: CircleInvitation, *, by: Person, at: datetime) -> None:
    """Take an open invitation back; its link opens nothing any more."""
    demand(by, Action.WITHDRAW_INVITATION, letter, at)
    CircleInvitation.objects.filter(pk=letter.pk).delete()


@transaction.atomic
def erase_expired_circle_invitations(at: datetime) -> int:
    """Erase the invitations nobody answered in time; return how many."""
    expired = list(CircleInvitation.objects.select_for_update().filter(expires_at__lte=at))
    for letter in expired:
        let_go(letter)
    return len(expired)


def let_go(letter: CircleInvitation) -> None:
    """Erase the letter and tell its writer in words that fit a no and a silence alike."""
    inviter_id, letter_id = str(letter.inviter_id), str(letter.pk)
    letter.delete()
    tell_invitation_over.enqueue(inviter_id, letter_id)
