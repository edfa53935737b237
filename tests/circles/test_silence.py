"""One silent person holds no circle back for ever, and a press too many leads on (G3, C14)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from klimtouw.belongings.actions import keep, revoke, share
from klimtouw.circles.actions.agreements import sign_agreement
from klimtouw.circles.actions.circles import leave_circle
from klimtouw.circles.actions.on_time import end_circles_that_never_began, let_silent_places_go
from klimtouw.circles.choices import CircleState
from klimtouw.circles.models import Answer, Circle, CirclePlace
from klimtouw.circles.queries.agreements import newest_agreement
from klimtouw.circles.queries.circles import circles_of, members_of
from klimtouw.climb.models import Entry, Goal
from klimtouw.notices.models import Notice
from klimtouw.people.models import Person
from klimtouw.programmes.models import Membership, Programme
from klimtouw.programmes.proposals.actions import propose_circle
from tests.circles.stories import make_circle
from tests.stories import make_person

SignIn = Callable[[Person], Client]


def test_who_leaves_the_agreements_unsigned_for_three_weeks_goes_as_if_they_left(
    bram: Person, noor: Person, amir: Person, vera: Person, at: datetime, sign_in: SignIn
) -> None:
    lotte = make_person("Lotte")
    circle = make_circle(bram, [noor, amir, vera, lotte], at, state=CircleState.AGREEING)
    version = newest_agreement(circle)
    assert version is not None
    for one in (bram, noor, amir, vera):
        sign_agreement(circle, agreement=version.pk, by=one, at=at)
    page = reverse("circles:agreement", args=[circle.pk])
    assert "gaat de kring verder zonder jou" in sign_in(lotte).get(page).content.decode()
    assert "zonder jou" not in sign_in(noor).get(page).content.decode()
    assert let_silent_places_go(at + timedelta(days=20)) == 0
    later = at + timedelta(days=21)
    assert let_silent_places_go(later) == 1 and let_silent_places_go(later) == 0
    circle.refresh_from_db()
    assert circle.state == CircleState.RUNNING and lotte not in members_of(circle, later)
    assert circles_of(lotte, later) == [] and not CirclePlace.objects.filter(person=lotte).exists()
    assert Notice.objects.filter(kind="circle_left", person=noor).exists()
    assert end_circles_that_never_began(at + timedelta(days=200)) == 0, "this one did begin"


def test_while_agreeing_too_few_is_said_and_who_signed_is_not_asked_again(
    bram: Person, noor: Person, amir: Person, vera: Person, at: datetime, sign_in: SignIn
) -> None:
    circle = make_circle(bram, [noor, amir, vera], at, state=CircleState.AGREEING)
    version = newest_agreement(circle)
    assert version is not None
    for one in (bram, noor):
        sign_agreement(circle, agreement=version.pk, by=one, at=at)
    home, page = circle.get_absolute_url(), reverse("circles:agreement", args=[circle.pk])
    assert "Lees en teken" not in sign_in(noor).get(home).content.decode()
    assert "Jij tekende. Nu is het aan de anderen." in sign_in(noor).get(home).content.decode()
    leave_circle(circle, by=vera, at=at)
    for client, address in ((sign_in(noor), home), (sign_in(noor), page), (sign_in(amir), home)):
        assert "Nog 1 ja" in client.get(address).content.decode()
    for address in (home, page):
        assert "Nu is het aan de anderen" not in sign_in(noor).get(address).content.decode()
    assert "Lees en teken" in sign_in(amir).get(home).content.decode()
    assert end_circles_that_never_began(at + timedelta(days=90)) == 0
    assert end_circles_that_never_began(at + timedelta(days=93)) == 1
    assert Circle.objects.get().state == CircleState.ENDED


def test_c14_a_second_press_on_leaving_ending_or_the_last_answer_leads_to_the_overview(
    bram: Person, noor: Person, amir: Person, vera: Person, at: datetime, sign_in: SignIn
) -> None:
    circle = make_circle(bram, [noor, amir, vera], at - timedelta(days=1))
    for person, name in ((noor, "leave"), (bram, "end")):
        client, address = sign_in(person), reverse(f"circles:{name}", args=[circle.pk])
        assert sign_in(vera).get(reverse("circles:end", args=[circle.pk])).status_code == 404
        for _press in range(3):
            assert client.post(address).url == reverse("circles:overview")
        assert sign_in(person).get(address).status_code == 404, "who comes later finds nothing"


def test_c14_the_last_yes_pressed_twice_leads_to_the_overview_and_the_circle_is_there_once(
    programme: Programme,
    bram: Person,
    noor: Person,
    amir: Person,
    vera: Person,
    at: datetime,
    sign_in: SignIn,
) -> None:
    lotte = make_person("Lotte")
    four = [bram, noor, amir, lotte]
    Membership.objects.bulk_create(Membership(person=one, programme=programme, hat="learner") for one in four)
    proposal = propose_circle(
        programme, by=vera, at=at, facilitator=bram.pk, members=[one.pk for one in four[1:]],
        answer_by=localdate(at) + timedelta(days=3),
    )  # fmt: skip
    for one in four:
        client = sign_in(one)
        for _press in range(2):
            answer = client.post(proposal.get_absolute_url(), {"answer": "yes"})
            assert answer.url == reverse("circles:overview")
    assert Circle.objects.count() == 1
    assert sign_in(noor).get(proposal.get_absolute_url()).status_code == 404


def test_c14_words_typed_beside_what_is_no_longer_shared_come_back(
    bram: Person, noor: Person, amir: Person, vera: Person, at: datetime, sign_in: SignIn
) -> None:
    circle = make_circle(bram, [noor, amir, vera], at - timedelta(days=1))
    goal = keep(Goal, by=noor, at=at, text="Rustig spreken")
    share(goal, onto=circle.bond, by=noor, at=at)
    client, address = sign_in(amir), reverse("circles:answer_new", args=[circle.pk, goal.pk])
    assert client.get(address).status_code == 200
    revoke(goal, onto=circle.bond, by=noor, at=at)
    assert client.get(address).status_code == 404
    page = client.post(address, {"id": str(uuid4()), "text": "Mooi <b>doel</b>"})
    body = page.content.decode()
    assert page.status_code == 404 and "Mooi &lt;b&gt;doel&lt;/b&gt;" in body and "Rustig" not in body
    taken = client.post(reverse("climb:entry_new"), {"text": "Mooi <b>doel</b>", "help": "free"})
    assert "Mooi &lt;b&gt;doel" in taken.content.decode()
    assert not Answer.objects.exists() and not Entry.objects.exists(), "nothing is kept before they say so"
