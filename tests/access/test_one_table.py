"""One table: the sentence under a field, the page, the document and the contract change with a line of it, in both languages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from klimtouw.access.decide import LINE_OF
from klimtouw.access.page import as_markdown, openings_of, who_sees_what
from klimtouw.access.table import Action, Hat
from klimtouw.belongings.actions import keep, share
from klimtouw.belongings.readers import only_you, sentence_for, you_and
from klimtouw.climb.models import Goal
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from klimtouw.talks.models import Talk

SignIn = Callable[[Person], Client]
Places = dict[str, str]


@pytest.fixture
def goal(running_relation: Relation, noor: Person, at: datetime) -> Goal:
    """A goal of Noor that she shares with Bram."""
    goal = keep(Goal, by=noor, at=at, text="Ik durf een vraag te stellen.")
    share(goal, onto=running_relation.work_bond, by=noor, at=at)
    return goal


def change(monkeypatch: pytest.MonkeyPatch, action: Action, **changed: Any) -> None:
    """Write one line of the table otherwise."""
    monkeypatch.setitem(LINE_OF, action, replace(LINE_OF[action], **changed))


def said(language: str, goal: Goal, relation: Relation, noor: Person, sign_in: SignIn) -> Places:
    """Return what the four places say, in one language."""
    noor.language = language
    noor.save(update_fields=["language"])
    client, at = sign_in(noor), goal.created_at
    pages = {
        "page": client.get(reverse("who-may-do-what")),
        "contract": client.get(reverse("relations:contract", args=[relation.pk])),
    }
    with translation.override(language):
        field = sentence_for(goal, at)
    return {**{name: page.content.decode() for name, page in pages.items()}, "field": field}


COORDINATOR = {"nl": "de coördinator", "en": "the coordinator"}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_v6_if_a_line_let_a_coordinator_read_all_four_would_say_so(
    language: Any,
    goal: Goal,
    running_relation: Relation,
    noor: Person,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = said(language, goal, running_relation, noor, sign_in)
    nothing = {"nl": "Leest niets van wat jullie schrijven.", "en": "Reads nothing of what you write."}[
        language
    ]
    assert before["page"].count(nothing) == before["contract"].count(nothing) == 3
    assert COORDINATOR[language] not in before["field"]
    for hat in (Hat.COORDINATOR, Hat.ADMINISTRATOR):
        change(monkeypatch, Action.READ, hats=LINE_OF[Action.READ].hats | {hat})
    after = said(language, goal, running_relation, noor, sign_in)
    assert after["page"].count(nothing) == after["contract"].count(nothing) == 1  # only the assessor
    assert f"{COORDINATOR[language]} " in after["field"]
    assert as_markdown().count(nothing) == 1
    with translation.override(language):
        assert COORDINATOR[language] in only_you()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_if_a_line_no_longer_let_a_coach_read_all_four_would_say_so(
    language: Any,
    goal: Goal,
    running_relation: Relation,
    noor: Person,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    coach = {"nl": "De coach, zodra het gedeeld is", "en": "The coach, once it is shared"}[language]
    before = said(language, goal, running_relation, noor, sign_in)
    assert coach in before["page"] and coach in before["contract"] and "Bram" in before["field"]
    change(monkeypatch, Action.READ, hats=LINE_OF[Action.READ].hats - {Hat.COACH_ONCE_SHARED})
    after = said(language, goal, running_relation, noor, sign_in)
    assert coach not in after["page"] and coach not in after["contract"] and "Bram" not in after["field"]
    assert as_markdown().count(f"**{coach[0].lower()}{coach[1:]}**") == 0
    assert as_markdown().count("**de eigenaar**") == 1


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_a_coordinator_sees_is_said_in_the_words_of_the_line(
    language: Any,
    goal: Goal,
    running_relation: Relation,
    noor: Person,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    change(monkeypatch, Action.SEE_DESK, nl="de wolken tellen", en="count the clouds")
    now = said(language, goal, running_relation, noor, sign_in)
    words = {"nl": "de wolken tellen", "en": "count the clouds"}[language]
    assert now["page"].count(words) == 2  # in the list, and with the coordinator
    assert words in now["contract"]
    assert as_markdown().count(words) == 2
    change(monkeypatch, Action.SEE_DESK, hats=frozenset({Hat.ADMINISTRATOR}))
    change(monkeypatch, Action.PROPOSE_CIRCLE, hats=frozenset({Hat.ADMINISTRATOR}))
    told = dict(who_sees_what(language))
    assert words not in told[COORDINATOR[language]]
    assert openings_of(Hat.COORDINATOR, language) == []


def test_what_is_said_before_an_act_follows_the_line_that_opens_it(
    bram: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert you_and(bram, as_a=Hat.COACHEE_ONCE_SHARED) == "Jij en Bram kunnen dit lezen."
    assert you_and(bram, as_a=Hat.COACH, by=Action.SEE_TALKS) == "Jij en Bram kunnen dit lezen."
    change(monkeypatch, Action.READ, hats=frozenset({Hat.OWNER}))
    change(monkeypatch, Action.SEE_TALKS, hats=frozenset({Hat.COACHEE}))
    assert you_and(bram, as_a=Hat.COACHEE_ONCE_SHARED) == only_you() == "Alleen jij kan dit lezen."
    assert you_and(bram, as_a=Hat.COACH, by=Action.SEE_TALKS) == only_you()


def test_the_forms_of_replies_talks_and_contracts_follow_their_lines(
    goal: Goal,
    running_relation: Relation,
    noor: Person,
    bram: Person,
    sign_in: SignIn,
    at: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    talk = Talk.objects.create(
        relation=running_relation, proposed_by=noor, proposed_at=at, state="planned", starts_at=at
    )
    forms = {
        reverse("replies:reply", args=[goal.pk]): (Action.READ, Hat.COACHEE_ONCE_SHARED),
        reverse("replies:suggest", args=[goal.pk]): (Action.READ, Hat.COACHEE_ONCE_SHARED),
        reverse("talks:sentence", args=[talk.pk]): (Action.READ, Hat.COACHEE_ONCE_SHARED),
        reverse("talks:prepare", args=[talk.pk]): (Action.READ, Hat.COACHEE_ONCE_SHARED),
        reverse("talks:propose", args=[running_relation.pk]): (Action.SEE_TALKS, Hat.COACHEE),
        reverse("relations:contract_draft", args=[running_relation.pk]): (Action.READ_CONTRACT, Hat.COACHEE),
    }
    client = sign_in(bram)
    for address, (action, hat) in forms.items():
        reads = ("Jij en Noor kunnen dit lezen.", "dan leest Noor het ook.")
        assert any(sentence in client.get(address).content.decode() for sentence in reads), address
        with monkeypatch.context() as patch:
            change(patch, action, hats=LINE_OF[action].hats - {hat})
            page = client.get(address).content.decode()
            assert not any(sentence in page for sentence in reads), address
            assert "Alleen jij kan dit lezen." in page
