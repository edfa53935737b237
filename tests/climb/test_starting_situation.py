"""The starting situation (C5): what I can, what draws me, my circumstances; and how I see my coach, for me alone."""

import json
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.belongings.actions import NeverShared, share
from klimtouw.belongings.models import Share
from klimtouw.climb.actions.starting import answer_start
from klimtouw.climb.choices import StartingQuestion
from klimtouw.climb.models import StartingAnswer, ViewOfCoach
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from tests.climb.writing_stories import seen, sent, shared
from tests.stories import texts_beside

SignIn = Callable[[Person], Client]
VIEW = "Ik vind hem streng kijken."


def package_of(client: Client) -> str:
    """Return every file of somebody's leaving package."""
    answer = client.post(reverse("takeaway:package"))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    with ZipFile(BytesIO(content)) as package:
        return "".join(package.read(name).decode() for name in package.namelist())


def test_c5_noor_writes_where_she_stands_and_shares_one_answer(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    client = sign_in(noor)
    for question in StartingQuestion:
        sent(client, "starting_write", question.value, text=f"Over {question}.", id=uuid4())
    assert not StartingAnswer.objects.visible_to(bram, at).exists()
    answer = StartingAnswer.objects.get(question="can")
    shared(running_relation, at, answer)
    page = seen(sign_in(bram), "follow", running_relation.pk)
    assert "Over can." in page
    assert "Over circumstances." not in page
    assert "Over can." in seen(sign_in(bram), "starting_answer", answer.pk)


def test_c13_nothing_has_to_be_answered_and_no_coach_is_needed(stan: Person, sign_in: SignIn) -> None:
    page = seen(sign_in(stan), "starting")
    assert "Alleen jij kan dit lezen, altijd. Je kan het niet delen." in page
    for question in (*StartingQuestion.values, "coach"):
        seen(sign_in(stan), "starting_write", question)
    seen(sign_in(stan), "starting_write", "iq", status=404)


def test_c5_how_noor_sees_her_coach_can_never_be_shared(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    client = sign_in(noor)
    sent(client, "starting_write", "coach", text=VIEW, id=uuid4())
    view = ViewOfCoach.objects.get()
    with pytest.raises(NeverShared):
        share(view, onto=running_relation.work_bond, by=noor, at=at)
    address = reverse("belongings:share", args=[view.pk])
    assert client.get(address).status_code == 404
    assert client.post(address, {"bond": running_relation.work_bond_id}).status_code == 404
    assert not Share.objects.exists()
    assert address not in seen(client, "starting")
    assert VIEW not in seen(sign_in(bram), "follow", running_relation.pk)


def test_c5_how_noor_sees_her_coach_goes_along_in_her_own_package_and_in_no_other(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    answer_start(by=noor, at=at, question=None, text=VIEW)
    assert VIEW in package_of(sign_in(noor))
    assert VIEW not in package_of(sign_in(bram))
    assert json.dumps(VIEW)[1:-1] not in package_of(sign_in(bram))


def test_there_is_one_answer_to_each_and_two_tabs_stand_side_by_side(noor: Person, sign_in: SignIn) -> None:
    client = sign_in(noor)
    for name, kind in (("can", StartingAnswer), ("coach", ViewOfCoach)):
        sent(client, "starting_write", name, text="Eerst.", id=uuid4())
        page = sent(client, "starting_write", name, text="Toch anders.", id=uuid4())
        assert texts_beside(page) == [("Eerst.", "Toch anders.")]
        assert kind.objects.get().text == "Eerst."


def test_the_page_asks_the_database_as_often_for_one_answer_as_for_all(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    client, asked = sign_in(noor), []
    for questions in ([StartingQuestion.CAN], [StartingQuestion.DRAWS, StartingQuestion.CIRCUMSTANCES]):
        for question in questions:
            answer_start(by=noor, at=at, question=question, text="Iets.")
        with CaptureQueriesContext(connection) as queries:
            seen(client, "starting")
        asked.append(len(queries))
    assert asked == [6, 6]
