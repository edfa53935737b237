"""Every mail, in both languages: the same as text and as HTML, nothing fetched, nothing private in its subject (E1, E2, E3)."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from html.parser import HTMLParser
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from klimtouw.belongings.actions import keep
from klimtouw.climb.models import Goal
from klimtouw.config.notice_tasks import SAID_BY
from klimtouw.notices import sending
from klimtouw.notices.actions import tell
from klimtouw.notices.kinds import KINDS
from klimtouw.notices.layout import as_html
from klimtouw.people.models import Person
from klimtouw.relations.actions.acquaintance import declare_double_hat
from klimtouw.relations.actions.beginning import mark_first_talk_held
from klimtouw.relations.actions.click import answer_click
from klimtouw.relations.actions.closing import (
    complete_relation,
    leave_relation,
    pause_relation,
    resume_relation,
)
from klimtouw.relations.actions.contracts import draft_contract, sign_contract
from klimtouw.relations.actions.invitations import accept_invitation, decline_invitation, invite
from klimtouw.relations.choices import Click, Rhythm, Side, State
from klimtouw.relations.contract_tasks import Letter as AboutRelation
from klimtouw.relations.contract_tasks import write_letter as write_about_relation
from klimtouw.relations.models import Relation
from klimtouw.relations.terms import Terms
from klimtouw.replies import actions_asking
from klimtouw.replies.actions import give_reply
from klimtouw.replies.actions_promising import promise_reply
from klimtouw.replies.choices import ReplyKind
from klimtouw.takeaway.offer_letters import send_offer
from klimtouw.talks.actions import cancel_talk, choose_moment, propose_other_moments, propose_talk
from tests.notices.stories_of_more import a_circle, a_quiet_time_and_what_is_ahead, peer_coaching, proposals
from tests.stories import make_contract, make_person, make_relation
from tests.told import read_by

pytestmark = pytest.mark.usefixtures("_jobs_done_at_once")
WORD = "zeldzaamwoord"
NAMES = ("Isolde", "Tristan")
SAYS_WHO = (
    "vraagt jou als coach",
    "wil je graag coachen",
    "asks you as a coach",
    "would like to coach you",
    "nodigt je uit voor een kring",
    "invites you to a circle",
)
"""Somebody without an account has to see from whom an invitation comes."""


@pytest.fixture
def _jobs_done_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for the commit is done now: no test here undoes anything."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, **_more: act())


class Told:
    """Everything the stories below told, and by which kind."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.kinds: set[str] = set()
        still_to_tell = sending._still_to_tell

        def noted(parcel: Any, person: Person, at: datetime) -> Any:
            found = still_to_tell(parcel, person, at)
            names = {row.kind for row in parcel.notices.all()}
            self.kinds |= names if len(found) == len(names) else set()
            return found

        monkeypatch.setattr(sending, "_still_to_tell", noted)


@pytest.fixture(params=["nl", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Both languages of the house."""
    return str(request.param)


@pytest.fixture
def two(db: None, language: str) -> tuple[Person, Person]:
    """A coachee and a coach with names that are easily found again."""
    return make_person(NAMES[0], language=language), make_person(NAMES[1], language=language)


def from_invitation_to_contract(coachee: Person, coach: Person, at: datetime) -> None:
    """Tell the beginning: an invitation, a first talk, the click, a contract, a pause."""
    invite(by=coach, at=at, side=Side.COACH, email="nieuw@school.example", message=WORD)
    invite(by=coachee, at=at, side=Side.COACHEE, email="ander@school.example", message=WORD)
    decline_invitation(invite(by=coach, at=at, side=Side.COACH, email="weg@school.example"), at=at)
    relation = accept_invitation(
        invite(by=coach, at=at, side=Side.COACH, email=coachee.email, message=WORD), by=coachee, at=at
    )
    read_by(coach, at)
    relation = mark_first_talk_held(relation, by=coach, at=at)
    read_by(coach, at)
    declare_double_hat(relation, by=coach, at=at, has_double_hat=False)
    read_by(coachee, at)
    declare_double_hat(relation, by=coach, at=at, has_double_hat=True)
    read_by(coachee, at)
    for person in (coachee, coach):
        relation = answer_click(relation, by=person, at=at, answer=Click.YES)
    terms = Terms(
        starts_on=localdate(at), ends_on=localdate(at) + timedelta(days=30), talks=3, rhythm=Rhythm.MONTHLY,
        availability=WORD, coachee_may_expect=WORD, coach_may_expect=WORD, clauses=(WORD,),
    )  # fmt: skip
    contract = draft_contract(relation=relation, by=coach, at=at, terms=terms)
    read_by(coachee, at)
    for person in (coach, coachee):
        sign_contract(relation=relation, contract=contract.pk, by=person, at=at)
        read_by(coachee, at)
        read_by(coach, at)
    for pause in (pause_relation, resume_relation):
        pause(relation=Relation.objects.get(pk=relation.pk), by=coachee, at=at)
        read_by(coach, at)


def talks_and_replies(coachee: Person, coach: Person, at: datetime) -> None:
    """Tell of talks that are proposed, chosen, moved and cancelled, and of a reply that is asked, promised and given."""
    relation = make_relation(coachee, make_person("Morgane", language=coach.language), State.RUNNING, at)
    Relation.objects.filter(pk=relation.pk).update(coach=coach)
    relation = make_relation(coach, coachee, State.RUNNING, at)  # the other way round: both are told of talks
    days = (at + timedelta(days=number) for number in count(2))
    talk = propose_talk(relation=relation, by=coach, at=at, moments=[next(days), next(days)], minutes=30)
    read_by(coachee, at)
    talk = choose_moment(talk=talk, by=coachee, at=at, moment_id=talk.moments.all()[0].pk)
    talk = propose_other_moments(
        talk=talk, by=coach, at=at, seen=talk.revision, moments=[next(days)], minutes=30
    )
    talk = choose_moment(talk=talk, by=coachee, at=at, moment_id=talk.moments.all()[0].pk)
    cancel_talk(talk=talk, by=coach, at=at, seen=talk.revision)
    other = propose_talk(relation=relation, by=coach, at=at, moments=[next(days)], minutes=30)
    read_by(coachee, at)
    cancel_talk(talk=other, by=coach, at=at, seen=other.revision)
    read_by(coachee, at)
    goal = keep(Goal, by=coach, at=at, text=WORD)
    asked = actions_asking.ask(goal, by=coach, at=at, of=relation, by_day=localdate(at) + timedelta(days=20))
    read_by(coachee, at)
    promise_reply(asked, beside=goal, by=coachee, at=at, day=localdate(at) + timedelta(days=3))
    read_by(coach, at)
    give_reply(goal, by=coachee, at=at, id=uuid4(), reply_kind=ReplyKind.QUESTION, text=WORD)
    read_by(coach, at)
    complete_relation(relation=Relation.objects.get(pk=relation.pk), by=coach, at=at)


def ends(coachee: Person, coach: Person, at: datetime) -> None:
    """Tell of a relation that does not start, one that stops, the package, and the day on which all goes."""
    third = make_person("Brangaene", language=coachee.language)
    for person, state in ((third, State.CLICKING), (coach, State.CONTRACTING)):
        relation = make_relation(coachee, person, state, at)
        leave_relation(relation=relation, by=person, at=at)
    over = make_relation(third, coach, State.COMPLETED, at)
    Relation.objects.filter(pk=over.pk).update(goes_on=localdate(at) + timedelta(days=30))
    for reader in (third, coach):
        write_about_relation.call(AboutRelation.GOES_SOON, str(over.pk), str(reader.pk), "key")
        send_offer(make_contract_of(over, at), reader.pk)


def make_contract_of(relation: Relation, at: datetime) -> Any:
    """Return the key of a contract of a relation."""
    return (relation.contracts.first() or make_contract(relation, at)).pk


def signing_in(person: Person) -> None:
    """Ask for a code and for a new password, as somebody without an account too."""
    for address in (person.email, "onbekend@school.example"):
        for page in ("account_request_login_code", "account_reset_password"):
            headers = {"accept-language": person.language}
            Client(headers=headers).post(reverse(page), {"email": address})


_SENT: dict[str, tuple[list[EmailMultiAlternatives], set[str]]] = {}
"""What the stories sent, per language: told once, and only read by every test."""


@pytest.fixture
def letters(
    two: tuple[Person, Person], language: str, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> tuple[list[EmailMultiAlternatives], set[str]]:
    """Every mail the stories send, and every kind of thing they told."""
    if language not in _SENT:
        told = Told(monkeypatch)
        _tell_everything(*two, at)
        _SENT[language] = (list(mail.outbox), told.kinds)  # type: ignore[assignment]  # with a layout, all of them
    return _SENT[language]


def _tell_everything(coachee: Person, coach: Person, at: datetime) -> None:
    from_invitation_to_contract(coachee, coach, at)
    Relation.objects.update(state=State.STOPPED)
    talks_and_replies(coachee, coach, at)
    Relation.objects.update(state=State.STOPPED)
    ends(coachee, coach, at)
    signing_in(coachee)
    Relation.objects.update(state=State.STOPPED)
    a_quiet_time_and_what_is_ahead(coachee, coach, at)
    Relation.objects.update(state=State.STOPPED)
    peer_coaching(coachee, coach, at, word=WORD)
    a_circle(coachee, coach, at, word=WORD)
    proposals(coachee, coach, at)


class Read(HTMLParser):
    """What somebody reads in HTML, and what it would fetch."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.tags, self.links = "", [], []  # type: ignore[var-annotated]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag, and where it leads."""
        self.tags.append((tag, dict(attrs)))
        if tag == "a":
            self.links.append(dict(attrs)["href"])

    def handle_data(self, data: str) -> None:
        """Note what is read."""
        self.text += data


def html_of(letter: EmailMultiAlternatives) -> Read:
    """Return the HTML of a mail, as read."""
    html, kind = letter.alternatives[0]
    assert kind == "text/html"
    return Read(str(html))


def lines_of(letter: EmailMultiAlternatives) -> Iterator[str]:
    """Return the lines of the text of a mail, without addresses and marks."""
    for line in str(letter.body).splitlines():
        bare = line.strip().removeprefix("- ").removesuffix(":")
        if bare.strip("-") and not bare.startswith("http"):
            yield bare


def test_e3_every_mail_says_the_same_as_text_and_as_html_and_fetches_nothing(
    letters: tuple[list[EmailMultiAlternatives], set[str]], language: str
) -> None:
    for letter in letters[0]:
        html = html_of(letter)
        read = " ".join(html.text.split())
        missing = [line for line in lines_of(letter) if " ".join(line.split()) not in read]
        assert not missing, letter.subject
        addresses = re.findall(r"^\s*(https?://\S+/)$", str(letter.body), re.MULTILINE)
        assert [link for link in addresses if link not in html.links] == [], letter.subject
        fetched = {tag for tag, _ in html.tags} & {
            "img",
            "link",
            "script",
            "iframe",
            "object",
            "video",
            "form",
        }
        assert fetched == set()
        assert not re.search(r"url\(|@import|src=", str(letter.alternatives[0][0]))
        assert ("html", {"lang": language}) in html.tags, letter.subject
        assert not [link for link in html.links if link in html.text], (
            "a link says what it does, not where it leads"
        )
        assert letter.message().as_bytes()


def test_e3_no_subject_names_anybody_or_says_what_somebody_wrote(
    letters: tuple[list[EmailMultiAlternatives], set[str]],
) -> None:
    people = [*NAMES, "Brangaene", "Morgane", "Marke", "Kurneval"]
    subjects = {str(letter.subject) for letter in letters[0]}
    named = {subject for subject in subjects if any(name in subject for name in people)}
    assert all(subject.endswith(SAYS_WHO) for subject in named)
    assert len(named) == 3
    for letter in letters[0]:
        assert WORD not in str(letter.subject) + str(letter.body) + str(letter.alternatives)


def test_e3_a_yes_and_a_no_have_the_same_subject(
    letters: tuple[list[EmailMultiAlternatives], set[str]], language: str
) -> None:
    about = {
        "nl": "Hoe het verdergaat na jullie eerste gesprek",
        "en": "How it goes on after your first talk",
    }
    bodies = {str(letter.body) for letter in letters[0] if letter.subject == about[language]}
    assert len(bodies) == 4


def test_e3_every_kind_of_thing_was_told(letters: tuple[list[EmailMultiAlternatives], set[str]]) -> None:
    ours = {
        name for name, kind in KINDS.items() if kind.say.__module__ in {each.__name__ for each in SAID_BY}
    }
    mine = {"accepted", "click_asked", "double_hat_changed", "contract_drafted", "contract_signed", "contract_in_force",
            "paused", "resumed", "something_left", "reply_asked", "reply_promised", "talk_proposed", "talk_withdrawn",
            "talk_card", "free_hours_end", "hand_note", "hand_idea", "rests", "taken_up", "peer_asked", "peer_said_yes",
            "rung_attested", "attested", "circle_said_yes", "circle_to_sign", "circle_begun", "circle_asked",
            "circle_answered", "meeting_proposed", "circle_left", "circle_ended", "circle_proposed", "circle_goes_on",
            "circle_does_not_go_on"}  # fmt: skip
    assert ours == mine
    assert mine - letters[1] == set()


def test_e1_every_mail_is_in_the_language_of_its_reader(
    letters: tuple[list[EmailMultiAlternatives], set[str]], language: str
) -> None:
    foreign = {"nl": r"\b(the|your|you|with)\b", "en": r"\b(het|jullie|jouw|een|niet)\b"}[language]
    ours = [letter for letter in letters[0] if "weg@" not in letter.to[0]]
    wrong = {
        line
        for letter in ours
        for line in [str(letter.subject), *lines_of(letter)]
        if re.search(foreign, line, re.IGNORECASE)
    }
    assert wrong == set()


def test_no_name_or_place_becomes_a_link_or_markup() -> None:
    home = "https://school.example"
    text = "Dag <b>Jan</b>,\n\nhttps://evil.example/x/\n\nLees het hier:\nhttps://school.example.evil/\n\nKlik:\nhttps://school.example/doel/"
    html = Read(as_html(text, subject="<i>", language="nl", home=home))
    assert html.links == ["https://school.example/doel/"]
    assert not {"b", "i"} & {tag for tag, _ in html.tags}
    assert "Dag <b>Jan</b>," in html.text


def test_the_demo_mailbox_shows_both(settings: Any, noor: Person, at: datetime, client: Client) -> None:
    settings.EMAIL_BACKEND = "klimtouw.notices.mailbox.FileBackend"
    settings.ROOT_URLCONF = "tests.notices.urls_of_the_demo"
    relation = make_relation(noor, make_person("Tristan"), State.RUNNING, at)
    tell(KINDS["contract_in_force"], noor, about=relation.pk, relation=relation.pk, at=at)
    page = client.get("/demo/mailbox/").content.decode()
    assert "Nog geen mail" in page
    client.post("/demo/mailbox/nu/")
    page = client.get("/demo/mailbox/").content.decode()
    assert "Nieuws van Klimtouw" in page
    found = re.search(r'href="(/demo/mailbox/[-0-9a-f]+/)"', page)
    assert found
    shown = client.get(found[1])
    assert "Tristan tekende ook." in shown.content.decode()
    assert "default-src 'none'" in shown.headers["Content-Security-Policy"]
    assert client.get(reverse("home") + "demo/mailbox/" + str(uuid4()) + "/").status_code == 404
