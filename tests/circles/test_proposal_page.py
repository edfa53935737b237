"""From names on a desk to a circle: everybody says in private whether it feels right."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.test import Client
from django.utils.timezone import localdate

from klimtouw.circles.actions.proposals import settle_proposals
from klimtouw.circles.choices import CircleState
from klimtouw.circles.models import Circle
from klimtouw.circles.queries.circles import circles_of, members_of, waiting_in
from klimtouw.notices.sending import send_everything_that_waits
from klimtouw.people.models import Person
from klimtouw.programmes.models import Membership, Programme
from klimtouw.programmes.proposals.actions import propose_circle
from tests.stories import make_person

SignIn = Callable[[Person], Client]


def test_v7_v8_a_proposed_circle_becomes_one_of_those_for_whom_it_feels_right_and_no_moment_betrays_a_no(
    programme: Programme,
    vera: Person,
    bram: Person,
    noor: Person,
    amir: Person,
    stan: Person,
    at: datetime,
    sign_in: SignIn,
    mailoutbox: list[object],
) -> None:
    lotte, yusuf = make_person("Lotte"), make_person("Yusuf")
    for one in (bram, noor, amir, lotte, yusuf):
        Membership.objects.create(person=one, programme=programme, hat="staff" if one == bram else "learner")
    four = [noor.pk, amir.pk, lotte.pk, yusuf.pk]
    day = localdate(at) + timedelta(days=3)
    proposal = propose_circle(programme, by=vera, at=at, facilitator=bram.pk, members=four, answer_by=day)
    send_everything_that_waits(at)
    assert len(mailoutbox) == 5
    page = proposal.get_absolute_url()
    for other in (vera, stan):
        assert sign_in(other).get(page).status_code == 404
    seen = sign_in(noor).get(page).content.decode()
    assert all(
        name in seen for name in ("Bram", "Noor", "Amir", "Lotte", "Yusuf", "Niemand ziet wat je zegt")
    )
    assert "answer" in sign_in(noor).post(page, {}).context["form"].errors
    for person, answer in (
        (noor, "no"),
        (noor, "yes"),
        (amir, "yes"),
        (lotte, "yes"),
        (bram, "yes"),
        (yusuf, "no"),
    ):
        assert sign_in(person).post(page, {"answer": answer}).url == "/kring/"
        assert not Circle.objects.exists() and proposal.people.count() == 5, "it waits for its last day"
    assert "has_double_hat" not in sign_in(noor).get(page).context["form"].fields, "whoever guides says it"
    sign_in(noor).post(page, {"answer": "yes", "has_double_hat": "on"})
    sign_in(bram).post(page, {"answer": "yes", "has_double_hat": "on"})
    assert sign_in(bram).get(page).context["form"].initial == {"answer": "yes", "has_double_hat": True}
    assert "answer" in sign_in(yusuf).get(page).context["form"].initial, "and can be changed until then"
    at += timedelta(days=4)
    [circle] = settle_proposals(at)
    assert circle.has_double_hat, "said before the first signature (R8)"
    agreements = sign_in(noor).get(f"/kring/{circle.pk}/afspraken/").content.decode()
    assert "Bram draagt een dubbele pet" in agreements
    assert (circle.facilitator, circle.programme, circle.state) == (bram, programme, CircleState.FORMING)
    assert members_of(circle, at + timedelta(hours=1)) == [bram]
    assert {one.name for one in waiting_in(circle)} == {"Noor", "Amir", "Lotte"}
    assert [one.pk for one in circles_of(noor, at)] == [circle.pk] and circles_of(yusuf, at) == []
    assert sign_in(noor).get(page).status_code == 404, "it is settled"
    assert "Nieuwe kring" in sign_in(noor).get("/kring/").content.decode()


def test_the_daily_round_settles_what_nobody_can_answer_any_more(
    programme: Programme, vera: Person, bram: Person, noor: Person, amir: Person, stan: Person, at: datetime
) -> None:
    for one in (bram, noor, amir, stan):
        Membership.objects.create(person=one, programme=programme, hat="learner")
    members = [noor.pk, amir.pk, stan.pk]
    day = localdate(at) + timedelta(days=3)
    proposal = propose_circle(programme, by=vera, at=at, facilitator=bram.pk, members=members, answer_by=day)
    assert settle_proposals(at) == []
    proposal.refresh_from_db()
    assert proposal.state == "forming"
    assert settle_proposals(at + timedelta(days=5)) == []
    proposal.refresh_from_db()
    assert proposal.state == "ended" and not proposal.people.exists() and not Circle.objects.exists()
