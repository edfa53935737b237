"""Questions and answers of a circle: asked and answered by an explicit act, read by whoever sits in it now, counted by nobody."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.access.decide import Denied
from klimtouw.belongings.actions import keep, share
from klimtouw.circles.actions.questions import answer_in_circle, ask_circle, thank
from klimtouw.circles.choices import CircleState
from klimtouw.circles.models import Answer, Circle, Question
from klimtouw.climb.models import Goal
from klimtouw.foundation.ids import new_id
from klimtouw.notices.models import Notice
from klimtouw.people.models import Person
from tests.circles.stories import make_circle
from tests.stories import looks_of_others, make_person

SignIn = Callable[[Person], Client]


@pytest.fixture
def circle(bram: Person, noor: Person, amir: Person, vera: Person, at: datetime) -> Circle:
    """Bram guides Noor, Amir and Vera."""
    return make_circle(bram, [noor, amir, vera], at - timedelta(days=1))


def text_of(client: Client, address: str) -> str:
    """Return a page."""
    return client.get(address).content.decode()


def test_a_question_is_asked_answered_and_closed_with_a_word_of_thanks(
    circle: Circle, noor: Person, amir: Person, bram: Person, stan: Person, at: datetime, sign_in: SignIn
) -> None:
    hers, his, guide = sign_in(noor), sign_in(amir), sign_in(bram)
    new = reverse("circles:question_new", args=[circle.pk])
    page = text_of(hers, new)
    assert "Jij en Bram, Amir en Vera" in page, "who reads it stands under the field, before it is sent"
    sent = {"id": str(uuid4()), "text": "Hoe begin je een moeilijk gesprek? <b>🙈</b>"}
    assert "text" in hers.post(new, {"id": sent["id"], "text": "  "}).context["form"].errors
    for _twice in range(2):
        address = hers.post(new, sent).url
    question = Question.objects.get()
    assert address == question.get_absolute_url()
    assert Notice.objects.filter(kind="circle_asked").count() == 3
    assert "Noor vraagt" in text_of(his, address) and "&lt;b&gt;🙈" in text_of(his, address)
    answering = reverse("circles:answer_new", args=[circle.pk, question.pk])
    answer = {"id": str(uuid4()), "text": "Ik begin met iets kleins."}
    for _twice in range(2):
        assert his.post(answering, answer).url == address
    guide.post(answering, {"id": str(uuid4()), "text": "Wat houdt je tegen?"})
    assert Answer.objects.count() == 2
    page = text_of(hers, address)
    assert "Ik begin met iets kleins." in page and "Wat houdt je tegen?" in page
    assert page.count("begeleidt") == 1, "the facilitator answers like everybody, with a visible hat"
    Circle.objects.update(has_double_hat=True)
    assert "begeleidt, en beoordeelt ook" in text_of(his, address)
    thanks = reverse("circles:thanks", args=[question.pk])
    assert hers.post(thanks, {"thanks": "Dank je wel!", "is_closed": "on", "seen": "1"}).url == address
    assert "Dank je wel!" in text_of(his, address)
    assert his.get(thanks).status_code == 404, "only who asked says thank you or closes it"
    assert sign_in(stan).get(address).status_code == 404
    for other in (amir, bram):
        assert ("Noor" if other == noor else other.name) in str(
            looks_of_others(noor, at + timedelta(hours=1))
        )


def test_v12_something_shared_into_the_circle_can_be_answered_and_nothing_else_can(
    circle: Circle, noor: Person, amir: Person, stan: Person, at: datetime, sign_in: SignIn
) -> None:
    goal, private = (keep(Goal, by=noor, at=at, text=text) for text in ("Rustig spreken", "Voor mij"))
    share(goal, onto=circle.bond, by=noor, at=at)
    his = sign_in(amir)
    page = reverse("circles:shared", args=[circle.pk, goal.pk])
    assert "Rustig spreken" in text_of(his, reverse("circles:questions_of", args=[circle.pk]))
    his.post(
        reverse("circles:answer_new", args=[circle.pk, goal.pk]), {"id": str(uuid4()), "text": "Mooi doel."}
    )
    assert "Mooi doel." in text_of(sign_in(noor), page)
    for wrong in (private.pk, Answer.objects.get().pk, uuid4()):
        assert his.get(reverse("circles:shared", args=[circle.pk, wrong])).status_code == 404
    assert sign_in(stan).get(page).status_code == 404
    with pytest.raises(Denied):
        answer_in_circle(private, circle=circle, by=noor, at=at, id=new_id(), text="Zelf")
    elsewhere = make_circle(stan, [amir], at)
    with pytest.raises(Denied):
        answer_in_circle(goal, circle=elsewhere, by=amir, at=at, id=new_id(), text="In een andere kring")


def test_v24_after_leaving_or_after_the_end_nobody_reads_and_the_words_stay_their_writers(
    circle: Circle, noor: Person, amir: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    asked = ask_circle(circle, by=noor, at=at, id=new_id(), text="Wie leest dit nog?")
    circle.bond.seats.filter(person=amir).update(closes_at=at)
    later = at + timedelta(seconds=1)
    assert not Question.objects.visible_to(amir, later).exists()
    assert sign_in(amir).get(asked.get_absolute_url()).status_code == 404
    with pytest.raises(Denied):
        answer_in_circle(asked, circle=circle, by=amir, at=later, id=new_id(), text="Toch nog")
    Circle.objects.update(state=CircleState.ENDED, ended_at=at)
    circle.bond.seats.update(closes_at=at)
    assert sign_in(bram).get(asked.get_absolute_url()).status_code == 404
    page = text_of(sign_in(noor), asked.get_absolute_url())
    assert "Wie leest dit nog?" in page and "Antwoord" not in page
    with pytest.raises(Denied):
        ask_circle(circle, by=noor, at=later, id=new_id(), text="Nog een")


def test_words_are_changed_beside_each_other_and_put_away_without_loss(
    circle: Circle, noor: Person, amir: Person, at: datetime, sign_in: SignIn
) -> None:
    asked = ask_circle(circle, by=noor, at=at, id=new_id(), text="Eerst")
    hers, address = sign_in(noor), reverse("circles:question_edit", args=[asked.pk])
    hers.post(address, {"id": str(asked.pk), "seen": "1", "text": "In dit venster"})
    answer = hers.post(address, {"id": str(asked.pk), "seen": "1", "text": "In dat venster"})
    assert [(one.stands, one.typed) for one in answer.context["form"].beside] == [
        ("In dit venster", "In dat venster")
    ]
    assert sign_in(amir).post(address, {"seen": "2", "text": "Van mij"}).status_code == 404
    hers.post(reverse("circles:put_away", args=[asked.pk]))
    assert sign_in(amir).get(asked.get_absolute_url()).status_code == 404
    assert "In dit venster" in text_of(hers, reverse("belongings:trash"))
    thanked = ask_circle(circle, by=noor, at=at, id=new_id(), text="Nieuw")
    assert thank(thanked, by=noor, at=at, seen=1, thanks="Dank", is_closed=True).is_closed
    with pytest.raises(Denied):
        thank(thanked, by=amir, at=at, seen=2, thanks="", is_closed=False)


def test_the_pages_cost_the_same_with_one_question_and_with_three(
    circle: Circle, noor: Person, amir: Person, bram: Person, vera: Person, at: datetime, sign_in: SignIn
) -> None:
    client, counted = sign_in(noor), []
    others = [make_person(name) for name in ("Lotte", "Yusuf", "Mats")]
    for one in others:
        circle.bond.seats.create(person=one, hat="member", opens_at=at - timedelta(hours=1))
    first = ask_circle(circle, by=noor, at=at, id=new_id(), text="Vraag van Noor")
    for other in (amir, *others):
        ask_circle(circle, by=other, at=at, id=new_id(), text=f"Vraag van {other.name}")
        answer_in_circle(first, circle=circle, by=other, at=at, id=new_id(), text="Zo")
        pages = []
        for page in (reverse("circles:questions_of", args=[circle.pk]), first.get_absolute_url()):
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            pages.append(len([one for one in queries if "SAVEPOINT" not in one["sql"]]))
        counted.append(tuple(pages))
    assert counted[1:] == [counted[1]] * 3, counted
    assert max(counted[1]) <= 16, counted


def test_a_question_in_two_circles_gathers_in_each_what_is_answered_there(
    circle: Circle, noor: Person, amir: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    asked = ask_circle(circle, by=noor, at=at, id=new_id(), text="Hoe begin ik?")
    newer = make_circle(bram, [noor, amir], at, name="Nieuwe kring")
    share(asked, onto=newer.bond, by=noor, at=at)
    his = sign_in(amir)
    for here, address in (
        (circle, asked.get_absolute_url()),
        (newer, reverse("circles:shared", args=[newer.pk, asked.pk])),
    ):
        assert address in text_of(his, reverse("circles:questions_of", args=[here.pk]))
        page = his.get(address)
        assert page.context["circle"] == here and page.context["is_question"]
        answering = reverse("circles:answer_new", args=[here.pk, asked.pk])
        assert answering in page.content.decode()
        said = {"id": str(new_id()), "text": f"Gezegd in {here.name}."}
        assert his.post(answering, said).url == address
        answer = Answer.objects.get(circle=here)
        assert address in text_of(his, answer.get_absolute_url())
        assert f"Gezegd in {here.name}." in text_of(his, address)
    assert "Nieuwe kring" not in text_of(his, asked.get_absolute_url())
