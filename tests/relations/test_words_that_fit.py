"""Words that fit what they are about: a letter, a version of the contract, and the copies that are kept."""

from collections.abc import Callable
from datetime import datetime

from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from klimtouw.people.models import Person
from klimtouw.relations.actions.contracts import draft_contract
from klimtouw.relations.actions.looking import write_letter_to_next
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.relations.terms import Terms, a_year_after
from klimtouw.relations.told import CONTRACT_DRAFTED
from tests.stories import make_relation

SignIn = Callable[[Person], Client]


def test_r13_a_letter_to_a_next_coach_is_taken_away_by_its_own_word(
    running_relation: Relation, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    letter = write_letter_to_next(relation=running_relation, by=noor, at=at, text="Mijn brief.", seen=0)
    assert letter
    page = sign_in(noor).get(reverse("relations:letter", args=[letter.pk])).content.decode()
    assert "Haal hem weg" in page
    assert "Haal het weg" not in page


def test_r6_a_version_of_the_contract_is_read_when_it_suits(noor: Person, bram: Person, at: datetime) -> None:
    today = localdate(at)
    terms = Terms(
        starts_on=today,
        ends_on=a_year_after(today),
        talks=5,
        rhythm="fortnightly",
        availability="",
        clauses=(),
    )
    relation = make_relation(noor, bram, State.CONTRACTING, at)
    draft_contract(relation=relation, by=bram, at=at, terms=terms, seen=None)
    line = CONTRACT_DRAFTED.say(noor, at, relation.pk)
    assert line
    assert [link.words for link in line.links] == ["Lees ze wanneer het jou past"]


def test_v24_the_copies_that_are_kept_have_one_name(
    noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    relation = make_relation(noor, bram, State.ACQUAINTING, at)
    page = sign_in(bram).get(reverse("relations:image", args=[relation.pk])).content.decode()
    assert "ook uit reservekopieën" in page
    assert "back-up" not in page
