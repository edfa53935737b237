"""Without scripts the back button brings a fresh form with the words in it: sent again, it is still one thing (C14)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from klimtouw.climb.models import Entry, Goal, Stage
from klimtouw.foundation.ids import new_id
from klimtouw.notices.models import Notice
from klimtouw.people import requests
from klimtouw.people.models import Person
from klimtouw.people.sent_before import SESSION_KEY
from klimtouw.relations.models import Invitation, Relation
from klimtouw.talks.models import Talk
from klimtouw.talks.told import TALK_PROPOSED

SignIn = Callable[[Person], Client]
NEW_GOAL, NEW_ENTRY = "climb:goal_new", "climb:entry_new"


def sends(client: Client, page: str, **fields: object) -> str:
    """Open a page and send its form, as it comes, with these words; return where that leads."""
    address = page if page.startswith("/") else reverse(page)
    form = client.get(address).context["form"]
    as_it_comes = {name: form[name].value() or "" for name in form.fields}
    answer = client.post(address, as_it_comes | fields)
    assert answer.status_code == 302, answer.context["form"].errors
    return str(answer.url)


def test_going_back_and_sending_again_leads_to_the_same_goal(noor: Person, sign_in: SignIn) -> None:
    client = sign_in(noor)
    first = sends(client, NEW_GOAL, text="Ik durf te vragen.")
    assert sends(client, NEW_GOAL, text="Ik durf te vragen.") == first
    assert sends(client, NEW_GOAL, text="Ik durf te vragen.") == first  # and back once more
    assert Goal.objects.count() == 1


def test_other_words_are_another_goal(noor: Person, sign_in: SignIn) -> None:
    client = sign_in(noor)
    for text in ("Ik durf te vragen.", "Ik durf te vragen!", "Ik durf te vragen."):
        sends(client, NEW_GOAL, text=text)
    assert Goal.objects.count() == 3


def test_two_tabs_with_new_entries_stay_two_things(noor: Person, sign_in: SignIn) -> None:
    client = sign_in(noor)
    ids = [client.get(reverse(NEW_ENTRY)).context["form"]["id"].value() for _ in range(2)]
    for id, text in zip(ids, ("Vandaag bloosde ik.", "Vandaag lachte ik."), strict=True):
        client.post(reverse(NEW_ENTRY), {"id": id, "text": text})
    assert {str(entry.pk) for entry in Entry.objects.all()} == {str(id) for id in ids}


def test_after_some_minutes_the_same_words_are_a_new_thing(
    noor: Person, sign_in: SignIn, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(noor)
    for minutes, there_are in ((0, 1), (9, 1), (20, 2)):
        monkeypatch.setattr(requests, "now", lambda minutes=minutes: at + timedelta(minutes=minutes))
        sends(client, NEW_ENTRY, text="Moe.")
        assert Entry.objects.count() == there_are


@pytest.mark.parametrize(
    ("page", "words"), [("people:settings", {}), (NEW_GOAL, {"text": "Ik durf te vragen."})]
)
def test_after_another_act_the_same_words_are_a_new_thing(
    noor: Person, sign_in: SignIn, page: str, words: dict[str, str]
) -> None:
    client = sign_in(noor)
    sends(client, NEW_ENTRY, text="Moe.")
    sends(client, page, **words)
    sends(client, NEW_ENTRY, text="Moe.")
    assert Entry.objects.count() == 2


def test_another_person_at_the_same_browser_keeps_their_own(
    noor: Person, stan: Person, sign_in: SignIn
) -> None:
    client = sign_in(noor)
    sends(client, NEW_ENTRY, text="Moe.")
    client.force_login(stan)
    sends(client, NEW_ENTRY, text="Moe.")
    assert {entry.owner for entry in Entry.objects.all()} == {noor, stan}


def test_where_scripts_run_the_same_words_twice_are_two_things(noor: Person, sign_in: SignIn) -> None:
    client = sign_in(noor)
    for _ in range(2):
        client.post(reverse(NEW_ENTRY), {"id": new_id(), "text": "Moe."}, headers={"hx-request": "true"})
    assert Entry.objects.count() == 2
    assert SESSION_KEY not in client.session


def test_a_form_that_was_refused_is_not_remembered(noor: Person, sign_in: SignIn) -> None:
    client = sign_in(noor)
    client.post(reverse(NEW_GOAL), {"id": new_id(), "text": ""})
    assert SESSION_KEY not in client.session


def test_the_session_remembers_no_words(noor: Person, sign_in: SignIn) -> None:
    client = sign_in(noor)
    sends(client, NEW_GOAL, text="Kanarie in de mijn.")
    assert "Kanarie" not in str(dict(client.session.items()))


def test_an_invitation_and_a_talk_are_sent_once_too(
    bram: Person, running_relation: Relation, at: datetime, sign_in: SignIn
) -> None:
    client = sign_in(bram)
    day = f"{at + timedelta(days=2):%Y-%m-%d}"
    invite = reverse("relations:invite") + "?as=coach"
    propose = reverse("talks:propose", args=[running_relation.pk])
    for _ in range(2):
        sends(client, invite, email="lien@nieuw.example")
    for _ in range(2):
        sends(client, propose, day_1=day, time_1="10:00", minutes=30)
    assert (Invitation.objects.count(), Talk.objects.count()) == (1, 1)
    assert len(mail.outbox) == 1  # the invitation; a proposal waits for the next message
    assert Notice.objects.filter(kind=TALK_PROPOSED.name).count() == 1


def test_the_same_stage_on_another_route_is_another_stage(noor: Person, sign_in: SignIn) -> None:
    client = sign_in(noor)
    for text in ("Ik durf te vragen.", "Ik durf te bellen."):
        goal = sends(client, NEW_GOAL, text=text).rstrip("/").rsplit("/", 1)[-1]
        sends(client, reverse("climb:route_begin", args=[goal]), text="Eerst oefenen")
    assert Stage.objects.count() == 2
