"""Erase everything of a person, for good; and do so again after an old copy of the database was put back (P5)."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, OperationalError, transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings.actions import erase_all_of
from klimtouw.circles.actions.erasing import leave_all_circles
from klimtouw.intervision.actions.over import erase_rooms_of
from klimtouw.notices.actions import forget_messages_of
from klimtouw.peers.actions import erase_peers_of
from klimtouw.people import keyring
from klimtouw.people.actions import erase_account
from klimtouw.people.models import Person
from klimtouw.people.register import erased, register_erased
from klimtouw.people.second_lock import the_house
from klimtouw.programmes.actions import leave_all_programmes
from klimtouw.programmes.proposals.actions import leave_proposals
from klimtouw.relations.actions.erasing import (
    erase_invitations_of,
    erase_relations_again,
    erase_relations_of_two_erased,
    leave_all_relations,
)
from klimtouw.relations.actions.peers import leave_all_support
from klimtouw.takeaway.models import Brought, Offer, Parcel
from klimtouw.talks.actions import forget_habits_of

MOST_TRIES = 3


def erase_everything(person: Person, *, by: Person, at: datetime) -> None:
    """Erase a person: what they wrote, their account and the key that opens copies of it. A second time changes nothing.

    All of it happens or none. What others wrote is theirs and stays; see `docs/trust.md`.
    """
    demand(by, Action.ERASE, person, at)
    for _ in range(MOST_TRIES - 1):
        try:
            return _erase_at_once(person.pk, at)
        except (IntegrityError, OperationalError):
            continue  # somebody wrote something beside it at this very moment; it is there now, and goes along
    return _erase_at_once(person.pk, at)


def replay_erased(*, since: datetime | None = None) -> int:
    """Erase again all people and relations in the register, and return how many; after every restore, before anybody signs in.

    Done twice it changes nothing. What is not in the restored copy at all stays in the register. The daily round does it for
    those `since` lately: nothing of a page that was under way can then have stayed behind.
    """
    register = {id: at for id, at in erased().items() if since is None or at >= since}
    if register:
        erase_relations_again(register)
    for id, at in register.items():
        _erase_at_once(id, at)
    return len(register)


@transaction.atomic
def _erase_at_once(id: UUID, at: datetime) -> None:
    with the_house():  # what others wrote lets go of what is erased, and they are told
        _erase_in_the_house(id, at)


def _erase_in_the_house(id: UUID, at: datetime) -> None:
    # The row is held first, so that everything this person is writing in another tab is done before, or refused (`hold`).
    person = Person.objects.select_for_update(no_key=True).filter(pk=id).first()
    if person is not None:
        leave_all_relations(by=person, at=at)
        erase_invitations_of(person)
        leave_all_circles(by=person, at=at)
        leave_all_support(person, at=at)
        erase_peers_of(person)
        leave_all_programmes(person)
        leave_proposals(person)
        for kept in (Parcel, Brought):
            kept.objects.filter(owner=person).delete()
        Offer.objects.filter(person=person).delete()
        forget_messages_of(person)
        forget_habits_of(person)
        erase_rooms_of(person)
        erase_all_of(person)
        erase_account(person, at=at)
        erase_relations_of_two_erased(person, at=at)
    keyring.destroy(id)
    register_erased(id, at)
