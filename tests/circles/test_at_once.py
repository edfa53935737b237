"""What people do in a circle at the very same moment: two who leave, thirteen who say yes, two last signatures (G3)."""

from datetime import datetime
from functools import partial

import pytest

from klimtouw.circles.actions.agreements import sign_agreement
from klimtouw.circles.actions.circles import leave_circle
from klimtouw.circles.actions.invitations import CircleIsFull, accept_circle_invitation, invite_to_circle
from klimtouw.circles.choices import CircleState
from klimtouw.circles.models import Circle, CircleAgreement, CirclePlace
from klimtouw.circles.queries.circles import members_of
from klimtouw.people.models import Person
from tests.at_once import at_once
from tests.circles.stories import make_circle
from tests.stories import make_person

pytestmark = [
    pytest.mark.only_on("postgresql"),  # SQLite in memory knows no two writers
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def test_one_place_is_left_and_two_say_yes_at_once(bram: Person, at: datetime) -> None:
    people = [make_person(f"Lid{number}") for number in range(1, 14)]
    circle = make_circle(bram, people[:10], at)
    letters = [invite_to_circle(circle, by=bram, at=at, email=person.email) for person in people[10:12]]
    CirclePlace.objects.create(circle=circle, person=people[12], hat="member", came_at=at)
    yes = [
        partial(accept_circle_invitation, letter, by=person, at=at)
        for letter, person in zip(letters, people[10:12], strict=True)
    ]
    met = [one for one in at_once(*yes) if isinstance(one, Exception)]
    assert [type(one) for one in met] == [CircleIsFull]
    assert CirclePlace.objects.filter(circle=circle, hat="member").count() == 12


def test_two_leave_at_once_and_two_sign_at_once(
    bram: Person, noor: Person, amir: Person, vera: Person, stan: Person, at: datetime
) -> None:
    circle = make_circle(bram, [noor, amir, vera, stan], at, state=CircleState.AGREEING)
    version = CircleAgreement.objects.get()
    for person in (bram, noor, amir):
        sign_agreement(circle, agreement=version.pk, by=person, at=at)
    at_once(*[partial(sign_agreement, circle, agreement=version.pk, by=one, at=at) for one in (vera, stan)])
    circle = Circle.objects.get()
    assert circle.state == CircleState.RUNNING and len(members_of(circle, at)) == 5
    assert at_once(*[partial(leave_circle, circle, by=one, at=at) for one in (vera, stan)]) == [None, None]
    assert members_of(Circle.objects.get(), at) == [bram, amir, noor]
    leavers = [partial(leave_circle, circle, by=one, at=at) for one in (amir, noor)]
    assert at_once(*leavers) == [None, None]
    assert Circle.objects.get().state == CircleState.ENDED
