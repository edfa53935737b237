"""What may be shared with a circle: what somebody wrote about themself, never what they wrote about another (V13)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from klimtouw.belongings.actions import NotForThem, keep, share
from klimtouw.belongings.models import Share
from klimtouw.belongings.queries import kinds
from klimtouw.circles.actions.questions import answer_in_circle, ask_circle
from klimtouw.climb.models import Goal
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from klimtouw.replies.actions import give_suggestion
from klimtouw.talks.models import Impression
from tests.circles.stories import make_circle

SignIn = Callable[[Person], Client]

ABOUT_ONESELF = {
    "choice_moment", "option", "compass_answer", "evidence", "entry", "route", "stage", "step", "dream", "goal",
    "strength", "starting_answer", "framework_link",
}  # fmt: skip
MADE_FOR_A_CIRCLE = {"circle_question", "circle_answer", "animal_pick"}
BESIDE_ANOTHERS = {"reply", "suggestion"}
FOR_ONE_RELATION = {"work_card", "common_ground", "expectation", "needs_wishes_limits", "support_look", "closing_look",
    "handover_letter"}  # fmt: skip
ABOUT_A_TALK_OF_TWO = {"promise", "free_hours", "preparation_line", "takeaway", "coach_sentence", "impression", "what_helped"}  # fmt: skip
FOR_THE_WRITER_ALONE = {"jotting", "practice_note", "image_check", "route_picture", "view_of_coach"}


def test_v13_every_kind_of_thing_says_whether_a_circle_may_read_it() -> None:
    groups = (
        ABOUT_ONESELF | MADE_FOR_A_CIRCLE, BESIDE_ANOTHERS, FOR_ONE_RELATION, ABOUT_A_TALK_OF_TWO, FOR_THE_WRITER_ALONE
    )  # fmt: skip
    assert set(kinds()) == set().union(*groups)  # a new kind decides here, and in decision 18
    goes_in = {name for name, kind in kinds().items() if kind.INTO_CIRCLES and kind.MAY_BE_SHARED}
    assert goes_in == ABOUT_ONESELF | MADE_FOR_A_CIRCLE
    assert {name for name, kind in kinds().items() if not kind.MAY_BE_SHARED} == FOR_THE_WRITER_ALONE
    assert {name for name, kind in kinds().items() if kind.STAYS_WHERE_WRITTEN} == {
        *BESIDE_ANOTHERS,
        "circle_answer",
    }


def test_v13_a_coach_puts_no_words_about_a_coachee_into_a_circle(
    running_relation: Relation, noor: Person, bram: Person, amir: Person, vera: Person, sign_in: SignIn, at: datetime
) -> None:  # fmt: skip
    circle = make_circle(vera, [bram, amir], at - timedelta(days=1))
    goal = keep(Goal, by=noor, at=at, text="Ik durf.")
    share(goal, onto=running_relation.work_bond, by=noor, at=at)
    beside = give_suggestion(goal, by=bram, at=at, id=uuid4(), text="Noor durft nog niet.")
    impression = keep(Impression, by=bram, at=at, text="Noor was moe.")
    for thing in (beside, impression):
        page = reverse("belongings:share", args=[thing.pk])
        assert "Kring Kade" not in sign_in(bram).get(page).content.decode()
        sign_in(bram).post(page, {"bond": str(circle.bond_id)})
        with pytest.raises(NotForThem):
            share(thing, onto=circle.bond, by=bram, at=at)
    assert not Share.objects.filter(bond=circle.bond).exists()
    own = keep(Goal, by=bram, at=at, text="Ik luister langer.")
    sign_in(bram).post(reverse("belongings:share", args=[own.pk]), {"bond": str(circle.bond_id)})
    assert Share.objects.filter(thing=own, bond=circle.bond).exists()


def test_v13_an_answer_stays_in_the_circle_where_it_was_given(
    noor: Person, bram: Person, amir: Person, vera: Person, at: datetime
) -> None:
    here, there = (make_circle(vera, [noor, amir, bram], at - timedelta(days=1), name=name) for name in "AB")
    asked = ask_circle(here, by=noor, at=at, id=uuid4(), text="Hoe begin ik?")
    answer = answer_in_circle(asked, circle=here, by=amir, at=at, id=uuid4(), text="Noor, begin klein.")
    with pytest.raises(NotForThem):
        share(answer, onto=there.bond, by=amir, at=at)
    share(answer, onto=here.bond, by=amir, at=at + timedelta(minutes=1))
