"""Answering from a mail: one link, one act, one person, once. Nothing acts until the button is pressed (E3, decision 15)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from time_machine import travel

from klimtouw.belongings.actions import keep
from klimtouw.climb.models import Goal
from klimtouw.notices.by_mail import forget_used_links
from klimtouw.notices.models import UsedLink
from klimtouw.notices.tokens import answer_token, stop_token
from klimtouw.people.models import Person, Session
from klimtouw.relations.actions.acquaintance import declare_double_hat
from klimtouw.relations.actions.closing import leave_relation
from klimtouw.relations.choices import Click, State
from klimtouw.relations.models import ClickAnswer, Relation
from klimtouw.replies import actions_asking
from klimtouw.replies.choices import RequestState
from klimtouw.replies.models import Reply, ReplyRequest
from klimtouw.talks.actions import cancel_talk, choose_moment, propose_talk
from klimtouw.talks.choices import TalkState
from klimtouw.talks.models import Talk
from tests.stories import make_relation
from tests.told import read_by

SignIn = Callable[[Person], Client]
NO_LONGER_OPEN = "Waarvoor hij diende, staat niet meer open."


def link(act: str, person: Person, about: object, at: datetime, value: str = "") -> str:
    """Return the address of a link in a mail."""
    return reverse("notices:answer", args=[answer_token(act, person, about.pk, at, value)])  # type: ignore[attr-defined]


@pytest.fixture
def talk(running_relation: Relation, bram: Person, at: datetime) -> Talk:
    """Bram proposes two moments."""
    moments = [at + timedelta(days=2), at + timedelta(days=3)]
    return propose_talk(relation=running_relation, by=bram, at=at, moments=moments, minutes=30)


@pytest.fixture
def choose(talk: Talk, noor: Person, at: datetime) -> str:
    """The link with which Noor chooses the first moment."""
    return link("choose_moment", noor, talk, at, str(talk.moments.order_by("starts_at")[0].pk))


@pytest.fixture
def asked(running_relation: Relation, noor: Person, at: datetime) -> ReplyRequest:
    """Noor asks Bram for a reply."""
    goal = keep(Goal, by=noor, at=at, text="Ik durf een vraag te stellen.")
    return actions_asking.ask(goal, by=noor, at=at, of=running_relation)


@pytest.fixture
def clicking(noor: Person, bram: Person, at: datetime) -> Relation:
    """Noor and Bram had their first talk, and Bram does not assess her."""
    relation = make_relation(noor, bram, State.CLICKING, at)
    declare_double_hat(relation, by=bram, at=at, has_double_hat=False)
    return relation


# What the link does


def test_e3_a_moment_is_chosen_with_one_link_and_one_button_without_signing_in(
    choose: str, talk: Talk, noor: Person, at: datetime, client: Client
) -> None:
    page = client.get(choose).content.decode()
    assert page.count("<button") == 1 + page.count('foot-link" name="language"')
    assert "Dit moment past mij" in page
    done = client.post(choose)
    assert "Jullie gesprek is gepland" in done.content.decode()
    talk.refresh_from_db()
    assert talk.state == TalkState.PLANNED
    assert "sessionid" not in client.cookies
    assert not Session.objects.exists()
    assert client.get(reverse("talks:talk", args=[talk.pk])).status_code == 302


def test_e3_the_link_stands_in_the_message_and_the_message_holds_it_whole(
    talk: Talk, noor: Person, at: datetime, client: Client
) -> None:
    told = read_by(noor, at)
    links = [line.strip() for line in told.splitlines() if "/antwoord/" in line]
    assert len(links) == 2
    assert client.get(links[0].split("8000", 1)[-1]).status_code == 200
    ((html, _kind),) = mail.outbox[-1].alternatives
    assert all(f'href="{each}"' in html for each in links)


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_e3_a_scanner_that_opens_every_link_changes_nothing(
    method: str, choose: str, talk: Talk, asked: ReplyRequest, bram: Person, at: datetime, client: Client
) -> None:
    for address in (choose, link("read_this", bram, asked, at), link("promise_reply", bram, asked, at)):
        with CaptureQueriesContext(connection) as done:
            for _ in range(3):
                getattr(client, method)(address)
        written = [one["sql"] for one in done if one["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
        assert written == []
    talk.refresh_from_db()
    assert talk.state == TalkState.PROPOSED
    assert not Reply.objects.exists()
    assert "Dit moment past mij" in client.get(choose).content.decode()


def test_e3_a_reply_is_given_and_promised_from_the_mail(
    asked: ReplyRequest, noor: Person, bram: Person, at: datetime, client: Client
) -> None:
    promise, day = link("promise_reply", bram, asked, at), localdate(at) + timedelta(days=4)
    assert "tegen" in client.post(promise, {"day": day.isoformat()}).content.decode()
    asked.refresh_from_db()
    assert (asked.promised_on, asked.state) == (day, RequestState.OPEN)
    assert "Bram wil je graag antwoorden tegen" in read_by(noor, at)
    client.post(link("read_this", bram, asked, at), {"role": ""})
    reply = Reply.objects.get()
    assert (reply.owner, reply.reply_kind, reply.text, reply.device) == (bram, "read", "", "mail")
    asked.refresh_from_db()
    assert asked.state == RequestState.ANSWERED


def test_v2_the_day_of_a_promise_lies_ahead_and_is_named_by_the_coach_alone(
    asked: ReplyRequest, noor: Person, bram: Person, at: datetime, client: Client
) -> None:
    promise = link("promise_reply", bram, asked, at)
    for day in ("", "2020-01-01", "2999-01-01", "nooit"):
        assert client.post(promise, {"day": day}).status_code == 200
    asked.refresh_from_db()
    assert asked.promised_on is None
    assert client.post(link("promise_reply", noor, asked, at), {"day": "2999-01-01"}).status_code == 410


# V7


def test_v7_the_click_is_answered_from_the_mail_and_nothing_shows_of_anybodys_answer(
    clicking: Relation, noor: Person, bram: Person, at: datetime, client: Client
) -> None:
    pages, done = [], []
    for answer in ("", Click.NO, Click.TIME):
        ClickAnswer.objects.filter(relation=clicking).delete()
        if answer:
            ClickAnswer.objects.create(relation=clicking, person=bram, answer=answer)
            ClickAnswer.objects.create(relation=clicking, person=noor, answer=Click.TIME)
        moment = at + timedelta(seconds=len(pages))
        address = link("answer_click", noor, clicking, moment)
        pages.append(without_token(client.get(address).content.decode(), address))
        sent = {"answer": Click.TIME, "think_until": localdate(at) + timedelta(days=3)}
        done.append(without_token(client.post(address, sent).content.decode(), address))
    assert len(set(pages)) == 1
    assert len(set(done)) == 1
    assert "checked" not in pages[0]


@pytest.mark.parametrize("theirs", [Click.YES, Click.NO, None])
@pytest.mark.parametrize("mine", [Click.YES, Click.NO])
def test_v7_what_is_said_after_the_answer_is_the_same_whatever_both_answered(
    theirs: Click | None,
    mine: Click,
    clicking: Relation,
    noor: Person,
    bram: Person,
    at: datetime,
    client: Client,
) -> None:
    if theirs:
        ClickAnswer.objects.create(relation=clicking, person=bram, answer=theirs)
    done = client.post(link("answer_click", noor, clicking, at), {"answer": mine}).content.decode()
    assert "Je antwoord is bewaard. Hebben jullie allebei ja of nee gezegd" in done
    clicking.refresh_from_db()
    both = {theirs, mine}
    after = State.CLICKING if theirs is None else State.NOT_STARTED if Click.NO in both else State.CONTRACTING
    assert clicking.state == after


def test_v7_the_link_says_no_answer_in_its_address(clicking: Relation, noor: Person, at: datetime) -> None:
    told = read_by(noor, at)
    assert "click" not in told
    assert told.count("/antwoord/") <= 1


def without_token(page: str, address: str) -> str:
    """Return a page without what is another at every visit."""
    lines = page.replace(address, "").splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)


# What the link does not do


def test_e3_a_link_used_twice_does_nothing_the_second_time(
    asked: ReplyRequest, bram: Person, at: datetime, client: Client
) -> None:
    address = link("read_this", bram, asked, at)
    client.post(address, {"role": ""})
    for method in ("get", "post"):
        again = getattr(client, method)(address)
        assert (again.status_code, "Deze link is al gebruikt" in again.content.decode()) == (410, True)
    assert Reply.objects.count() == 1


def test_e3_a_link_for_another_account_does_nothing_and_names_nobody(
    choose: str, talk: Talk, bram: Person, stan: Person, sign_in: SignIn
) -> None:
    for other in (bram, stan):
        for method in ("get", "post"):
            closed = getattr(sign_in(other), method)(choose)
            page = closed.content.decode()
            assert (closed.status_code, "een andere account" in page) == (410, True)
            assert "Noor" not in page
    talk.refresh_from_db()
    assert talk.state == TalkState.PROPOSED


def test_e3_whoever_is_signed_in_as_that_person_uses_the_link_too(
    choose: str, talk: Talk, noor: Person, sign_in: SignIn
) -> None:
    assert sign_in(noor).post(choose).status_code == 200
    talk.refresh_from_db()
    assert talk.state == TalkState.PLANNED


def test_e3_after_a_fortnight_a_link_is_over(
    asked: ReplyRequest, bram: Person, at: datetime, client: Client
) -> None:
    address = link("read_this", bram, asked, at)
    with travel(at + timedelta(days=14, minutes=1)):
        for method in ("get", "post"):
            late = getattr(client, method)(address)
            assert (late.status_code, "geldt twee weken" in late.content.decode()) == (410, True)
    assert not Reply.objects.exists()


def test_e3_after_the_relation_ended_or_what_was_asked_is_over_a_link_does_nothing(
    choose: str, talk: Talk, asked: ReplyRequest, running_relation: Relation, noor: Person, bram: Person,
    at: datetime, client: Client,
) -> None:  # fmt: skip
    addresses = [choose, link("read_this", bram, asked, at), link("promise_reply", bram, asked, at)]
    leave_relation(relation=running_relation, by=noor, at=at)
    for address in addresses:
        for method in ("get", "post"):
            closed = getattr(client, method)(address, {"day": localdate(at)})
            page = closed.content.decode()
            assert (closed.status_code, NO_LONGER_OPEN in page) == (410, True)
            assert "Noor" not in page and "Bram" not in page
    assert not Reply.objects.exists()


def test_e3_a_moment_of_a_talk_that_was_cancelled_chosen_or_is_past_is_not_chosen(
    choose: str, talk: Talk, noor: Person, bram: Person, at: datetime, client: Client
) -> None:
    with travel(at + timedelta(days=2, minutes=1)):
        assert client.post(choose).status_code == 410
    other = talk.moments.order_by("starts_at")[1]
    choose_moment(talk=talk, by=noor, at=at, moment_id=other.pk)
    assert client.post(choose).status_code == 410
    talk.refresh_from_db()
    assert talk.starts_at == other.starts_at
    cancel_talk(talk=talk, by=bram, at=at, seen=talk.revision)
    assert client.post(choose).status_code == 410


def test_e3_whoever_proposed_does_not_choose_by_a_link_either(
    talk: Talk, bram: Person, stan: Person, at: datetime, client: Client
) -> None:
    moment = str(talk.moments.order_by("starts_at")[0].pk)
    for person in (bram, stan):
        assert client.post(link("choose_moment", person, talk, at, moment)).status_code == 410
    talk.refresh_from_db()
    assert talk.state == TalkState.PROPOSED


def test_e3_a_link_that_was_altered_or_is_of_another_sort_does_nothing(
    choose: str, noor: Person, talk: Talk, at: datetime, client: Client
) -> None:
    token = choose.rstrip("/").rsplit("/", 1)[-1]
    altered = [token[:-2], token.replace(".", "", 1), token + "x", "x", "." * 9, stop_token(noor, [])]
    altered += [
        answer_token("nothing_we_know", noor, talk.pk, at),
        answer_token("choose_moment", noor, talk.pk, at, "x"),
    ]
    for one in altered:
        for method in ("get", "post"):
            assert getattr(client, method)(reverse("notices:answer", args=[one])).status_code == 410
    assert client.get(choose).status_code == 200


def test_e3_who_left_has_no_links_any_more(choose: str, noor: Person, client: Client) -> None:
    noor.is_active = False
    noor.save(update_fields=["is_active"])
    assert client.post(choose).status_code == 410


def test_a_form_from_elsewhere_cannot_press_the_button(choose: str, talk: Talk) -> None:
    assert Client(enforce_csrf_checks=True).post(choose).status_code == 403
    talk.refresh_from_db()
    assert talk.state == TalkState.PROPOSED


def test_e3_the_page_speaks_the_language_of_the_reader_whatever_the_browser_says(
    choose: str, noor: Person, client: Client
) -> None:
    Person.objects.filter(pk=noor.pk).update(language="en")
    page = client.get(choose, headers={"accept-language": "nl"}).content.decode()
    assert "This moment suits me" in page


def test_marks_of_used_links_go_when_the_links_are_over(
    asked: ReplyRequest, bram: Person, at: datetime, client: Client
) -> None:
    client.post(link("read_this", bram, asked, at), {"role": ""})
    assert UsedLink.objects.count() == 1
    assert forget_used_links(at + timedelta(days=13)) == 0
    assert forget_used_links(at + timedelta(days=14)) == 1
