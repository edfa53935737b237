"""A clock that jumps back an hour between acts: nothing is lost, nothing opens too wide, and the ledger stays whole."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from klimtouw.belongings.actions import revoke, share
from klimtouw.belongings.models import Version
from klimtouw.climb.models import Goal
from klimtouw.foundation.ids import new_id
from klimtouw.ledger.models import Line
from klimtouw.ledger.verify import verify
from klimtouw.people.models import Person
from klimtouw.relations.actions.closing import leave_relation
from klimtouw.relations.models import Relation

HOUR = timedelta(hours=1)


@pytest.mark.django_db
def test_an_hour_back_loses_no_words_and_opens_nothing(
    running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: Callable[[Person], Client]
) -> None:
    hers, his, bond = sign_in(noor), sign_in(bram), running_relation.work_bond
    start, id = at + timedelta(hours=9), new_id()
    with time_machine.travel(start, tick=False):
        assert (
            hers.post(reverse("climb:goal_new"), {"id": id, "text": "Ik durf te bellen"}).status_code == 302
        )
        goal = Goal.objects.get(pk=id)
        share(goal, onto=bond, by=noor, at=start)
        assert his.get(goal.get_absolute_url()).status_code == 200
    with time_machine.travel(start - HOUR, tick=False):
        page = reverse("climb:goal_edit", args=[id])
        assert hers.post(page, {"id": id, "seen": 1, "text": "Ik bel zelf"}).status_code == 302
        assert "Ik bel zelf" in hers.get(goal.get_absolute_url()).content.decode()
        assert (
            his.get(goal.get_absolute_url()).status_code == 404
        )  # shared "later": closed until that moment comes again
        revoke(goal, onto=bond, by=noor, at=start - HOUR)
    with time_machine.travel(start - 2 * HOUR, tick=False):
        share(goal, onto=bond, by=noor, at=start - 2 * HOUR)
        assert his.get(goal.get_absolute_url()).status_code == 200
        leave_relation(relation=Relation.objects.get(pk=running_relation.pk), by=noor, at=start - 2 * HOUR)
        assert his.get(goal.get_absolute_url()).status_code == 404
    for moment in (start - 3 * HOUR, start + HOUR):  # the end holds, whatever the clock does after it
        with time_machine.travel(moment, tick=False):
            assert his.get(goal.get_absolute_url()).status_code == 404
            assert hers.get(goal.get_absolute_url()).status_code == 200
    assert [version.number for version in Version.objects.filter(thing=goal)] == [1]
    assert verify().is_whole
    assert Line.objects.count() >= 4
