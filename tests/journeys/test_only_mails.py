"""Noor and Bram answer from their mails alone, in a browser in which nobody is signed in; a scanner reads along (E3).

Only the yes to the invitation asks for an account, and what somebody writes is written on a page.
"""

import re
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from email.message import EmailMessage
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.utils.timezone import localdate
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from klimtouw.belongings.actions import keep
from klimtouw.climb.models import Goal
from klimtouw.config.notice_tasks import send_round
from klimtouw.foundation.clock import now
from klimtouw.notices.models import Notice
from klimtouw.relations.actions.acquaintance import declare_double_hat
from klimtouw.relations.actions.beginning import mark_first_talk_held
from klimtouw.relations.actions.invitations import invite
from klimtouw.relations.choices import Side, State
from klimtouw.relations.models import Relation
from klimtouw.replies import actions_asking
from klimtouw.replies.models import Reply, ReplyRequest
from klimtouw.talks.actions import propose_talk
from klimtouw.talks.choices import TalkState
from klimtouw.talks.models import Talk
from tests.journeys.house import text_of
from tests.journeys.scenes import on_a_rope
from tests.journeys.walker import Walker, Way

WAYS = [Way(), Way(language="en", width=390, theme="dark"), Way(width=390, has_javascript=False)]


@pytest.fixture(autouse=True)
def _jobs_wait_for_the_worker_of_the_house(settings: Settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


def hears(walker: Walker, english: str, tries_left: int = 150, **names: object) -> EmailMessage:
    """Let the hour of every message come, and wait until the worker of the house has sent the one that says this."""
    said = walker.says(english, **names)
    Notice.objects.update(due_at=now())
    planned = DBTaskResult.objects.filter(task_path=send_round.module_path, status=TaskResultStatus.READY)
    planned.update(run_after=now())
    if found := [mail for mail in walker.house.mails_to(walker.email) if said in text_of(mail)]:
        return found[-1]
    assert tries_left, f"{walker.name} does not hear: {said}"
    time.sleep(0.3)
    return hears(walker, english, tries_left - 1, **names)


def link_in(mail: EmailMessage, words: str) -> str:
    """Return where the words in the HTML of a mail lead; the text of the mail holds the same address."""
    html = mail.get_body(preferencelist=("html",))
    assert html
    found = re.search(rf'<a [^>]*href="([^"]+)"[^>]*>{re.escape(words)}', html.get_content())
    assert found, f"No “{words}” in {html.get_content()}"
    assert found[1] in text_of(mail)
    return found[1]


def scanned(mail: EmailMessage) -> EmailMessage:
    """Open every link of a mail, as the scanner of a school does before the mail arrives."""
    for link in re.findall(r"https?://\S+", text_of(mail)):
        with suppress(HTTPError):  # a link that was used says so
            urlopen(link).read()  # noqa: S310  # the links of our own mail
    return mail


def answers_by(walker: Walker, mail: EmailMessage, words: str, **fields: object) -> None:
    """Open a link of a mail in a browser of which nobody knows anything, and press its one button."""
    link = link_in(scanned(mail), words)
    walker.opens(link)
    walker.sends(**fields)
    assert not [cookie for cookie in walker.page.context.cookies() if cookie["name"] == "sessionid"]
    walker.reads(walker.says("Done"))


def accepted_from_the_mail(noor: Walker, bram: Walker) -> Relation:
    """Bram invited Noor; her yes asks her to sign in, once. After it nobody is signed in anywhere."""
    coach = bram.is_known()
    noor.is_known()
    for each in (noor, bram):
        each.page.context.clear_cookies()
    invite(by=coach, at=now(), side=Side.COACH, email=noor.email, message="Zin om samen te klimmen?")
    mail = scanned(hears(noor, "Read the invitation and answer it here:"))
    noor.opens(link_in(mail, noor.says("Read the invitation and answer it here:").removesuffix(":")))
    noor.follows("account_login")
    noor.signs_in()
    noor.sends("[value=accept]")
    noor.page.context.clear_cookies()
    hears(
        bram,
        "%(name)s said yes to your invitation. Now you two can get acquainted, at your own pace.",
        name="Noor",
    )
    return Relation.objects.select_related("coach", "coachee").get(coachee__email=noor.email)


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_e3_they_answer_from_their_mails_alone(walker: Callable[..., Walker]) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    relation = accepted_from_the_mail(noor, bram)
    days = [now() + timedelta(days=number) for number in (6, 8)]
    talk = propose_talk(relation=relation, by=relation.coach, at=now(), moments=days, minutes=45)
    mail = hears(noor, "%(name)s proposes a talk. Which moment suits you?", name=bram.name)
    words = first_moment_in(mail)
    answers_by(noor, mail, words)
    talk.refresh_from_db()
    assert talk.state == TalkState.PLANNED
    noor.opens(link_in(mail, words), answers=410)
    noor.reads(noor.says("This link was used already"))
    for each in (noor, bram):
        planned = hears(each, "The enclosed file puts it in your calendar. You can prepare the talk here:")
        assert any("calendar" in part.get_content_type() for part in planned.walk())

    declare_double_hat(relation, by=relation.coach, at=now(), has_double_hat=False)
    mark_first_talk_held(relation, by=relation.coach, at=now())
    for each in (noor, bram):
        mail = hears(each, "You had your first talk. Does it click? Your answer is for you alone.")
        answers_by(each, mail, each.says("Give my answer"), answer="yes")
    for each in (noor, bram):
        hears(each, "How it goes on after your first talk")
    assert Relation.objects.get(pk=relation.pk).state == State.CONTRACTING


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_e3_a_coach_promises_and_answers_from_the_mail(walker: Callable[..., Walker]) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    relation = on_a_rope(noor, bram, State.RUNNING)
    for each in (noor, bram):
        each.page.context.clear_cookies()
    goal = keep(Goal, by=relation.coachee, at=now(), text="Ik durf een vraag te stellen.")
    actions_asking.ask(goal, by=relation.coachee, at=now(), of=relation)
    mail = hears(bram, "%(name)s shared something with you, and would like to hear from you.", name=noor.name)
    day = localdate() + timedelta(days=5)
    answers_by(bram, mail, bram.says("I answer later: choose a day"), day=day.isoformat())
    assert ReplyRequest.objects.get(thing=goal.pk).promised_on == day
    told = hears(noor, "How and when you hear")
    assert bram.name in text_of(told)
    answers_by(bram, mail, bram.says("I have read this"))
    assert Reply.objects.get(about=goal.pk).reply_kind == "read"
    left = hears(
        noor, "%(name)s left something beside what you shared. You do not have to answer.", name=bram.name
    )
    assert "durf" not in text_of(left)


def first_moment_in(mail: EmailMessage) -> str:
    """Return the words of the first moment one can choose in a mail."""
    found = re.search(r"^- (.*\d\d:\d\d):$", text_of(mail), re.MULTILINE)
    assert found, text_of(mail)
    return found[1]


def test_a_proposal_in_a_mail_leads_to_the_talk_as_well(walker: Callable[..., Walker]) -> None:
    noor, bram = walker("Noor"), walker("Bram")
    relation = on_a_rope(noor, bram, State.RUNNING)
    talk = propose_talk(
        relation=relation, by=relation.coach, at=now(), moments=[now() + timedelta(days=6)], minutes=30
    )
    mail = hears(noor, "%(name)s proposes a talk. Which moment suits you?", name=bram.name)
    noor.opens(link_in(mail, noor.says("See the talk, or propose other moments")))
    assert noor.here == {"talk": talk.pk}
    noor.opens(link_in(mail, noor.says("Choose it here:").removesuffix(":")))
    assert noor.is_at("notices:wishes")
    noor.sends(hour="9")
    noor.reads(noor.says("Saved. This is how you hear from now on."))
    assert Talk.objects.get(pk=talk.pk).state == TalkState.PROPOSED
