"""What there is to tell comes together in one calm mail, once, and only if it is still so (E3)."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from klimtouw.notices.actions import change_wishes, choose_what_to_hear, tell
from klimtouw.notices.choices import Rhythm, Topic
from klimtouw.notices.kinds import Kind
from klimtouw.notices.models import Notice, Parcel
from klimtouw.notices.queries import people_with_something_due
from klimtouw.notices.sending import MOST_TRIES, TRIED_AGAIN_AFTER, send_what_is_due
from klimtouw.people.models import Person
from klimtouw.people.second_lock import page_of
from tests.notices.conftest import tied

A_DAY = timedelta(days=1)
NOON = datetime(2027, 1, 12, 11, tzinfo=UTC)


def test_e3_what_is_told_comes_in_one_mail_at_the_usual_hour(knot: Kind, noor: Person, at: datetime) -> None:
    for _ in range(3):
        tell(knot, noor, about=tied(), at=at)
    assert send_what_is_due(noor, at) == 0
    assert mail.outbox == []
    assert send_what_is_due(noor, at + A_DAY) == 1
    (letter,) = mail.outbox
    assert letter.to == [noor.email]
    assert str(letter.body).count("Er is een knoop gelegd.") == 3
    assert not Notice.objects.exists()
    assert not Parcel.objects.exists()
    assert send_what_is_due(noor, at + A_DAY) == 0


def test_e3_the_same_told_twice_is_told_once(knot: Kind, noor: Person, at: datetime) -> None:
    one = tied()
    for _ in range(3):
        tell(knot, noor, about=one, at=at)
    send_what_is_due(noor, at + A_DAY)
    assert str(mail.outbox[0].body).count("knoop") == 1


def test_e3_nobody_is_told_of_their_own_act(knot: Kind, noor: Person, bram: Person, at: datetime) -> None:
    tell(knot, noor, about=tied(), by=noor, at=at)
    assert not Notice.objects.exists()
    tell(knot, noor, about=tied(), by=bram, at=at)
    assert Notice.objects.count() == 1


def test_e3_what_is_no_longer_so_is_left_out_and_an_empty_mail_is_not_sent(
    knot: Kind, noor: Person, at: datetime
) -> None:
    tell(knot, noor, about=uuid4(), at=at)
    assert send_what_is_due(noor, at + A_DAY) == 0
    assert mail.outbox == []
    assert not Notice.objects.exists()


def test_e3_what_is_undone_is_not_told(knot: Kind, noor: Person, at: datetime) -> None:
    with transaction.atomic():
        tell(knot, noor, about=tied(), at=at)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()


def test_e3_a_muted_topic_or_relation_stays_out_of_the_mail(knot: Kind, noor: Person, at: datetime) -> None:
    relation = uuid4()
    others = [topic for topic in Topic if topic != Topic.TALKS]
    choose_what_to_hear(person=noor, by=noor, at=at, topics=others, relations={})
    tell(knot, noor, about=tied(), at=at)
    assert send_what_is_due(noor, at + A_DAY) == 0
    choose_what_to_hear(person=noor, by=noor, at=at, topics=Topic, relations={relation: False})
    tell(knot, noor, about=tied(), relation=relation, at=at)
    assert send_what_is_due(noor, at + A_DAY) == 0
    tell(knot, noor, about=tied(), relation=uuid4(), at=at)
    assert send_what_is_due(noor, at + A_DAY) == 1
    choose_what_to_hear(person=noor, by=noor, at=at, topics=Topic, relations={relation: True})
    tell(knot, noor, about=tied(), relation=relation, at=at)
    assert send_what_is_due(noor, at + A_DAY) == 1


def test_e3_another_hour_also_holds_for_what_waits_already(knot: Kind, noor: Person, at: datetime) -> None:
    tell(knot, noor, about=tied(), at=at)
    change_wishes(person=noor, by=noor, at=at, rhythm=Rhythm.WEEK, weekday=(at + 3 * A_DAY).weekday())
    assert send_what_is_due(noor, at + A_DAY) == 0
    assert send_what_is_due(noor, at + 5 * A_DAY) == 1


def test_e3_another_hour_does_not_put_off_what_has_to_be_read_before_a_moment(
    knot: Kind, noor: Person, at: datetime
) -> None:
    tell(knot, noor, about=tied(), at=at, before=at + timedelta(hours=3))
    soon = Notice.objects.get().due_at
    tell(knot, noor, about=tied(), at=at)
    usual = Notice.objects.latest("due_at").due_at
    assert soon < usual
    change_wishes(person=noor, by=noor, at=at, rhythm=Rhythm.WEEK, weekday=(at + 3 * A_DAY).weekday())
    first, last = Notice.objects.order_by("due_at")
    assert (first.due_at, last.due_at > usual) == (soon, True)


def test_e3_a_weekly_message_leaves_what_has_to_be_read_before_a_moment_in_time(
    knot: Kind, noor: Person
) -> None:
    tell(knot, noor, about=tied(), at=NOON, before=NOON + 2 * A_DAY)  # at the usual hour, that is soon enough
    change_wishes(person=noor, by=noor, at=NOON, rhythm=Rhythm.WEEK, weekday=(NOON + 5 * A_DAY).weekday())
    assert Notice.objects.get().due_at < NOON + A_DAY


def test_e3_a_mail_of_its_own_keeps_the_quiet_hours_unless_it_is_about_a_moment_within_them(
    knot: Kind, noor: Person
) -> None:
    night, morning = NOON + timedelta(hours=12), NOON + timedelta(hours=20)
    tell(knot, noor, about=(loose := tied()), at=NOON, on=night)
    tell(knot, noor, about=(early := tied()), at=NOON, on=night, before=night + timedelta(minutes=10))
    due = {row.about: row.due_at for row in Notice.objects.all()}
    assert due == {loose: morning, early: night}


def test_e3_news_that_comes_while_a_mail_is_leaving_is_told_in_the_next_one(
    knot: Kind, noor: Person, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the mail says was asked already, and the parcel is not yet put away: then it is told again."""
    one, due, put_away = tied(), at + A_DAY, Parcel.delete

    def told_meanwhile(self: Parcel) -> object:
        for _twice in range(2):
            tell(knot, noor, about=one, at=due)
        return put_away(self)

    tell(knot, noor, about=one, at=at)
    with monkeypatch.context() as patch:
        patch.setattr(Parcel, "delete", told_meanwhile)
        assert send_what_is_due(noor, due) == 1
    assert Notice.objects.get().parcel is None
    assert send_what_is_due(noor, due + A_DAY) == 1
    assert not Notice.objects.exists()


def test_e3_a_reminder_is_a_mail_of_its_own_at_its_moment_and_moves_along(knot: Kind, noor: Person) -> None:
    talk, early, late = tied(), NOON + timedelta(hours=2), NOON + timedelta(hours=6)
    tell(knot, noor, about=talk, at=NOON, on=early)
    tell(knot, noor, about=talk, at=NOON, on=late)
    assert send_what_is_due(noor, early) == 0
    assert send_what_is_due(noor, late) == 1
    assert Notice.objects.count() == 0


def test_a_mail_that_does_not_leave_is_tried_again_under_the_same_name_and_arrives_once(
    knot: Kind, noor: Person, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker is killed right after the mail left, before the parcel is put away."""
    tell(knot, noor, about=tied(), at=at)
    due = at + A_DAY

    def killed(self: Parcel) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Parcel, "delete", killed)
        send_what_is_due(noor, due)
    assert send_what_is_due(noor, due + timedelta(minutes=1)) == 0  # it may still be on its way
    assert people_with_something_due(due + TRIED_AGAIN_AFTER) == [noor.pk]
    assert send_what_is_due(noor, due + TRIED_AGAIN_AFTER) == 1
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert not Notice.objects.exists()


def test_a_mail_whose_worker_was_killed_before_it_left_is_not_lost(
    knot: Kind, noor: Person, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(knot, noor, about=tied(), at=at)
    due = at + A_DAY
    with monkeypatch.context() as patch, pytest.raises(OSError):
        patch.setattr(mail.EmailMultiAlternatives, "send", _no_server)
        send_what_is_due(noor, due)
    tell(knot, noor, about=tied(), at=due)  # what comes meanwhile waits for the next mail
    assert send_what_is_due(noor, due + TRIED_AGAIN_AFTER) == 1
    assert str(mail.outbox[0].body).count("knoop") == 1
    assert Notice.objects.count() == 1


def _no_server(self: object) -> None:
    raise OSError("no mail server")


def test_an_address_that_takes_nothing_for_days_is_left_in_peace(
    knot: Kind, noor: Person, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(knot, noor, about=tied(), at=at)
    moment, tries = at + A_DAY, 0
    monkeypatch.setattr(mail.EmailMultiAlternatives, "send", _no_server)
    while Notice.objects.exists():
        try:
            send_what_is_due(noor, moment)
        except OSError:
            tries += 1
            moment = Parcel.objects.get().again_at
    assert tries == MOST_TRIES
    assert timedelta(days=2) < moment - at < timedelta(days=6)


def test_two_workers_at_once_send_one_mail(knot: Kind, noor: Person, at: datetime) -> None:
    tell(knot, noor, about=tied(), at=at)
    due = at + A_DAY
    Parcel.objects.all()
    assert [send_what_is_due(noor, due), send_what_is_due(noor, due)] == [1, 0]


def test_who_left_hears_nothing_more(knot: Kind, noor: Person, at: datetime) -> None:
    tell(knot, noor, about=tied(), at=at)
    noor.is_active = False
    noor.save(update_fields=["is_active"])
    assert send_what_is_due(noor, at + A_DAY) == 0
    assert not Notice.objects.exists()
    tell(knot, noor, about=tied(), at=at)
    assert not Notice.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_finding_who_hears_something_is_one_question(
    knot: Kind, noor: Person, bram: Person, amir: Person, at: datetime, number: int
) -> None:
    for person in (noor, bram, amir)[:number]:
        tell(knot, person, about=tied(), at=at)
        tell(knot, person, about=tied(), at=at)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(people_with_something_due(at + A_DAY)) == number
    assert len(asked) == 1


@pytest.mark.only_on("postgresql")
def test_behind_the_second_lock_nobody_sees_what_waits_for_another(
    knot: Kind, noor: Person, bram: Person, at: datetime
) -> None:
    with page_of(bram.pk, at):
        tell(knot, noor, about=tied(), by=bram, at=at)
        assert Notice.objects.count() == 0
    with page_of(noor.pk, at):
        assert Notice.objects.count() == 1
        change_wishes(person=noor, by=noor, at=at, hour=9)
    with page_of(bram.pk, at):
        assert send_what_is_due  # bram's page sees none of Noor's hours either
        change_wishes(person=bram, by=bram, at=at, hour=10)
