"""Two invitations that cross, accepted at the very same moment, make one relation and fail nobody."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from klimtouw.people.models import Person
from klimtouw.relations.actions.invitations import NoLongerOpen, accept_invitation, invite
from klimtouw.relations.choices import Side
from klimtouw.relations.models import Invitation, Relation


@pytest.mark.only_on(
    "postgresql"
)  # SQLite in memory knows no two writers; in a file it lets one write after the other
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_letters_that_cross_make_one_relation(noor: Person, bram: Person, at: datetime) -> None:
    for round in range(5):
        at += timedelta(days=8 * min(round, 1))  # three letters to one address are the most in a week
        to_noor = invite(by=bram, at=at, side=Side.COACH, email=noor.email)
        to_bram = invite(by=noor, at=at, side=Side.COACHEE, email=bram.email)
        start = Barrier(2)

        def accept(letter: Invitation, by: Person, start: Barrier = start, at: datetime = at) -> None:
            start.wait()
            try:
                accept_invitation(letter, by=by, at=at)
            except NoLongerOpen:
                pass  # the other one was first, and made the same relation
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(accept, (to_noor, to_bram), (noor, bram)))
        assert Relation.objects.count() == 1
        assert not Invitation.objects.exists()
        Relation.objects.all().delete()
