"""An old copy came back in which the key of a relation is gone: a kind sentence, and everything else works (P5)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from klimtouw.belongings.actions import keep
from klimtouw.climb.models import Entry
from klimtouw.people import keyring
from klimtouw.people.models import DataKey, Person
from klimtouw.relations.choices import State
from klimtouw.relations.models import Clause, Relation
from klimtouw.takeaway.package.opening import content_in
from klimtouw.talks.models import Talk

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
KIND = "Hun sleutel is vernietigd en komt niet terug. Jij deed niets fout."


@pytest.fixture
def talk(running_relation: Relation, noor: Person, bram: Person, at: datetime) -> Talk:
    """A talk of a relation with joint words, of which the key is gone; Noor wrote something herself too."""
    contract = running_relation.contracts.get()
    contract.availability = "Dinsdag samen."
    contract.save(update_fields=["availability"])
    Clause.objects.create(contract=contract, position=1, text="Wat we zeggen blijft hier.")
    keep(Entry, by=noor, at=at, text="Ik durf.")
    talk = Talk.objects.create(
        relation=running_relation,
        proposed_by=bram,
        proposed_at=at,
        place="Tuin",
        starts_at=at + timedelta(days=1),
    )
    DataKey.objects.filter(pk=running_relation.pk).delete()
    keyring.forget()
    return talk


@pytest.mark.parametrize(
    "page", ["relations:contract", "relations:contract_draft", "talks:talk", "talks:calendar"]
)
@pytest.mark.parametrize("who", ["noor", "bram"])
def test_a_page_of_joint_words_says_kindly_that_their_key_is_gone(
    page: str, who: str, talk: Talk, noor: Person, bram: Person, sign_in: SignIn
) -> None:
    about = talk.pk if page.startswith("talks") else talk.relation_id
    answer = sign_in({"noor": noor, "bram": bram}[who]).get(reverse(page, args=[about]))
    assert answer.status_code == 410
    assert KIND in answer.content.decode()
    assert "Wat je zelf schreef, is er nog." in answer.content.decode()


def test_what_was_typed_on_such_a_page_is_given_back(talk: Talk, noor: Person, sign_in: SignIn) -> None:
    address = reverse("relations:contract_draft", args=[talk.relation_id])
    answer = sign_in(noor).post(address, {"availability": "Woensdag na de les.", "talks": "5"})
    assert answer.status_code == 410
    assert "Woensdag na de les." in answer.content.decode()


@pytest.mark.parametrize("name", ["home", "relations:overview", "takeaway:home", "climb:trail"])
def test_the_other_pages_open(name: str, talk: Talk, noor: Person, bram: Person, sign_in: SignIn) -> None:
    for who in (noor, bram):
        assert sign_in(who).get(reverse(name)).status_code == 200


def test_what_is_ones_own_goes_along_and_the_joint_words_are_empty(
    talk: Talk, noor: Person, sign_in: SignIn
) -> None:
    content = content_in(sign_in(noor).post(reverse("takeaway:package")).content)
    assert [thing["words"]["text"] for thing in content["things"]["entry"]] == ["Ik durf."]
    relation = content["places"][0]["relations"][0]
    assert relation["contracts"][0]["availability"] == ""
    assert relation["contracts"][0]["clauses"] == [""]


def test_both_can_still_leave(talk: Talk, noor: Person, sign_in: SignIn) -> None:
    sign_in(noor).post(reverse("relations:leave", args=[talk.relation_id]))
    assert Relation.objects.get().state == State.STOPPED
