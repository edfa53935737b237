"""The end of a semester: renewing, looking halfway, looking back, a letter to a next coach; and a hand when it was quiet."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from klimtouw.foundation.clock import now
from klimtouw.relations.choices import State
from klimtouw.relations.models import Contract, HandoverLetter, Relation
from tests.journeys.scenes import on_a_rope
from tests.journeys.walker import Walker, Way
from tests.stories import make_relation

WAYS = (
    Way("nl", 390, "light"),
    Way("en", 1280, "dark"),
    Way("nl", 390, "dark", has_javascript=False),
)
WITHOUT_SCRIPTS = WAYS[2:]
"""With scripts, on a phone and a desk, this is part of the journey of a whole semester."""
GETS, TAKES, THANKS = "Hij luistert echt.", "Ik durf het te vragen.", "Voor je vragen in de gang."
LETTER = "Beste volgende coach, wat mij helpt is tijd."


def agreed(relation: Relation, *, since: int, left: int) -> None:
    """Let their contract have begun some days ago, with some days left."""
    today = localdate(now())
    Contract.objects.filter(relation=relation).update(
        starts_on=today - timedelta(days=since),
        ends_on=today + timedelta(days=left),
        in_force_at=now() - timedelta(days=since),
    )
    relation.work_bond.seats.filter(hat="coach").update(closes_at=now() + timedelta(days=left))


@pytest.mark.parametrize("way", WITHOUT_SCRIPTS, ids=str)
def test_r13_r14_two_renew_look_halfway_look_back_and_a_letter_goes_on(
    walker: Callable[..., Walker], way: Way
) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    relation = on_a_rope(noor, bram)
    key = relation.pk
    agreed(relation, since=100, left=10)
    _renew(noor, bram, relation)
    _look_halfway(noor, bram, relation)
    _look_back(noor, bram, relation)
    noor.follows("relations:letter_new", key)
    noor.sends(text=LETTER)
    noor.reads(noor.says("Only you can read this."))
    letter = HandoverLetter.objects.get(owner__email=noor.email)
    amir = walker("Amir")
    later = make_relation(relation.coachee, amir.is_known(), State.ACQUAINTING, now())
    amir.opens("relations:acquaintance", later.pk)
    amir.cannot_find(LETTER)
    noor.opens("relations:acquaintance", later.pk)
    noor.follows("relations:letter", letter.pk)
    noor.sends("[value=share]")
    amir.opens("relations:acquaintance", later.pk)
    amir.reads(LETTER)
    amir.cannot_find(GETS, TAKES, THANKS)


def _renew(noor: Walker, bram: Walker, relation: Relation) -> None:
    bram.opens("home")
    bram.follows("relations:ending", relation.pk)
    bram.reads(bram.says("Let it end by itself"))
    bram.follows_link(reverse("relations:contract_draft", args=[relation.pk]) + "?verlengen")
    bram.sends(ends_on=(localdate(now()) + timedelta(days=90)).isoformat())
    bram.sends()
    noor.opens("home")
    noor.follows("relations:contract", relation.pk)
    noor.sends()
    noor.reads(noor.says("You both signed this. It holds until the last day, or until one of you stops."))


def _look_halfway(noor: Walker, bram: Walker, relation: Relation) -> None:
    noor.opens("relations:relation", relation.pk)
    noor.follows("relations:midway", relation.pk)
    noor.follows("relations:look", relation.pk, "gevoel")
    noor.sends("[value=both]", gets=GETS, more="Iemand leren kennen op de dienst.")
    bram.opens("relations:midway", relation.pk)
    bram.reads(GETS)
    bram.follows("relations:look", relation.pk, "gevoel")
    bram.sends("[value=me]", gives="Tijd, hoop ik.")
    bram.reads(bram.says("Only you can read this."))


def _look_back(noor: Walker, bram: Walker, relation: Relation) -> None:
    bram.opens("relations:relation", relation.pk)
    bram.follows("relations:closing", relation.pk)
    bram.follows("relations:look", relation.pk, "bedanken")
    bram.sends("[value=both]", text=THANKS)
    noor.opens("relations:closing", relation.pk)
    noor.reads(THANKS)
    noor.follows("relations:look", relation.pk, "meenemen")
    noor.sends("[value=me]", text=TAKES)
    noor.follows("relations:complete", relation.pk)
    noor.sends()
    noor.reads(noor.says("You two completed this stretch"))
    bram.opens("relations:relation", relation.pk)
    bram.cannot_find(TAKES, GETS)


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_r9_a_coach_notes_a_picture_for_themself_and_wipes_it(
    walker: Callable[..., Walker], way: Way
) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    relation = on_a_rope(noor, bram, State.ACQUAINTING)
    bram.opens("relations:acquaintance", relation.pk)
    bram.follows("relations:image", relation.pk)
    bram.sends(text="Ik hoorde dat ze stil is.")
    bram.reads("Ik hoorde dat ze stil is.", bram.says("Only you can read this, always. It cannot be shared."))
    noor.opens("relations:acquaintance", relation.pk)
    noor.cannot_find("Ik hoorde dat ze stil is.")
    bram.sends("[value=wipe]")
    bram.cannot_find("Ik hoorde dat ze stil is.")


@pytest.mark.parametrize("way", WITHOUT_SCRIPTS, ids=str)
def test_r11_when_it_was_quiet_both_find_a_hand(walker: Callable[..., Walker], way: Way) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    relation = on_a_rope(noor, bram)
    agreed(relation, since=29, left=100)
    bram.opens("home")
    bram.follows("hand:idea", relation.pk)
    bram.reads(bram.says("The words are yours. We send nothing in your name."))
    noor.opens("home")
    noor.follows("hand:note", relation.pk)
    noor.sends("[value=other]")
    noor.reads(noor.says("You can always talk to somebody else"))
    noor.follows("hand:note", relation.pk)
    noor.sends("[value=well]")
    noor.cannot_find(reverse("hand:note", args=[relation.pk]))
