"""What a coach gave stays as it was given once the relation is over (V24, C14)."""

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from klimtouw.belongings.actions import erase, keep, restore, reword, share
from klimtouw.climb.models import Goal
from klimtouw.foundation.clock import now
from klimtouw.people.models import Person
from klimtouw.relations.actions.closing import complete_relation, leave_relation, pause_relation
from klimtouw.relations.models import Relation
from klimtouw.replies.actions import give_reply
from klimtouw.replies.choices import ReplyKind
from klimtouw.replies.models import Reply

SignIn = Callable[[Person], Client]


@pytest.mark.parametrize("state", ["running", "paused", "completed", "stopped"])
def test_v24_after_the_end_a_coach_changes_no_word_of_what_the_coachee_keeps_by_an_older_wording(
    state: str, running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    goal = keep(Goal, by=noor, at=at, text="Ik durf te bellen.")
    share(goal, onto=running_relation.work_bond, by=noor, at=at)
    left = give_reply(goal, by=bram, at=at, id=uuid4(), reply_kind=ReplyKind.SUPPORT, text="Eerste woorden.")
    reword(left, by=bram, at=at, seen=1, text="Tweede woorden.")
    if state in ("completed", "stopped"):
        end = {"completed": complete_relation, "stopped": leave_relation}[state]
        end(relation=running_relation, by=noor, at=now())
    elif state == "paused":
        pause_relation(relation=running_relation, by=bram, at=at)
    client, is_over = sign_in(bram), state in ("completed", "stopped")
    history = reverse("belongings:versions", args=[left.pk])
    page = client.post(
        reverse("belongings:restore", args=[left.pk, 1]), {"seen": 2}, follow=True
    ).content.decode()
    assert ("De ander houdt dit zoals je het gaf" in page) == is_over
    stands, other = ("Tweede", "Eerste") if is_over else ("Eerste", "Tweede")
    read = sign_in(noor).get(reverse("replies:given", args=[left.pk])).content.decode()
    assert f"{stands} woorden." in read and f"{other} woorden." not in read
    assert "Eerste woorden." in client.get(history).content.decode()  # C14: the history stays of its owner
    erase(Reply.objects.get(pk=left.pk), by=bram, at=now())  # P5: and so does the right to erase it
    assert sign_in(noor).get(reverse("replies:given", args=[left.pk])).status_code == 404


def test_c14_what_a_coachee_shared_and_nobody_reads_any_more_is_put_back_as_ever(
    running_relation: Relation, noor: Person, at: datetime
) -> None:
    goal = keep(Goal, by=noor, at=at, text="Eerste woorden.")
    share(goal, onto=running_relation.work_bond, by=noor, at=at)
    reword(goal, by=noor, at=at, seen=1, text="Tweede woorden.")
    leave_relation(relation=running_relation, by=noor, at=now())
    restore(Goal.objects.get(pk=goal.pk), by=noor, at=now(), seen=2, number=1)
    assert Goal.objects.get(pk=goal.pk).text == "Eerste woorden."
