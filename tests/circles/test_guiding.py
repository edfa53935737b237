"""A facilitator who leaves: the circle goes on, and a member may offer to guide it; everybody signs again (G3)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from klimtouw.access.decide import Denied
from klimtouw.circles.actions.agreements import offer_to_guide, sign_agreement
from klimtouw.circles.actions.circles import end_circle, leave_circle
from klimtouw.circles.actions.meetings import choose_meeting_moment, propose_meeting
from klimtouw.circles.actions.questions import ask_circle
from klimtouw.circles.choices import CircleState, MeetingState
from klimtouw.circles.models import Circle, Question
from klimtouw.circles.queries.agreements import newest_agreement
from klimtouw.circles.queries.circles import members_of
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person
from klimtouw.people.second_lock import page_of
from tests.at_once import at_once
from tests.circles.stories import make_circle

SignIn = Callable[[Person], Client]


@pytest.fixture
def circle(bram: Person, noor: Person, amir: Person, vera: Person, at: datetime) -> Circle:
    """Bram guides Noor, Amir and Vera, and also assesses one of them."""
    made = make_circle(bram, [noor, amir, vera], at - timedelta(days=1))
    made.has_double_hat = True
    made.save(update_fields=["has_double_hat"])
    return made


def test_when_the_facilitator_leaves_the_circle_goes_on_and_a_member_takes_over_once_all_sign(
    circle: Circle, bram: Person, noor: Person, amir: Person, vera: Person, at: datetime, sign_in: SignIn
) -> None:
    asked = ask_circle(circle, by=bram, at=at, id=new_id(), text="Van Bram")
    mine = ask_circle(circle, by=noor, at=at, id=new_id(), text="Van Noor")
    leave_circle(circle, by=bram, at=at)
    circle.refresh_from_db()
    later = at + timedelta(seconds=1)
    assert (circle.facilitator, circle.has_double_hat, circle.state) == (None, False, CircleState.RUNNING)
    assert {one.name for one in members_of(circle, later)} == {"Noor", "Amir", "Vera"}
    assert not Question.objects.visible_to(noor, later).filter(pk=asked.pk).exists()
    assert not Question.objects.visible_to(bram, later).filter(pk=mine.pk).exists()
    assert Question.objects.visible_to(amir, later).filter(pk=mine.pk).exists()
    hers, his = sign_in(noor), sign_in(amir)
    home = reverse("circles:circle", args=[circle.pk])
    page = hers.get(home).content.decode()
    assert "Niemand begeleidt deze kring nu" in page
    assert hers.get(reverse("circles:invite", args=[circle.pk])).status_code == 404, "no newcomers meanwhile"
    offering = reverse("circles:guide", args=[circle.pk])
    assert hers.post(offering, {"has_double_hat": "on"}).url == reverse("circles:agreement", args=[circle.pk])
    page = his.get(reverse("circles:agreement", args=[circle.pk])).content.decode()
    assert "Vanaf dan begeleidt Noor deze kring, en beoordeelt er ook iemand." in page
    version = newest_agreement(circle)
    assert version is not None and version.number == 2
    for one in (noor, amir):
        sign_agreement(circle, agreement=version.pk, by=one, at=later)
    circle.refresh_from_db()
    assert circle.facilitator is None, "not before all have signed"
    sign_agreement(circle, agreement=version.pk, by=vera, at=later)
    circle = Circle.objects.get()
    assert (circle.facilitator, circle.has_double_hat) == (noor, True)
    assert hers.get(reverse("circles:invite", args=[circle.pk])).status_code == 200
    assert his.get(offering).status_code == 302, "there is a guide again"
    assert sign_in(bram).get(home).status_code == 404


def test_who_offered_and_left_guides_nothing_and_only_members_offer(
    circle: Circle, bram: Person, noor: Person, amir: Person, vera: Person, stan: Person, at: datetime
) -> None:
    with pytest.raises(Denied):
        offer_to_guide(circle, by=bram, at=at)
    leave_circle(circle, by=bram, at=at)
    later = at + timedelta(seconds=1)
    for other in (bram, stan):
        with pytest.raises(Denied):
            offer_to_guide(Circle.objects.get(), by=other, at=later)
    version = offer_to_guide(Circle.objects.get(), by=noor, at=later)
    assert offer_to_guide(Circle.objects.get(), by=noor, at=later) == version
    for one in (amir, vera):
        sign_agreement(circle, agreement=version.pk, by=one, at=later)
    leave_circle(Circle.objects.get(), by=noor, at=later)
    now = Circle.objects.get()
    assert (now.facilitator, now.state) == (None, CircleState.RUNNING)
    assert {one.name for one in members_of(now, later + timedelta(seconds=1))} == {"Amir", "Vera"}


def test_v24_leaving_and_ending_take_the_meeting_out_of_the_calendars(
    circle: Circle, bram: Person, noor: Person, amir: Person, at: datetime, mailoutbox: list[EmailMessage]
) -> None:
    meeting = propose_meeting(
        circle, by=noor, at=at, moments=[at + timedelta(days=2)], minutes=60, place="Park"
    )
    choose_meeting_moment(meeting, by=noor, at=at, moment_id=meeting.moments.get().pk)
    mailoutbox.clear()
    leave_circle(circle, by=amir, at=at)
    assert [letter.to for letter in mailoutbox] == [[amir.email]]
    mailoutbox.clear()
    end_circle(Circle.objects.get(), by=bram, at=at + timedelta(seconds=1))
    assert {letter.to[0] for letter in mailoutbox if "CANCEL" in str(letter.message())} == {
        bram.email, noor.email, "vera@school.example",
    }  # fmt: skip
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.CANCELLED


@pytest.mark.only_on("postgresql")  # SQLite in memory knows no two writers
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_facilitator_and_a_member_who_leave_in_the_same_second_both_leave(
    circle: Circle, bram: Person, noor: Person, amir: Person, vera: Person, at: datetime
) -> None:
    def go(person: Person) -> None:
        with page_of(person.pk, at):
            leave_circle(Circle.objects.get(), by=person, at=at)

    assert at_once(lambda: go(bram), lambda: go(noor)) == [None, None]
    left = Circle.objects.get()
    assert (left.facilitator, left.state) == (None, CircleState.RUNNING)
    assert {one.name for one in members_of(left, at + timedelta(seconds=1))} == {"Amir", "Vera"}
    offers = at_once(
        *(
            lambda one=one: offer_to_guide(Circle.objects.get(), by=one, at=at + timedelta(seconds=1))
            for one in (amir, vera)
        )
    )
    assert not [one for one in offers if isinstance(one, Exception)]
    newest = newest_agreement(left)
    assert newest is not None and newest.guide_to_be in (amir, vera)
