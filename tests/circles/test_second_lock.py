"""What a circle wrote together lies behind the second lock: who sits or waits sees it, who left, a stranger and the end do not (P1, V24)."""

from datetime import datetime, timedelta

import pytest
from django.db import models

from klimtouw.circles.actions.circles import end_circle, leave_circle
from klimtouw.circles.actions.invitations import invite_to_circle
from klimtouw.circles.choices import CircleState
from klimtouw.circles.models import Circle, CircleAgreement, CircleClause, CircleInvitation
from klimtouw.people.models import Person
from klimtouw.people.second_lock import page_of
from tests.circles.stories import make_circle

pytestmark = [pytest.mark.django_db, pytest.mark.only_on("postgresql")]

JOINT: tuple[type[models.Model], ...] = (Circle, CircleAgreement, CircleClause)


def seen_by(person: Person, at: datetime) -> tuple[int, ...]:
    """Return how many rows of each table somebody sees who forgot to ask the gate; the letters last."""
    with page_of(person.pk, at):
        return tuple(model._default_manager.count() for model in (*JOINT, CircleInvitation))


def test_v24_the_rows_of_a_circle_are_seen_by_who_sits_or_waits_and_by_nobody_else(
    bram: Person, noor: Person, amir: Person, vera: Person, stan: Person, at: datetime
) -> None:
    circle = make_circle(bram, [noor, amir, vera], at - timedelta(days=1))
    invite_to_circle(circle, by=bram, at=at, email=stan.email)
    assert [seen_by(one, at) for one in (bram, noor, stan)] == [(1, 1, 1, 1), (1, 1, 1, 0), (0, 0, 0, 1)]
    assert seen_by(noor, at + timedelta(days=130)) == (0, 0, 0, 0)  # the last day is over
    leave_circle(circle, by=noor, at=at)
    assert seen_by(noor, at) == (0, 0, 0, 0)
    with page_of(amir.pk, at):
        assert not CircleClause.objects.update(position=9)  # what was written is never changed
        assert not Circle.objects.all()._raw_delete("default")
    with page_of(stan.pk, at):
        assert not Circle.objects.update(has_double_hat=True)
    end_circle(Circle.objects.get(), by=bram, at=at)
    assert [seen_by(one, at) for one in (bram, amir)] == [(0, 0, 0, 0)] * 2
    waits = make_circle(vera, [stan], at, state=CircleState.AGREEING)
    assert seen_by(stan, at)[:3] == (1, 1, 1)  # said yes, and reads what there is to sign
    assert seen_by(amir, at)[:3] == (0, 0, 0)
    end_circle(waits, by=vera, at=at)
    assert seen_by(stan, at)[:3] == (0, 0, 0)  # who waited when it ended reads nothing of it any more
