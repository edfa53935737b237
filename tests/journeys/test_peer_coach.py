"""The whole ladder on a phone, to a peer relation on the way and an attestation that is revoked (G1, G2, V22)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from klimtouw.belongings.actions import keep, share
from klimtouw.climb.models import Goal
from klimtouw.foundation.clock import now
from klimtouw.peers.choices import Step
from klimtouw.peers.models import Attestation, Support, Training
from klimtouw.people.models import Person
from klimtouw.programmes.models import Institution, Membership, Programme
from klimtouw.relations.actions.acquaintance import declare_double_hat
from klimtouw.relations.actions.beginning import mark_first_talk_held
from klimtouw.relations.actions.click import answer_click
from klimtouw.relations.actions.contracts import draft_contract
from klimtouw.relations.choices import Click, Rhythm
from klimtouw.relations.clauses import first_clauses
from klimtouw.relations.models import Relation
from klimtouw.relations.terms import Terms
from tests.journeys.walker import Walker, Way
from tests.peers.outside_checker import check

WAYS = (Way("nl", 390, "light"),)
WORDS = "Je liet een stilte vallen. Dat is moed."
GOAL = "Ik wil durven vragen op stage"


def in_one_programme(student: Walker, fellow: Walker, staff: Walker) -> tuple[Person, Person, Person]:
    """Let two students and somebody of the staff belong to one programme."""
    college = Institution.objects.create(name="Hogeschool De Kade", kind="be_higher")
    programme = Programme.objects.create(institution=college, name="Verpleegkunde")
    people = (student.is_known(), fellow.is_known(), staff.is_known())
    for person, hat in zip(people, ("learner", "learner", "staff"), strict=True):
        Membership.objects.create(person=person, programme=programme, hat=hat)
    return people


def walks_the_ladder(amir: Walker, bram: Walker) -> None:
    """Asked, attested rung by rung, given, and shown to somebody outside."""
    amir.opens("relations:overview")
    amir.follows("peers:home")
    amir.follows("peers:ask_trainer")
    amir.page.locator("main [name=staff]").check()
    amir.sends()
    bram.opens("peers:trainees")
    training = Training.objects.get(staff__email=bram.email)
    bram.follows("peers:answer_training", training.pk)
    bram.sends("[value=yes]")
    bram.follows("peers:training", training.pk)
    for step in reversed(Step):
        bram.follows("peers:rung", training.pk, step.value)
        bram.sends(text=WORDS)
        bram.cannot_find(WORDS)
    bram.follows("peers:attest", training.pk)
    bram.sends()
    given = Attestation.objects.get(owner__email=amir.email)
    amir.opens("peers:home")
    amir.reads(WORDS)
    amir.follows("peers:attestation", given.pk)
    key = str(amir.page.locator("main code").text_content())
    document = amir.downloads("peers:document", given.pk)
    assert check(document, fingerprint=key, at=now() + timedelta(seconds=1))["id"] == given.pk.urn


def finds_a_coach_behind(amir: Walker, bram: Walker) -> None:
    """Asks, and hears yes."""
    amir.opens("peers:home")
    amir.follows("peers:ask_support")
    amir.page.locator("main [name=staff]").check()
    amir.sends()
    bram.opens("peers:trainees")
    bram.follows("peers:answer_support", Support.objects.get(owner__email=amir.email).pk)
    bram.sends("[value=yes]")


def climb_together(amir: Walker, noor: Walker) -> Relation:
    """Invited, with the name of who stands behind; the first talk and the click are told elsewhere; both sign."""
    amir.opens("peers:home")
    amir.follows_link(f"{reverse('relations:invite')}?as=coach")
    amir.sends(email=noor.email)
    noor.opens_mail(reverse("relations:invitation", args=["x"]).rsplit("/x", 1)[0])
    noor.reads("Bram", noor.says("A fellow student coaches you"))
    noor.sends("[value=accept]")
    relation = Relation.objects.select_related("coach", "coachee").get(pk=noor.here["relation"])
    at = now()
    declare_double_hat(relation, by=relation.coach, at=at, has_double_hat=False)
    mark_first_talk_held(relation, by=relation.coach, at=at)
    for who in (relation.coach, relation.coachee):
        relation = answer_click(relation, by=who, at=at, answer=Click.YES)
    today = localdate(at)
    terms = Terms(
        starts_on=today,
        ends_on=today + timedelta(days=90),
        talks=5,
        rhythm=Rhythm.FORTNIGHTLY,
        clauses=first_clauses(relation, "nl"),
    )
    draft_contract(relation=relation, by=relation.coach, at=at, terms=terms)
    for who in (amir, noor):
        who.opens("relations:contract", relation.pk)
        who.reads("Bram")
        who.sends()
    return relation


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_v22_from_the_first_question_to_a_peer_relation_that_rests(
    walker: Callable[..., Walker], way: Way
) -> None:
    amir, noor, bram = (walker(name) for name in ("Amir", "Noor", "Bram"))
    _amir, climber, _bram = in_one_programme(amir, noor, bram)
    walks_the_ladder(amir, bram)
    finds_a_coach_behind(amir, bram)
    relation = climb_together(amir, noor)
    goal = keep(Goal, by=climber, at=now(), text=GOAL)
    share(goal, onto=relation.work_bond, by=climber, at=now())
    amir.opens("climb:follow", relation.pk)
    amir.reads(GOAL)
    bram.opens("peers:trainees")
    bram.follows("relations:peer_coach", Support.objects.get(owner__email=amir.email).pk)
    bram.reads("Noor")
    bram.cannot_find(GOAL)
    bram.opens("peers:trainees")
    bram.follows("relations:revoke_attestation", Attestation.objects.get(owner__email=amir.email).pk)
    bram.sends(".button--leave")
    amir.opens("climb:follow", relation.pk)
    amir.cannot_find(GOAL)
    for who, other in ((amir, "Noor"), (noor, "Amir")):
        who.opens("relations:relation", relation.pk)
        who.reads(
            who.says(
                "Your peer coaching with %(name)s rests for now. What you wrote stays, and nobody reads along.",
                name=other,
            )
        )
    noor.opens("relations:take_up", relation.pk)
    noor.reads(noor.says("This rests for now: something is still missing for peer coaching."))
