"""A circle from names on a desk to the day somebody leaves it, each in their own browser (G3, V8, V12, V24)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from klimtouw.circles.models import Circle, Meeting, Question
from klimtouw.foundation.clock import now
from klimtouw.people.models import Person
from klimtouw.programmes.models import CircleProposal, Institution, Membership, Programme
from tests.journeys.walker import Walker, Way

ANSWER = "Ik begin met iets kleins."
WAYS = (Way("nl", 390, "dark"), Way("en", 1280, "light"))


def everybody_signs(circle: Circle, *people: Walker) -> None:
    """Let everybody read the agreements and sign."""
    for person in people:
        person.opens("circles:agreement", circle.pk)
        person.sends(within="#sign form")


def propose(vera: Walker, programme: Programme, guide: Walker, *members: Walker) -> CircleProposal:
    """Let the coordinator name who could be a circle."""
    vera.opens("basecamp:desk", programme.pk)
    vera.follows("basecamp:propose_circle", programme.pk)
    for one in members:
        vera.fills(members=Person.objects.get(email=one.email).pk)
    vera.sends(facilitator=Person.objects.get(email=guide.email).pk)
    vera.reads(*(one.name for one in (guide, *members)))
    return CircleProposal.objects.get(programme=programme)


def ask_and_answer(circle: Circle, noor: Walker, amir: Walker) -> Question:
    """Let one ask, another answer from their first page, and the first say thank you."""
    noor.opens("circles:circle", circle.pk)
    noor.follows("circles:questions_of", circle.pk)
    noor.follows("circles:question_new", circle.pk)
    noor.sends(text="Hoe begin je een moeilijk gesprek?")
    question = Question.objects.get(circle=circle)
    amir.opens("home")
    amir.cannot_find("moeilijk gesprek")
    amir.follows("circles:question", question.pk)
    amir.sends(text=ANSWER)
    noor.opens("circles:question", question.pk)
    noor.reads(ANSWER)
    noor.follows("circles:thanks", question.pk)
    noor.sends(thanks="Dank je wel, Amir!")
    return question


def plan_a_meeting(circle: Circle, noor: Walker, amir: Walker, bram: Walker) -> None:
    """Let one propose, another say what suits, and the facilitator choose."""
    noor.opens("circles:meetings", circle.pk)
    noor.follows("circles:meeting_new", circle.pk)
    noor.sends(day_1=localdate(now()) + timedelta(days=3), time_1="16:00", place="Bank in het park")
    meeting = Meeting.objects.get(circle=circle)
    amir.opens("home")
    amir.follows("circles:meeting", meeting.pk)
    amir.sends(moments=meeting.moments.get().pk)
    bram.opens("circles:meeting", meeting.pk)
    bram.reads("Amir, Noor")
    bram.sends("[name=moment]", within="#moments form")
    noor.opens("circles:meetings", circle.pk)
    noor.reads("Bank in het park")


def let_in(circle: Circle, bram: Walker, stan: Walker) -> None:
    """Invite somebody, who says yes."""
    bram.opens("circles:invite", circle.pk)
    bram.sends(email=stan.email)
    stan.opens("circles:overview")
    path = stan.page.locator("#invitations a").first.get_attribute("href")
    assert path
    stan.follows_link(path)
    stan.sends("[value=accept]")


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_g3_from_a_proposal_to_somebody_who_leaves(walker: Callable[..., Walker], way: Way) -> None:
    names = ("Vera", "Bram", "Noor", "Amir", "Lotte", "Stan")
    vera, bram, noor, amir, lotte, stan = (walker(name) for name in names)
    school = Institution.objects.create(name=f"De Kade {way}", kind="be_higher")
    programme = school.programmes.create(name="Verpleegkunde")
    four = (bram, noor, amir, lotte)
    for one, hat in ((vera, "coordinator"), *((one, "learner") for one in four)):
        Membership.objects.create(person=one.is_known(), programme=programme, hat=hat)
    stan.is_known()
    proposal = propose(vera, programme, bram, noor, amir, lotte)
    for one in four:
        one.opens("home")
        one.follows("circles:proposal", proposal.pk)
        one.sends(answer="yes")
    circle = Circle.objects.get(programme=programme)
    bram.opens("circles:circle", circle.pk)
    bram.follows("circles:agreement_draft", circle.pk)
    bram.sends(ends_on=localdate(now()) + timedelta(days=90))
    everybody_signs(circle, *four)
    question = ask_and_answer(circle, noor, amir)
    plan_a_meeting(circle, noor, amir, bram)
    let_in(circle, bram, stan)
    stan.opens("circles:question", question.pk, answers=404)
    everybody_signs(circle, *four, stan)
    stan.opens("circles:question", question.pk)
    stan.reads(ANSWER, "Dank je wel, Amir!")
    amir.opens("circles:circle", circle.pk)
    amir.follows("circles:leave", circle.pk)
    amir.sends(".button")
    amir.opens("circles:question", question.pk, answers=404)
    noor.opens("circles:question", question.pk)
    noor.cannot_find(ANSWER)
