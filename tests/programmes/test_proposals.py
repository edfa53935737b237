"""A circle that a coordinator proposes: names alone, a private yes or rather not, and no trace of a no (G3, V8)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from klimtouw.access.decide import Denied, may
from klimtouw.access.table import Action
from klimtouw.notices.models import Notice
from klimtouw.people.models import Person
from klimtouw.people.second_lock import page_of
from klimtouw.programmes.choices import ProposalState
from klimtouw.programmes.models import (
    CircleProposal,
    Institution,
    Membership,
    Programme,
    ProposalAnswer,
    ProposedPerson,
)
from klimtouw.programmes.proposals.actions import (
    WrongProposal,
    answer_proposal,
    forget_settled_proposals,
    leave_proposals,
    propose_circle,
    settle,
    settle_what_is_due,
)
from klimtouw.programmes.proposals.queries import names_in, proposals_for
from tests.at_once import at_once
from tests.stories import make_person

SignIn = Callable[[Person], Client]
NAMES = ("Noor", "Amir", "Lotte", "Yusuf")


def enrol(programme: Programme, *names: str) -> list[Person]:
    """Let learners belong to a programme."""
    people = [make_person(name) for name in names]
    Membership.objects.bulk_create(Membership(person=p, programme=programme, hat="learner") for p in people)
    return people


@pytest.fixture
def learners(programme: Programme) -> list[Person]:
    """Noor, Amir, Lotte and Yusuf belong to the programme."""
    return enrol(programme, *NAMES)


@pytest.fixture
def proposal(
    programme: Programme, vera: Person, bram: Person, learners: list[Person], at: datetime
) -> CircleProposal:
    """Vera proposes a circle of four that Bram would facilitate."""
    Membership.objects.create(person=bram, programme=programme, hat="staff")
    return propose_circle(
        programme, by=vera, at=at, facilitator=bram.pk, members=[one.pk for one in learners],
        answer_by=localdate(at) + timedelta(days=7),
    )  # fmt: skip


def names(proposal: CircleProposal) -> set[str]:
    """Return who stands in a proposal."""
    rows = ProposedPerson.objects.filter(proposal=proposal).select_related("person")
    return {row.person.name for row in rows}


def test_v7_v8_a_circle_goes_on_with_those_for_whom_it_feels_right_and_a_no_leaves_no_trace(
    proposal: CircleProposal,
    bram: Person,
    vera: Person,
    learners: list[Person],
    at: datetime,
    sign_in: SignIn,
) -> None:
    noor, amir, lotte, yusuf = learners
    for one in (bram, noor, amir):
        assert answer_proposal(proposal, by=one, at=at, feels_right=True) is None
    answer_proposal(proposal, by=lotte, at=at, feels_right=True)
    assert answer_proposal(proposal, by=lotte, at=at, feels_right=False) is None
    assert names(proposal) == {"Bram", *NAMES}, "nobody sees that somebody said no"
    desk = reverse("basecamp:desk", args=[proposal.programme_id])
    before = sign_in(vera).get(desk).content.decode()
    assert "Is aan het vormen" in before and "Lotte" in before
    assert answer_proposal(proposal, by=yusuf, at=at, feels_right=True) is None, (
        "the moment would betray the no"
    )
    assert names(proposal) == {"Bram", *NAMES}
    agreed = settle(proposal.pk, at=at + timedelta(days=8))
    assert agreed is not None and agreed.facilitator == bram
    assert [one.name for one in agreed.members] == ["Amir", "Noor", "Yusuf"]
    assert names(proposal) == {"Bram", "Noor", "Amir", "Yusuf"}
    assert not ProposalAnswer.objects.exists()
    after = sign_in(vera).get(desk).content.decode()
    assert "Gaat verder met deze mensen" in after and "Lotte" not in after
    told = Notice.objects.filter(kind="circle_goes_on").values_list("person__display_name", flat=True)
    assert set(told) == {"Bram", "Noor", "Amir", "Yusuf"}


@pytest.mark.parametrize("who", ["facilitator", "two members"])
def test_v8_without_enough_yeses_it_does_not_go_on_in_the_same_words_for_everybody(
    who: str,
    proposal: CircleProposal,
    bram: Person,
    vera: Person,
    learners: list[Person],
    at: datetime,
    sign_in: SignIn,
) -> None:
    refusing = {bram} if who == "facilitator" else set(learners[:2])
    for one in (bram, *learners):
        answer_proposal(proposal, by=one, at=at, feels_right=one not in refusing)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.FORMING and settle_what_is_due(at) == []
    assert settle(proposal.pk, at=at + timedelta(days=8)) is None
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.ENDED
    assert not ProposedPerson.objects.exists() and not ProposalAnswer.objects.exists()
    assert Notice.objects.filter(kind="circle_does_not_go_on", about=proposal.pk).count() == 5
    desk = sign_in(vera).get(reverse("basecamp:desk", args=[proposal.programme_id])).content.decode()
    assert "Gaat niet verder" in desk and "Amir" not in desk and "Bram" not in desk
    assert forget_settled_proposals(at=at + timedelta(days=37)) == 0
    assert forget_settled_proposals(at=at + timedelta(days=39)) == 1


def test_whoever_did_not_answer_by_the_last_day_does_not_join(
    proposal: CircleProposal, bram: Person, learners: list[Person], at: datetime
) -> None:
    for one in (bram, *learners[:3]):
        answer_proposal(proposal, by=one, at=at, feels_right=True)
    assert settle(proposal.pk, at=at + timedelta(days=6)) is None
    later = at + timedelta(days=8)
    assert settle_what_is_due(later) == [proposal.pk]
    assert not may(learners[3], Action.ANSWER_PROPOSAL, proposal, later)
    agreed = settle(proposal.pk, at=later)
    assert agreed is not None and {one.name for one in agreed.members} == {"Noor", "Amir", "Lotte"}
    assert settle(proposal.pk, at=later) is None and settle_what_is_due(later) == []
    assert names(proposal) == {"Bram", "Noor", "Amir", "Lotte"}


def test_v7_an_answer_is_read_by_nobody_else(
    proposal: CircleProposal, vera: Person, stan: Person, ines: Person, learners: list[Person], at: datetime
) -> None:
    noor, amir = learners[:2]
    answer_proposal(proposal, by=noor, at=at, feels_right=False)
    assert [one.pk for one in proposals_for(amir, at)] == [proposal.pk] and proposals_for(noor, at) == []
    for other in (vera, stan, ines):
        assert not may(other, Action.ANSWER_PROPOSAL, proposal, at)
        with pytest.raises(Denied):
            answer_proposal(proposal, by=other, at=at, feels_right=True)
    if connection.vendor == "postgresql":
        for other, seen in ((amir, 0), (vera, 0), (noor, 1)):
            with page_of(other.pk, at):
                assert ProposalAnswer.objects.count() == seen
    with page_of(amir.pk, at):
        assert names_in(proposal).members == sorted(learners, key=lambda one: one.name)
    leave_proposals(noor)
    assert names(proposal) == {"Bram", "Amir", "Lotte", "Yusuf"} and not ProposalAnswer.objects.exists()


@pytest.mark.only_on("postgresql")  # SQLite in memory knows no two writers
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_last_two_answers_at_the_same_moment_settle_it_once(
    proposal: CircleProposal, bram: Person, learners: list[Person], at: datetime
) -> None:
    for one in (bram, *learners[:2]):
        answer_proposal(proposal, by=one, at=at, feels_right=True)

    def say(person: Person) -> object:
        with page_of(person.pk, at):
            return answer_proposal(proposal, by=person, at=at, feels_right=True)

    settled = at_once(*(lambda one=one: say(one) for one in learners[2:]))
    assert [one is None for one in settled].count(False) == 1, settled
    assert names(proposal) == {"Bram", *NAMES}


def test_a_coordinator_names_people_of_the_own_programme_and_sees_faults_beside_the_field(
    programme: Programme,
    vera: Person,
    bram: Person,
    stan: Person,
    learners: list[Person],
    at: datetime,
    sign_in: SignIn,
) -> None:
    client, page = sign_in(vera), reverse("basecamp:propose_circle", args=[programme.pk])
    Membership.objects.create(person=bram, programme=programme, hat="staff")
    some = [str(one.pk) for one in learners]
    good = {
        "id": str(uuid4()),
        "facilitator": str(bram.pk),
        "members": some,
        "answer_by": localdate(at) + timedelta(days=5),
    }
    for field, value in (
        ("members", some[:2]), ("members", [*some[:3], str(bram.pk)]), ("members", [*some[:3], str(stan.pk)]),
        ("facilitator", ""), ("facilitator", str(stan.pk)), ("answer_by", localdate(at)), ("answer_by", "31-02-2026"),
    ):  # fmt: skip
        form = client.post(page, good | {field: value}).context["form"]
        assert list(form.errors) == [field], value
    crowd = enrol(programme, *(f"Lid{number}" for number in range(13)))
    assert list(
        client.post(page, good | {"members": [str(one.pk) for one in crowd]}).context["form"].errors
    ) == ["members"]
    for _twice in range(2):
        assert client.post(page, good).url == reverse("basecamp:desk", args=[programme.pk])
    assert CircleProposal.objects.get().pk == UUID(good["id"])
    assert Notice.objects.filter(kind="circle_proposed").count() == 5
    for wrong in ({"members": learners[:2]}, {"members": [*learners, stan]}, {"facilitator": learners[0]}):
        chosen = {"facilitator": bram, "members": learners} | wrong
        with pytest.raises(WrongProposal):
            propose_circle(
                programme, by=vera, at=at, facilitator=chosen["facilitator"].pk,  # type: ignore[union-attr]
                members=[one.pk for one in chosen["members"]],  # type: ignore[union-attr]
                answer_by=localdate(at) + timedelta(days=5),
            )  # fmt: skip


def test_the_desk_costs_the_same_with_one_proposal_and_with_three(
    programme: Programme, vera: Person, bram: Person, learners: list[Person], at: datetime, sign_in: SignIn
) -> None:
    Membership.objects.create(person=bram, programme=programme, hat="staff")
    elsewhere = Institution.objects.create(name="Elders", kind="nl_hbo").programmes.create(name="Pabo")
    client, counted = sign_in(vera), []
    for _one in range(3):
        propose_circle(
            programme, by=vera, at=at, facilitator=bram.pk, members=[one.pk for one in learners],
            answer_by=localdate(at) + timedelta(days=5),
        )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("basecamp:desk", args=[programme.pk]))
        counted.append(len(queries))
    assert counted == [counted[0]] * 3 and counted[0] <= 9
    assert client.get(reverse("basecamp:propose_circle", args=[elsewhere.pk])).status_code == 404
