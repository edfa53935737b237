"""The card by mail ten minutes before, for whoever asked; and a kind word before free hours end (T1, T2)."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.utils.timezone import localdate, localtime

from klimtouw.access.table import Hat
from klimtouw.foundation.clock import now
from klimtouw.notices.models import Notice
from klimtouw.notices.sending import send_what_is_due
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from klimtouw.talks import actions
from klimtouw.talks.choices import LineKind
from klimtouw.talks.models import Talk
from tests.stories import looks_of_others
from tests.talks.conftest import days, make_held, make_planned
from tests.talks.test_afterwards import end
from tests.talks.test_free_hours import is_free


@pytest.fixture
def at() -> datetime:
    """This day at noon in Brussels: a card that is due in the quiet hours waits, and that is told elsewhere."""
    return localtime(now()).replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def soon(running_relation: Relation, noor: Person, bram: Person, at: datetime) -> Talk:
    """A talk in an hour, with lines on its card and a last time."""
    before = make_held(running_relation, days(-8, at))
    kept = actions.write_takeaway(talk=before, by=noor, at=at, seen=0, text="Moed.", next_step="Ik bel zelf.")
    actions.share_with_other(kept, by=noor, at=at)
    talk = make_planned(running_relation, days(1 / 24, at), place="Bij de vijver")
    lines = [(noor, "Ik belde!", True), (bram, "Hoe was het?", True), (bram, "Voor mij alleen", False)]
    for by, text, on_card in lines:
        line = {"line_kind": LineKind.TALK_ABOUT, "text": text, "on_card": on_card}
        actions.write_line(talk=talk, by=by, at=at, **line)
    mail.outbox.clear()
    return talk


def wants_card(person: Person, at: datetime) -> None:
    actions.choose_habits(by=person, at=at, shows_names=False, has_card_by_mail=True)


def sent_at(person: Person, at: datetime) -> list[str]:
    """Return the texts of the cards that leave at this moment."""
    mail.outbox.clear()
    send_what_is_due(person, at)
    return [str(letter.body) for letter in mail.outbox if letter.subject.startswith("Je gesprek van")]


def test_nobody_gets_a_card_by_mail_who_did_not_ask(soon: Talk, noor: Person, bram: Person) -> None:
    assert soon.starts_at
    ten_before = soon.starts_at - timedelta(minutes=10)
    assert [sent_at(person, ten_before) for person in (noor, bram)] == [[], []]


def test_who_asked_gets_what_they_may_read_ten_minutes_before_and_not_sooner(
    soon: Talk, noor: Person, bram: Person, at: datetime
) -> None:
    wants_card(noor, at)
    assert soon.starts_at
    assert sent_at(noor, soon.starts_at - timedelta(minutes=11)) == []
    (card,) = sent_at(noor, soon.starts_at - timedelta(minutes=10))
    for words in ("Bij de vijver", "Ik bel zelf.", "Jij: Ik belde!", "Bram: Hoe was het?", "/samen/"):
        assert words in card
    assert "Voor mij alleen" not in card
    subject = mail.outbox[0].subject
    assert "Bram" not in subject
    assert "Hoe" not in subject
    looks = [look for look in looks_of_others(bram, soon.starts_at) if look[0] == "Noor"]
    assert [(hat, times) for _, _, hat, times in looks] == [(Hat.COACHEE_ONCE_SHARED, 1)]
    assert sent_at(noor, soon.starts_at - timedelta(minutes=9)) == []


def test_v24_the_card_of_a_coach_holds_no_word_of_the_coachee_and_leaves_no_look(
    soon: Talk, noor: Person, bram: Person, at: datetime
) -> None:
    wants_card(bram, at)
    assert soon.starts_at
    (card,) = sent_at(bram, soon.starts_at - timedelta(minutes=10))
    for words in ("Bij de vijver", "Jij: Hoe was het?", "Jij: Voor mij alleen", "/samen/"):
        assert words in card
    for words in ("Ik belde!", "Ik bel zelf.", "Moed.", "Vorige keer", "Nu onderweg", "Noor: "):
        assert words not in card
    assert [look for look in looks_of_others(noor, soon.starts_at) if look[0] == "Bram"] == []


def test_a_moved_talk_sends_its_card_at_its_own_hour(
    soon: Talk, noor: Person, bram: Person, at: datetime
) -> None:
    wants_card(noor, at)
    assert soon.starts_at
    later = {"moments": [days(3, at)], "minutes": 30}
    moved = actions.propose_other_moments(talk=soon, by=noor, at=at, seen=soon.revision, **later)
    assert sent_at(noor, soon.starts_at - timedelta(minutes=10)) == []
    actions.choose_moment(talk=moved, by=bram, at=at, moment_id=moved.moments.get().pk)
    assert len(sent_at(noor, days(3, at) - timedelta(minutes=10))) == 1


def test_a_cancelled_talk_and_v24_an_ended_relation_send_no_card(
    soon: Talk, noor: Person, bram: Person, at: datetime
) -> None:
    for person in (noor, bram):
        wants_card(person, at)
    assert soon.starts_at
    end(soon.relation, "stopped", at)  # type: ignore[arg-type]  # the state by its value
    assert sent_at(bram, soon.starts_at - timedelta(minutes=10)) == []
    actions_after = Talk.objects.get(pk=soon.pk)
    assert actions_after.state == "planned"
    assert sent_at(noor, soon.starts_at - timedelta(minutes=10)) == []


def test_a_card_that_comes_too_late_is_left_out(soon: Talk, noor: Person, at: datetime) -> None:
    wants_card(noor, at)
    assert soon.starts_at
    assert sent_at(noor, soon.starts_at + timedelta(minutes=11)) == []


def test_a_week_before_free_hours_end_their_owner_is_asked_once(
    noor: Person, bram: Person, at: datetime
) -> None:
    is_free(noor, at, days=7)
    is_free(bram, at, days=8)
    actions.tell_of_ending_free_hours(at=at)
    actions.tell_of_ending_free_hours(at=at)
    assert list(Notice.objects.values_list("person", "kind")) == [(noor.pk, "free_hours_end")]
    mail.outbox.clear()
    assert send_what_is_due(noor, at + timedelta(days=6)) == 1
    assert "Passen ze nog?" in str(mail.outbox[0].body)
    assert f"{localdate(at) + timedelta(days=7):%-d}" in str(mail.outbox[0].body)
