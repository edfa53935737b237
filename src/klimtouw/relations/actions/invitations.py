"""Invite somebody, and what becomes of the invitation. Unless it is accepted, nothing of it remains (R2, V8, V9)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.foundation.ids import new_id
from klimtouw.peers.queries import standing_of
from klimtouw.people.models import Person
from klimtouw.people.register import hold
from klimtouw.people.second_lock import the_house
from klimtouw.programmes.staff import coaches_as_fellow_learner
from klimtouw.relations.actions.beginning import begin_relation, let_one_at_a_time
from klimtouw.relations.actions.letters_sent import TooManyLetters, leave_room, note_letter
from klimtouw.relations.choices import Origin, Side
from klimtouw.relations.letter_tasks import send_invitation, tell_accepted, tell_invitation_over
from klimtouw.relations.models import Invitation, Relation
from klimtouw.relations.queries.invitations import open_invitation_to_address, shared_programme
from klimtouw.relations.queries.relations import has_live_relation_with_address

STAYS_OPEN = timedelta(days=21)
MOST_AT_ONCE = 60
"""Enough for a coach with a full group, too few to send bulk mail through us."""


class CannotInvite(Exception):
    """The invitation cannot be sent; the message tells the inviter why."""


class NoLongerOpen(Exception):
    """The invitation was answered, withdrawn or has expired."""


@transaction.atomic
def invite(
    *,
    by: Person,
    at: datetime,
    side: Side,
    email: str,
    message: str = "",
    how_known: str = "",
    id: UUID | None = None,
) -> Invitation:
    """Send somebody a light invitation; the inviter takes the given side. The same `id` sent twice is one letter."""
    demand(by, Action.INVITE, by, at)
    hold(by)
    if id and (twice := Invitation.objects.filter(pk=id, inviter=by).first()):
        return twice
    email = email.strip().lower()
    _refuse_what_cannot_be(by, side, email, at)
    invitation = Invitation.objects.create(
        id=_free(id),
        inviter=by,
        inviter_side=side,
        email=email,
        message=message,
        how_known=how_known,
        sent_at=at,
        expires_at=at + STAYS_OPEN,
    )
    note_letter(by, email, at)
    send_invitation.enqueue(str(invitation.pk))
    return invitation


def _refuse_what_cannot_be(by: Person, side: Side, email: str, at: datetime) -> None:
    """Say at once what the inviter can know; nothing here tells whether an address has an account."""
    if email == by.email.lower():
        raise CannotInvite(_("This is your own address. Fill in the address of the other person."))
    if side == Side.COACH and not may_coach(by, at):
        raise CannotInvite(
            _(
                "As a student you coach as a peer coach. That begins with an attestation of training and a coach behind you."
            )
        )
    if has_live_relation_with_address(by, side, email):
        raise CannotInvite(_("You two are in a coaching relation already. You find it under Coaching."))
    if open_invitation_to_address(by, side, email, at):
        raise CannotInvite(_("You invited this address already. That invitation is still open."))
    if Invitation.objects.filter(inviter=by, expires_at__gt=at).count() >= MOST_AT_ONCE:
        raise CannotInvite(
            _("Many of your invitations are still open. Wait for an answer or withdraw one first.")
        )
    try:
        leave_room(by, email, at)
    except TooManyLetters as enough:
        raise CannotInvite(str(enough)) from enough
    Invitation.objects.filter(inviter=by, email=email, inviter_side=side, expires_at__lte=at).delete()


def may_coach(person: Person, at: datetime) -> bool:
    """Return whether somebody may coach at all: a student only with an attestation and a coach behind them (V22).

    Whom they invite is not asked: the answer would tell whether an address has an account. The yes asks that again.
    """
    return not coaches_as_fellow_learner(person, None) or standing_of(person, at).is_whole


def _free(id: UUID | None) -> UUID:
    with the_house():  # an id that is taken by others is not seen, only bumped into
        return new_id() if id is None or Invitation.objects.filter(pk=id).exists() else id


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: Person, at: datetime) -> Relation:
    """Say yes: the letter becomes a relation and is erased. Two yeses at once make one relation.

    Raises `NotBacked` when the coach is a peer coach who misses an attestation or a coach behind them; the letter stays open.
    """
    demand(by, Action.ANSWER_INVITATION, invitation, at)
    let_one_at_a_time(by, invitation.inviter)  # before the letter: two letters that cross wait in one order
    invitation = _locked(invitation)
    coach, coachee = (
        (invitation.inviter, by) if invitation.inviter_side == Side.COACH else (by, invitation.inviter)
    )
    relation = begin_relation(
        # The relation takes the letter's id, so that a second press on "accept" finds the way to it.
        id=invitation.pk,
        coachee=coachee,
        coach=coach,
        origin=Origin.ASKED if invitation.inviter_side == Side.COACH else Origin.CHOSEN,
        programme=shared_programme(coach, coachee),
        at=at,
    )
    inviter_id = str(invitation.inviter_id)
    Invitation.objects.filter(pk=invitation.pk).delete()
    tell_accepted.enqueue(str(relation.pk), inviter_id)
    return relation


@transaction.atomic
def decline_invitation(invitation: Invitation, *, at: datetime) -> None:
    """Say no, without a reason. No account is needed: the signed link in the letter is the permission (V8, V9)."""
    if at >= invitation.expires_at:
        raise NoLongerOpen
    let_go(_locked(invitation))


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Person, at: datetime) -> None:
    """Take an open invitation back; its link opens nothing any more."""
    demand(by, Action.WITHDRAW_INVITATION, invitation, at)
    Invitation.objects.filter(pk=invitation.pk).delete()


@transaction.atomic
def erase_expired_invitations(at: datetime) -> int:
    """Erase the invitations nobody answered in time; return how many."""
    expired = list(Invitation.objects.select_for_update().filter(expires_at__lte=at))
    for invitation in expired:
        let_go(invitation)
    return len(expired)


def _locked(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("inviter")
    current = rows.filter(pk=invitation.pk).first()
    if current is None:
        raise NoLongerOpen
    return current


def let_go(invitation: Invitation) -> None:
    """Erase the letter and tell its writer in words that fit a no and a silence alike."""
    inviter_id, invitation_id = str(invitation.inviter_id), str(invitation.pk)
    invitation.delete()
    tell_invitation_over.enqueue(inviter_id, invitation_id)
