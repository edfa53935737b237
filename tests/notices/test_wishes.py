"""How somebody wants to hear: one page, one tap from every mail; and the button of the mailbox that ends mails (RFC 8058)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from klimtouw.notices.actions import tell
from klimtouw.notices.choices import Topic
from klimtouw.notices.kinds import Kind
from klimtouw.notices.models import Mute, Notice, Parcel, Wishes
from klimtouw.notices.queries import muted_by, wishes_of
from klimtouw.notices.sending import send_what_is_due
from klimtouw.notices.tokens import answer_token, stop_token
from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.takeaway.erasing import erase_everything
from tests.notices.conftest import tied
from tests.stories import make_relation

SignIn = Callable[[Person], Client]
USUAL = {
    "rhythm": "day",
    "weekday": "4",
    "hour": "17",
    "quiet_from": "20",
    "quiet_until": "8",
    "zone": "Europe/Brussels",
}


def every_topic() -> list[str]:
    """Return the ticks of the page as they stand at first."""
    return [str(topic) for topic in Topic]


def test_e3_whoever_chose_nothing_hears_once_a_day_at_a_calm_hour(noor: Person, sign_in: SignIn) -> None:
    assert (wishes_of(noor).rhythm, wishes_of(noor).hour) == ("day", 17)
    page = sign_in(noor).get(reverse("notices:wishes")).content.decode()
    assert page.count("checked") >= len(Topic)
    assert not Wishes.objects.exists()


def test_e3_one_chooses_when_about_what_and_about_whom(
    noor: Person, running_relation: Relation, sign_in: SignIn
) -> None:
    heard = [topic for topic in every_topic() if topic != Topic.REPLIES]
    sent = {**USUAL, "rhythm": "week", "hour": "9", "zone": "America/Paramaribo", "heard": heard}
    client = sign_in(noor)
    assert client.post(reverse("notices:wishes"), sent).status_code == 302
    wishes = Wishes.objects.get(person=noor)
    assert (wishes.rhythm, wishes.hour, wishes.zone) == ("week", 9, "America/Paramaribo")
    muted = muted_by(noor)
    assert (muted.topics, muted.relations) == ({Topic.REPLIES}, {running_relation.pk})
    page = client.get(reverse("notices:wishes"))
    assert page.context["form"]["heard"].value() == heard
    assert "Bram" in page.content.decode()
    client.post(reverse("notices:wishes"), {**sent, "heard_of": [str(running_relation.pk)]})
    assert muted_by(noor).relations == frozenset()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"hour": "23"}, "hour"),
        ({"hour": "24"}, "hour"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"rhythm": "always"}, "rhythm"),
        ({"weekday": "9"}, "weekday"),
        ({"heard": ["gossip"]}, "heard"),
        ({"heard_of": ["someone"]}, "heard_of"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    wrong: dict[str, object], field: str, noor: Person, running_relation: Relation, sign_in: SignIn
) -> None:
    answer = sign_in(noor).post(reverse("notices:wishes"), {**USUAL, "heard": every_topic(), **wrong})
    assert field in answer.context["form"].errors
    assert not Wishes.objects.exists()


@pytest.mark.parametrize("relations", [1, 3])
def test_the_page_costs_the_same_for_one_relation_as_for_three(
    relations: int, noor: Person, bram: Person, amir: Person, stan: Person, at: datetime, sign_in: SignIn,
    django_assert_num_queries: Callable[..., object],
) -> None:  # fmt: skip
    for coach in (bram, amir, stan)[:relations]:
        make_relation(noor, coach, State.RUNNING, at)
    client = sign_in(noor)
    with django_assert_num_queries(5):  # type: ignore[attr-defined]
        client.get(reverse("notices:wishes"))


def headers_of(letter: object) -> tuple[str, str]:
    """Return the two headers with which a mailbox ends mails."""
    found = letter.message()  # type: ignore[attr-defined]
    return str(found["List-Unsubscribe"]), str(found["List-Unsubscribe-Post"])


def test_e3_the_mailbox_ends_these_mails_with_one_click_without_signing_in(
    knot: Kind, noor: Person, at: datetime
) -> None:
    tell(knot, noor, about=tied(), at=at)
    send_what_is_due(noor, at + timedelta(days=1))
    address, post = headers_of(mail.outbox[0])
    assert post == "List-Unsubscribe=One-Click"
    assert address.startswith("<http") and address.endswith(">")
    path = address[1:-1].split("8000", 1)[-1]
    outside = Client(enforce_csrf_checks=True)
    page = outside.get(path).content.decode()
    assert "voorstellen voor een gesprek" in page
    assert not Mute.objects.exists()  # a scanner that opens the link ends nothing
    for _twice in range(2):
        assert outside.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert muted_by(noor).topics == {Topic.TALKS}
    tell(knot, noor, about=tied(), at=at)
    assert send_what_is_due(noor, at + timedelta(days=3)) == 0


def test_e3_the_link_that_ends_mails_does_nothing_else_and_not_for_others(
    noor: Person, bram: Person, at: datetime, client: Client, sign_in: SignIn
) -> None:
    token = stop_token(noor, [Topic.TALKS])
    for wrong in (token[:-1], "x", answer_token("choose_moment", noor, noor.pk, at)):
        assert client.post(reverse("notices:stop", args=[wrong])).status_code == 410
    assert client.post(reverse("notices:answer", args=[token])).status_code == 410
    closed = sign_in(bram).post(reverse("notices:stop", args=[token]))
    assert (closed.status_code, "Noor" in closed.content.decode()) == (410, False)
    assert not Mute.objects.exists()


def test_e3_every_such_mail_leads_to_the_page_in_one_tap(knot: Kind, noor: Person, at: datetime) -> None:
    tell(knot, noor, about=tied(), at=at)
    send_what_is_due(noor, at + timedelta(days=1))
    ((html, _kind),) = mail.outbox[0].alternatives
    assert reverse("notices:wishes") in str(mail.outbox[0].body)
    assert f'{reverse("notices:wishes")}"' in html
    tell(knot, noor, about=tied(), at=at, on=at, before=at)
    send_what_is_due(noor, at)
    assert reverse("notices:wishes") in str(mail.outbox[1].body)


def test_p5_erasing_everything_takes_along_what_waited_and_what_was_chosen(
    knot: Kind, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    sign_in(noor).post(reverse("notices:wishes"), {**USUAL, "heard": []})
    tell(knot, noor, about=tied(), at=at)
    erase_everything(noor, by=noor, at=at)
    assert not [model for model in (Notice, Parcel, Mute, Wishes) if model.objects.exists()]  # type: ignore[attr-defined]
