"""The story of a circle: invited, agreed and signed by all, somebody who comes later, somebody who leaves, an end (G3)."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from klimtouw.access.decide import Denied
from klimtouw.access.table import Hat
from klimtouw.belongings.actions import keep, share
from klimtouw.belongings.models import Seat, Share, Thing
from klimtouw.circles.actions.agreements import (
    DayDoesNotFit,
    NewerVersion,
    NotTheNewest,
    TooFew,
    draft_agreement,
    sign_agreement,
)
from klimtouw.circles.actions.circles import (
    arrange_circle,
    end_circles_on_time,
    erase_ended_circles,
    leave_circle,
    start_circle,
)
from klimtouw.circles.actions.invitations import (
    CircleIsFull,
    accept_circle_invitation,
    erase_expired_circle_invitations,
    invite_to_circle,
)
from klimtouw.circles.choices import CircleState
from klimtouw.circles.models import Circle, CircleAgreement, CircleInvitation, CirclePlace
from klimtouw.circles.queries.agreements import newest_agreement
from klimtouw.circles.queries.circles import circles_of, members_of
from klimtouw.climb.models import Goal
from klimtouw.foundation.clock import now
from klimtouw.people.models import DataKey, Erased, Person
from klimtouw.relations.actions.invitations import CannotInvite
from tests.circles.stories import make_circle
from tests.stories import make_person
from tests.told import read_by

SignIn = Callable[[Person], Client]


def link_in(letter: EmailMessage) -> str:
    """Return the path of the one link in a letter."""
    return re.search(r"/kring/uitnodiging/[^/]+/", str(letter.body))[0]  # type: ignore[index]  # it is there


def now_of(circle: Circle) -> Circle:
    """Return a circle as it stands, with nothing remembered."""
    return Circle.objects.get(pk=circle.pk)


def test_from_the_first_letter_to_the_last_signature(
    bram: Person, noor: Person, amir: Person, vera: Person, sign_in: SignIn
) -> None:
    guide = sign_in(bram)
    started = guide.post(reverse("circles:new"), {"name": "Kring Kade", "has_double_hat": "on"})
    circle = Circle.objects.get()
    assert started.url == reverse("circles:invite", args=[circle.pk])
    for person in (noor, amir, vera):
        sent = {"email": person.email.upper(), "message": "Kom je er <b>ook</b> bij?"}
        assert guide.post(started.url, sent).status_code == 302
    assert len(mail.outbox) == 3
    at = now()
    assert "Kom je" not in str(mail.outbox[0].body) and "Kring Kade" not in str(mail.outbox[0].body)
    for person, letter in zip((noor, amir, vera), mail.outbox, strict=True):
        page = sign_in(person).get(link_in(letter)).content.decode()
        assert "Kom je er &lt;b&gt;ook&lt;/b&gt; bij?" in page
        assert "dubbele pet" in page  # told before anybody says yes (R8)
        with pytest.raises(TooFew):
            draft_agreement(circle, by=bram, at=at, ends_on=localdate(at), clauses=())
        assert sign_in(person).post(link_in(letter), {"answer": "accept"}).url == circle.get_absolute_url()
        assert sign_in(person).post(link_in(letter), {"answer": "accept"}).status_code == 410
    assert not CircleInvitation.objects.exists()
    at = now()
    draft = reverse("circles:agreement_draft", args=[circle.pk])
    form = sign_in(noor).get(draft).context["form"]
    assert "blijft in de kring" in str(form)
    last_day = localdate(at) + timedelta(days=90)
    sent = {"id": form["id"].value(), "ends_on": last_day.isoformat(), "clause_0": "We luisteren eerst."}
    for _ in range(2):  # a double click
        assert sign_in(noor).post(draft, sent).status_code == 302
    at, version = now(), CircleAgreement.objects.get()
    assert list(version.signatures.values_list("signed_at", flat=True)) == [None] * 4
    for person in (bram, noor, amir):
        page = sign_in(person).get(reverse("circles:agreement", args=[circle.pk])).content.decode()
        assert "We luisteren eerst." in page and "dubbele pet" in page
        signed = {"agreement": str(version.pk)}
        sign_in(person).post(reverse("circles:sign_agreement", args=[circle.pk]), signed)
        assert now_of(circle).hats_of(person, at) == {Hat.FACILITATOR if person == bram else Hat.NEWCOMER}
    assert members_of(now_of(circle), at) == [bram]
    at = now()
    goal = keep(Goal, by=bram, at=at, text="Ik luister.")
    share(goal, onto=circle.bond, by=bram, at=at)
    assert not Goal.objects.visible_to(noor, at).exists()  # not all have signed
    sign_agreement(now_of(circle), agreement=version.pk, by=vera, at=at)
    assert now_of(circle).state == CircleState.RUNNING
    assert members_of(now_of(circle), at) == [bram, amir, noor, vera]
    assert Goal.objects.visible_to(noor, at).get() == goal
    assert Seat.objects.get(bond=circle.bond, person=bram).closes_at is not None
    assert "onderweg" in read_by(noor, at + timedelta(days=1))


def test_v24_a_circle_ends_on_its_last_day_and_is_erased_a_month_later(
    bram: Person, noor: Person, amir: Person, vera: Person, at: datetime
) -> None:
    circle = make_circle(bram, [noor, amir, vera], at)
    goal = keep(Goal, by=bram, at=at, text="Ik luister.")
    share(goal, onto=circle.bond, by=bram, at=at)
    assert Goal.objects.visible_to(noor, at).get() == goal
    after = at + timedelta(days=122)
    assert not Goal.objects.visible_to(noor, after).exists()  # also before the job wrote it down
    assert end_circles_on_time(after) == 1 and end_circles_on_time(after) == 0
    assert "voorbij" in read_by(noor, after)
    assert erase_ended_circles(after) == 0
    assert erase_ended_circles(after + timedelta(days=30)) == 1
    assert not Circle.objects.exists() and not Share.objects.exists()
    assert not DataKey.objects.filter(pk=circle.pk).exists() and Erased.objects.count() == 1
    assert Goal.objects.get() == goal


def test_a_no_and_a_silence_leave_nothing_and_sound_the_same(
    bram: Person, noor: Person, at: datetime, client: Client
) -> None:
    circle = start_circle(by=bram, at=at, name="Kring")
    said = []
    for end in ("no", "silence"):
        invite_to_circle(circle, by=bram, at=at, email=f"{end}@elders.example")
        link = link_in(mail.outbox[-1])
        if end == "no":
            assert client.get(link).status_code == 200
            assert client.post(link, {"answer": "accept"}).status_code == 200  # nobody, so nothing
            assert client.post(link, {"answer": "decline"}).status_code == 302
            assert client.get(link).status_code == 410
        else:
            assert erase_expired_circle_invitations(at + timedelta(days=21)) == 1
        said.append((mail.outbox[-1].subject, mail.outbox[-1].body, mail.outbox[-1].to))
    assert said[0] == said[1]
    assert not CircleInvitation.objects.exists()
    with pytest.raises(CannotInvite, match="eigen"):
        invite_to_circle(circle, by=bram, at=at, email=bram.email.upper())
    letter = invite_to_circle(circle, by=bram, at=at, email=noor.email)
    with pytest.raises(CannotInvite, match="nog open"):
        invite_to_circle(circle, by=bram, at=at, email=noor.email)
    with pytest.raises(Denied):
        accept_circle_invitation(letter, by=make_person("Ander"), at=at)
    with pytest.raises(Denied):
        invite_to_circle(circle, by=noor, at=at, email="x@elders.example")


def test_a_thirteenth_member_hears_a_kind_sentence_at_inviting_and_at_accepting(
    bram: Person, at: datetime, sign_in: SignIn
) -> None:
    people = [make_person(f"Lid{number}") for number in range(1, 14)]
    circle = make_circle(bram, people[:11], at)
    twelfth = invite_to_circle(circle, by=bram, at=at, email=people[11].email)
    page = (
        sign_in(bram)
        .post(reverse("circles:invite", args=[circle.pk]), {"email": people[12].email})
        .content.decode()
    )
    assert "twaalf" in page
    CirclePlace.objects.create(circle=circle, person=people[12], hat="member", came_at=at)
    page = sign_in(people[11]).post(link_in(mail.outbox[0]), {"answer": "accept"})
    assert page.status_code == 200 and "vol" in page.content.decode()
    with pytest.raises(CircleIsFull):
        accept_circle_invitation(twelfth, by=people[11], at=at)
    assert CircleInvitation.objects.filter(pk=twelfth.pk).exists()  # open, for when somebody leaves


def test_who_comes_later_reads_from_the_last_signature_on_and_everybody_was_told_what(
    bram: Person, noor: Person, amir: Person, vera: Person, stan: Person, at: datetime, sign_in: SignIn
) -> None:
    circle = make_circle(bram, [noor, amir, vera], at - timedelta(days=3))
    goal = keep(Goal, by=noor, at=at, text="Ik durf te vragen.")
    share(goal, onto=circle.bond, by=noor, at=at)
    letter = invite_to_circle(circle, by=bram, at=at, email=stan.email)
    accept_circle_invitation(letter, by=stan, at=at)
    version = newest_agreement(circle)
    assert version is not None and version.number == 2
    mine = sign_in(noor).get(reverse("circles:agreement", args=[circle.pk])).content.decode()
    assert "Ik durf te vragen." in mine and "Stan" in mine
    assert reverse("belongings:share", args=[goal.pk]) in mine
    assert "Ik durf" not in sign_in(amir).get(reverse("circles:agreement", args=[circle.pk])).content.decode()
    assert "afspraken" in read_by(amir, at)
    for person in (bram, noor, amir, stan):
        sign_agreement(now_of(circle), agreement=version.pk, by=person, at=at)
    assert now_of(circle).hats_of(stan, at) == {Hat.NEWCOMER}
    assert not Goal.objects.visible_to(stan, at).exists()
    assert (
        "Ik durf" not in sign_in(stan).get(reverse("circles:questions_of", args=[circle.pk])).content.decode()
    )
    leave_circle(
        now_of(circle), by=vera, at=at
    )  # the last one who thinks about it goes: all who are left have signed
    assert now_of(circle).hats_of(stan, at) == {Hat.MEMBER}
    assert Goal.objects.visible_to(stan, at).get() == goal


def test_v24_who_leaves_reads_nothing_and_is_read_no_longer_and_two_left_go_on(
    bram: Person, noor: Person, amir: Person, vera: Person, at: datetime, sign_in: SignIn
) -> None:
    circle = make_circle(bram, [noor, amir, vera], at - timedelta(days=3))
    for person in (noor, amir):
        share(keep(Goal, by=person, at=at, text=person.name), onto=circle.bond, by=person, at=at)
    address = reverse("circles:leave", args=[circle.pk])
    assert sign_in(noor).get(address).status_code == 200
    assert sign_in(noor).post(address).url == reverse("circles:overview")
    assert sign_in(noor).post(address).status_code == 404
    assert sign_in(noor).get(circle.get_absolute_url()).status_code == 404
    assert [thing.owner for thing in Thing.objects.visible_to(noor, at)] == [noor]
    assert [thing.owner for thing in Thing.objects.visible_to(vera, at)] == [amir]
    assert circles_of(noor, at) == []
    assert "kleiner" in read_by(vera, at)
    leave_circle(now_of(circle), by=bram, at=at)
    assert now_of(circle).facilitator is None and members_of(now_of(circle), at) == [amir, vera]
    page = sign_in(vera).get(circle.get_absolute_url()).content.decode()
    assert "rust" in page
    leave_circle(now_of(circle), by=vera, at=at)  # alone nobody is a circle
    assert now_of(circle).state == CircleState.ENDED
    assert circles_of(amir, at) == [] and Share.objects.filter(revoked_at=None).count() == 0


def test_agreements_are_never_changed_by_one_and_two_writers_see_each_other(
    bram: Person, noor: Person, amir: Person, vera: Person, at: datetime, sign_in: SignIn
) -> None:
    circle = make_circle(bram, [noor, amir, vera], at - timedelta(days=3))
    first = newest_agreement(circle)
    assert first is not None
    day = localdate(at) + timedelta(days=200)
    sealed = Seat.objects.get(bond=circle.bond, person=noor).closes_at
    second = draft_agreement(circle, by=noor, at=at, ends_on=day, clauses=("We luisteren.",), seen=first.pk)
    with pytest.raises(NewerVersion):
        draft_agreement(circle, by=amir, at=at, ends_on=day, clauses=(), seen=first.pk)
    for wrong in (localdate(at) - timedelta(days=1), localdate(at) + timedelta(days=367)):
        with pytest.raises(DayDoesNotFit):
            draft_agreement(circle, by=amir, at=at, ends_on=wrong, clauses=(), seen=second.pk)
    with pytest.raises(NotTheNewest):
        sign_agreement(circle, agreement=first.pk, by=amir, at=at)
    page = sign_in(amir).get(reverse("circles:agreement", args=[circle.pk])).content.decode()
    assert "<del>We luisteren eerst.</del>" in page and "<ins>We luisteren.</ins>" in page
    for person in (noor, amir, vera):
        sign_agreement(circle, agreement=second.pk, by=person, at=at)
    assert Seat.objects.get(bond=circle.bond, person=noor).closes_at == sealed  # V11: bram did not sign
    arrange_circle(now_of(circle), by=bram, at=at, name="Kring", has_double_hat=True)
    third = newest_agreement(circle)
    assert third is not None and third.number == 3  # R8: who signed before it was told signs again
    assert not third.signatures.exclude(signed_at=None).exists()
    beside = {"seen": str(second.pk), "ends_on": day.isoformat(), "clause_0": "Van mij."}
    answer = sign_in(vera).post(reverse("circles:agreement_draft", args=[circle.pk]), beside)
    assert answer.status_code == 200 and "Van mij." in answer.content.decode()
