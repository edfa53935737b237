"""Open for a new match: a name on the desk, taken back in one act, gone with a new beginning (R5)."""

from collections.abc import Callable
from datetime import datetime

from django.test import Client
from django.urls import reverse

from klimtouw.people.models import Person
from klimtouw.programmes.models import Membership, OpenToMatch, Programme
from klimtouw.relations.actions import begin_relation
from klimtouw.relations.choices import Origin, State
from klimtouw.takeaway.erasing import erase_everything
from tests.stories import make_person, make_relation

SignIn = Callable[[Person], Client]
MATCH = "Ik sta open voor een nieuwe match"


def test_r5_v8_v9_the_coordinator_sees_a_name_and_nothing_else_until_it_is_taken_back(
    noor: Person, bram: Person, vera: Person, programme: Programme, sign_in: SignIn, at: datetime
) -> None:
    Membership.objects.get_or_create(person=noor, programme=programme, hat="learner")
    relation = make_relation(noor, bram, State.RUNNING, at, programme)
    client, page, desk = (
        sign_in(noor),
        reverse("programmes:match"),
        reverse("basecamp:desk", args=[programme.pk]),
    )
    other = client.get(reverse("hand:other", args=[relation.pk])).content.decode()
    assert page in other
    assert reverse("relations:pause", args=[relation.pk]) in other
    assert MATCH in client.get(page).content.decode()
    for _ in range(2):
        client.post(page, {"open": programme.pk})
    assert OpenToMatch.objects.count() == 1
    seen = sign_in(vera).get(desk).content.decode()
    assert "Open voor een nieuwe match" in seen
    for one in (sign_in(bram).get(reverse("relations:relation", args=[relation.pk])), sign_in(bram).get("/")):
        assert "nieuwe match" not in one.content.decode()
    assert sign_in(bram).get(desk).status_code == 404
    client.post(page, {"close": programme.pk})
    assert not OpenToMatch.objects.exists()
    assert "Open voor een nieuwe match" not in sign_in(vera).get(desk).content.decode()


def test_r5_who_does_not_learn_there_opens_nothing_and_a_new_relation_or_erasing_forgets_it(
    noor: Person, bram: Person, programme: Programme, sign_in: SignIn, at: datetime
) -> None:
    stranger, page = make_person("Sara"), reverse("programmes:match")
    sign_in(stranger).post(page, {"open": programme.pk})
    assert not OpenToMatch.objects.exists()
    for end in (
        lambda: begin_relation(coachee=noor, coach=bram, origin=Origin.CHOSEN, at=at, programme=programme),
        lambda: erase_everything(noor, by=noor, at=at),
    ):
        Membership.objects.get_or_create(person=noor, programme=programme, hat="learner")
        sign_in(noor).post(page, {"open": programme.pk})
        assert OpenToMatch.objects.count() == 1
        end()
        assert not OpenToMatch.objects.exists()


def test_r5_v9_a_coach_who_coordinates_does_not_see_it_of_the_own_coachee(
    noor: Person, bram: Person, vera: Person, programme: Programme, sign_in: SignIn, at: datetime
) -> None:
    Membership.objects.create(person=noor, programme=programme, hat="learner")
    Membership.objects.create(person=bram, programme=programme, hat="coordinator")
    make_relation(noor, bram, State.RUNNING, at, programme)
    page, desk = reverse("programmes:match"), reverse("basecamp:desk", args=[programme.pk])
    assert "Je coach ziet het niet" in sign_in(noor).get(page).content.decode()
    sign_in(noor).post(page, {"open": programme.pk})
    assert sign_in(bram).get(desk).context["desk"].open_to_match == []
    assert sign_in(vera).get(desk).context["desk"].open_to_match == ["Noor"]
