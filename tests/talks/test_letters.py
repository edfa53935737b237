"""The letters about a talk: in the reader's language, never about one's own act, and never after the end."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from klimtouw.notices.actions import change_wishes
from klimtouw.notices.models import Notice
from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.talks.actions import cancel_talk, choose_moment, propose_other_moments, propose_talk
from klimtouw.talks.letters import Letter, send
from klimtouw.talks.models import Talk
from klimtouw.talks.tasks import write_letter
from tests.talks.conftest import days, letters_to
from tests.told import read_by


@pytest.fixture(autouse=True)
def _empty_outbox(settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]
    mail.outbox = []


def calendar_with(letter: object) -> str:
    """Return the calendar file a letter carries."""
    ((_name, content, kind),) = letter.attachments  # type: ignore[attr-defined]
    assert kind.startswith("text/calendar; method=")
    return str(content)


def test_a_proposal_is_told_to_the_other_alone_in_their_next_message(
    proposed: Talk, noor: Person, bram: Person, at: datetime
) -> None:
    assert letters_to(noor) == []
    told = read_by(noor, at)
    assert "Bram stelt een gesprek voor" in told
    assert "Bij de vijver" in told
    assert proposed.get_absolute_url() in told
    assert mail.outbox[-1].attachments == []
    assert read_by(bram, at) == ""


def test_e3_a_proposal_with_a_moment_nearby_is_told_before_that_moment(
    running_relation: Relation, bram: Person, noor: Person, at: datetime
) -> None:
    change_wishes(person=noor, by=noor, at=at, rhythm="week", weekday=(at - timedelta(days=1)).weekday())
    propose_talk(relation=running_relation, by=bram, at=at, moments=[days(1.5, at)], minutes=30)
    assert Notice.objects.get(person=noor).due_at < at + timedelta(days=1)


def test_e3_a_proposal_that_was_answered_on_its_page_or_whose_moments_are_over_is_not_told(
    proposed: Talk, noor: Person, at: datetime
) -> None:
    moment = proposed.moments.first()
    assert moment
    choose_moment(talk=proposed, by=noor, at=at, moment_id=moment.pk)
    assert read_by(noor, at) == ""


def test_a_chosen_moment_goes_to_both_calendars(
    proposed: Talk, noor: Person, bram: Person, at: datetime
) -> None:
    mail.outbox = []
    moment = proposed.moments.first()
    assert moment
    choose_moment(talk=proposed, by=noor, at=at, moment_id=moment.pk)
    for person in (noor, bram):
        (letter,) = letters_to(person)
        assert "METHOD:REQUEST" in calendar_with(letter)
        assert letter.message().as_bytes()


def test_the_chooser_reads_no_news_about_their_own_act(proposed: Talk, noor: Person, at: datetime) -> None:
    mail.outbox = []
    moment = proposed.moments.first()
    assert moment
    choose_moment(talk=proposed, by=noor, at=at, moment_id=moment.pk)
    (letter,) = letters_to(noor)
    assert letter.subject.startswith("Gesprek op ")
    assert "koos" not in letter.body


def test_a_cancelled_talk_leaves_both_calendars(
    planned: Talk, noor: Person, bram: Person, at: datetime
) -> None:
    mail.outbox = []
    cancel_talk(talk=planned, by=noor, at=at, seen=planned.revision)
    for person in (noor, bram):
        (letter,) = letters_to(person)
        assert "METHOD:CANCEL" in calendar_with(letter)
        assert "Noor zegt" not in letter.body


def test_e3_a_withdrawn_proposal_is_told_to_who_heard_of_it_alone(
    proposed: Talk, running_relation: Relation, noor: Person, bram: Person, at: datetime
) -> None:
    cancel_talk(talk=proposed, by=bram, at=at, seen=proposed.revision)
    assert (read_by(noor, at), read_by(bram, at)) == ("", "")
    talk = propose_talk(relation=running_relation, by=bram, at=at, moments=[days(4, at)], minutes=30)
    assert "stelt een gesprek voor" in read_by(noor, at)
    cancel_talk(talk=talk, by=bram, at=at, seen=talk.revision)
    assert "gaat nu niet door" in read_by(noor, at)
    assert (read_by(noor, at), read_by(bram, at), mail.outbox[-1].attachments) == ("", "", [])


def test_a_moved_talk_frees_both_calendars_and_asks_the_other(
    planned: Talk, noor: Person, bram: Person, at: datetime
) -> None:
    mail.outbox = []
    propose_other_moments(
        talk=planned, by=noor, at=at, seen=planned.revision, moments=[days(9, at)], minutes=30
    )
    (to_bram,), (to_noor,) = letters_to(bram), letters_to(noor)
    assert to_bram.subject == "Een ander moment voor een gesprek?"
    assert "Noor wil het gesprek van" in to_bram.body
    assert reverse("notices:answer", args=["x"]).removesuffix("x/") in to_bram.body
    assert "is weer vrij" in to_noor.subject
    assert "METHOD:CANCEL" in calendar_with(to_bram)
    assert "METHOD:CANCEL" in calendar_with(to_noor)


def test_every_letter_is_written_in_the_language_of_its_reader(
    planned: Talk, noor: Person, at: datetime
) -> None:
    noor.language = "en"
    noor.save(update_fields=["language"])
    mail.outbox = []
    talk = Talk.objects.select_related("relation__coach", "relation__coachee").get(pk=planned.pk)
    for letter in (Letter.MOVED, Letter.PLANNED, Letter.CANCELLED, Letter.FREED):
        send(letter, talk=talk, to=talk.relation.coachee, at=at, was_at=talk.starts_at)
        text = f"{mail.outbox[-1].subject}\n{mail.outbox[-1].body}"
        assert "gesprek" not in text.replace("/gesprek", "").lower(), letter
        assert len(mail.outbox[-1].subject) > 10


def test_a_letter_about_an_earlier_revision_stays_unsent(planned: Talk, noor: Person) -> None:
    mail.outbox = []
    write_letter.enqueue("planned", str(planned.pk), 0, str(noor.pk))
    assert mail.outbox == []
    write_letter.enqueue("planned", str(planned.pk), planned.revision, str(noor.pk))
    assert len(mail.outbox) == 1


def test_sending_the_same_letter_twice_gives_it_the_same_name(planned: Talk, noor: Person) -> None:
    mail.outbox = []
    for _ in range(2):
        write_letter.enqueue("planned", str(planned.pk), planned.revision, str(noor.pk))
    assert len({letter.extra_headers["Message-ID"] for letter in mail.outbox}) == 1


def test_v24_after_the_end_no_letter_about_talks_reaches_the_coach(
    planned: Talk, running_relation: Relation, noor: Person, bram: Person
) -> None:
    mail.outbox = []
    Relation.objects.filter(pk=running_relation.pk).update(state=State.STOPPED)
    for person in (noor, bram):
        write_letter.enqueue("planned", str(planned.pk), planned.revision, str(person.pk))
    assert [letter.to for letter in mail.outbox] == [[noor.email]]


def test_markup_in_a_name_or_place_arrives_as_typed(
    running_relation: Relation, bram: Person, noor: Person, at: datetime
) -> None:
    bram.display_name = "Bram & <Co>"
    bram.save(update_fields=["display_name"])
    running_relation.refresh_from_db()
    propose_talk(
        relation=running_relation, by=bram, at=at, moments=[at + timedelta(days=2)], minutes=30, place="A & B"
    )
    told = read_by(noor, at)
    assert "Bram & <Co> stelt een gesprek voor" in told
    assert "A & B" in told
    ((html, _kind),) = mail.outbox[-1].alternatives
    assert "Bram &amp; &lt;Co&gt; stelt een gesprek voor" in html
