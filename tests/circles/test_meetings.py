"""Meetings of a circle: everybody says what suits, one ties the knot, and every calendar hears of it (T1, G3)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import vobject
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from klimtouw.access.decide import Denied
from klimtouw.circles.actions.circles import leave_circle
from klimtouw.circles.actions.meetings import (
    cancel_meeting,
    cancel_what_is_ahead,
    choose_meeting_moment,
    propose_meeting,
    say_what_suits,
    take_out_of_calendar,
)
from klimtouw.circles.choices import CircleState, MeetingState
from klimtouw.circles.models import Circle, Meeting, MeetingSaid
from klimtouw.circles.queries.circles import members_of
from klimtouw.circles.queries.meetings import meetings_page, meetings_waiting_for
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person
from klimtouw.talks.actions import make_calendar_address
from klimtouw.talks.actions.overtaken import MomentIsGone, Overtaken, WasCancelled
from klimtouw.talks.moments import MomentAfterTheEnd, TooManyMoments
from tests.circles.stories import make_circle

SignIn = Callable[[Person], Client]


@pytest.fixture
def circle(bram: Person, noor: Person, amir: Person, vera: Person, at: datetime) -> Circle:
    """Bram guides Noor, Amir and Vera."""
    return make_circle(bram, [noor, amir, vera], at - timedelta(days=1))


@pytest.fixture
def meeting(circle: Circle, noor: Person, at: datetime) -> Meeting:
    """Noor proposes two moments."""
    moments = [at + timedelta(days=3), at + timedelta(days=4)]
    return propose_meeting(circle, by=noor, at=at, moments=moments, minutes=60, place="Bank in het park")


def files_in(letters: list[EmailMessage]) -> dict[str, tuple[str, int, str]]:
    """Return who got which calendar file: its method, its sequence and its key, read by other eyes than ours."""
    found = {}
    for letter in letters:
        file = vobject.readOne(str(next(one.content for one in letter.attachments if one.filename)))
        found[letter.to[0]] = (file.method.value, int(file.vevent.sequence.value), file.vevent.uid.value)
    letters.clear()
    return found


def test_everybody_says_what_suits_and_whoever_proposed_or_guides_chooses(
    circle: Circle, noor: Person, amir: Person, bram: Person, stan: Person, at: datetime, sign_in: SignIn,
    mailoutbox: list[EmailMessage], django_capture_on_commit_callbacks: Callable[..., object],
) -> None:  # fmt: skip
    hers, his = sign_in(noor), sign_in(amir)
    day = localdate(at + timedelta(days=5)).isoformat()
    new = reverse("circles:meeting_new", args=[circle.pk])
    assert "Jij en Bram" in hers.get(new).content.decode()
    assert hers.post(new, {"id": str(new_id()), "minutes": "60"}).context["form"].errors
    sent = {
        "id": str(new_id()),
        "minutes": "60",
        "day_1": day,
        "time_1": "16:00",
        "day_2": day,
        "time_2": "18:30",
        "place": "Tuin",
    }
    for _twice in range(2):
        address = hers.post(new, sent).url
    meeting = Meeting.objects.get()
    first, second = meeting.moments.order_by("starts_at")
    his.post(reverse("circles:meeting_suits", args=[meeting.pk]), {"moments": [str(second.pk)]})
    page = hers.get(address).content.decode()
    assert "Amir, Noor" in page and "Tuin" in page
    choosing = reverse("circles:meeting_choose", args=[meeting.pk])
    assert his.post(choosing, {"moment": second.pk}).status_code == 404, (
        "who only said what suits does not choose"
    )
    hers.post(choosing, {"moment": second.pk})
    meeting.refresh_from_db()
    assert (meeting.state, meeting.starts_at) == (MeetingState.PLANNED, second.starts_at)
    first_files = files_in(mailoutbox)
    assert set(first_files) == {one.email for one in members_of(circle, at)}
    assert {one[:2] for one in first_files.values()} == {("REQUEST", 1)}
    sign_in(bram).post(choosing, {"moment": first.pk})
    updates = files_in(mailoutbox)
    assert {one[:2] for one in updates.values()} == {("REQUEST", 2)}
    assert {one[2] for one in updates.values()} == {one[2] for one in first_files.values()}, (
        "it moves in every calendar"
    )
    file = his.get(reverse("circles:meeting_calendar", args=[meeting.pk])).content.decode()
    assert "Tuin" in file and noor.email not in file
    for old in (address, choosing, reverse("circles:meetings", args=[circle.pk])):
        assert sign_in(stan).get(old).status_code == 404
    cancelling = reverse("circles:meeting_cancel", args=[meeting.pk])
    assert "Deze bijeenkomst afzeggen?" in hers.get(cancelling).content.decode()
    hers.post(cancelling, {"seen": "1"})
    meeting.refresh_from_db()
    assert meeting.state == MeetingState.PLANNED, "another tab had moved it"
    hers.post(cancelling, {"seen": "2"})
    assert {one[:2] for one in files_in(mailoutbox).values()} == {("CANCEL", 3)}


def test_what_cannot_be_planned_is_said_and_nothing_changes(
    circle: Circle, meeting: Meeting, noor: Person, amir: Person, stan: Person, at: datetime
) -> None:
    soon = at + timedelta(days=1)
    for moments, fault in (
        ([soon + timedelta(hours=n) for n in range(4)], TooManyMoments),
        ([at + timedelta(days=200)], MomentAfterTheEnd),
    ):
        with pytest.raises(fault):
            propose_meeting(circle, by=noor, at=at, moments=moments, minutes=60)
    with pytest.raises(Denied):
        propose_meeting(circle, by=stan, at=at, moments=[soon], minutes=60)
    with pytest.raises(Denied):
        choose_meeting_moment(meeting, by=amir, at=at, moment_id=meeting.moments.first().pk)  # type: ignore[union-attr]  # there are two
    elsewhere = propose_meeting(make_circle(stan, [amir], at), by=amir, at=at, moments=[soon], minutes=30)
    with pytest.raises(MomentIsGone):
        choose_meeting_moment(meeting, by=noor, at=at, moment_id=elsewhere.moments.get().pk)
    say_what_suits(meeting, by=amir, at=at, moments=[elsewhere.moments.get().pk])
    assert not meeting.moments.filter(fits__person=amir).exists()
    cancel_meeting(meeting, by=noor, at=at, seen=0)
    for late in (
        lambda: say_what_suits(meeting, by=amir, at=at, moments=[]),
        lambda: choose_meeting_moment(meeting, by=noor, at=at, moment_id=meeting.moments.first().pk),  # type: ignore[union-attr]
    ):
        with pytest.raises(WasCancelled):
            late()
    with pytest.raises(Overtaken):
        cancel_meeting(elsewhere, by=amir, at=at, seen=7)


def test_v24_who_leaves_loses_it_from_the_calendar_and_the_end_cancels_for_everybody(
    circle: Circle,
    meeting: Meeting,
    noor: Person,
    amir: Person,
    bram: Person,
    at: datetime,
    mailoutbox: list[EmailMessage],
) -> None:
    moment = meeting.moments.order_by("starts_at").first()
    assert moment is not None
    say_what_suits(meeting, by=amir, at=at, moments=[moment.pk])
    addresses = {one: make_calendar_address(by=one, at=at) for one in (noor, amir)}
    choose_meeting_moment(meeting, by=noor, at=at, moment_id=moment.pk)
    mailoutbox.clear()

    def feed(person: Person) -> str:
        return Client().get(reverse("talks:feed", args=[addresses[person]])).content.decode()

    assert "SUMMARY:Bijeenkomst" in feed(amir) and "park" not in feed(amir) and "Kade" not in feed(amir)
    circle.bond.seats.filter(person=amir).update(closes_at=at)
    take_out_of_calendar(circle, amir, at=at)
    body = "\n".join(str(letter.body) for letter in mailoutbox)
    assert {who: one[0] for who, one in files_in(mailoutbox).items()} == {amir.email: "CANCEL"}
    assert "park" not in body and "Kring Kade" not in body
    assert "VEVENT" not in feed(amir) and "VEVENT" in feed(noor)
    assert not moment.fits.filter(person=amir).exists()
    others = members_of(circle, at + timedelta(seconds=1))
    cancel_what_is_ahead(circle, others, at=at)
    assert {one[0] for one in files_in(mailoutbox).values()} == {"CANCEL"}
    assert "VEVENT" not in feed(noor)


def test_v24_who_leaves_hears_it_also_when_the_meeting_changed_before_the_letter_was_written(
    circle: Circle, meeting: Meeting, noor: Person, amir: Person, bram: Person, stan: Person, at: datetime,
    mailoutbox: list[EmailMessage], settings: Settings,
) -> None:  # fmt: skip
    first, second = meeting.moments.order_by("starts_at")
    choose_meeting_moment(meeting, by=noor, at=at, moment_id=first.pk)
    alone = make_circle(stan, [noor], at - timedelta(days=1))
    ends = propose_meeting(alone, by=noor, at=at, moments=[at + timedelta(days=2)], minutes=60)
    choose_meeting_moment(ends, by=noor, at=at, moment_id=ends.moments.get().pk)
    mailoutbox.clear()
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

    def jobs_run() -> dict[str, tuple[str, int]]:
        for job in DBTaskResult.objects.ready():  # as the worker does, after the commit
            job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
        DBTaskResult.objects.all().delete()
        return {who: one[:2] for who, one in files_in(mailoutbox).items()}

    leave_circle(circle, by=amir, at=at)
    choose_meeting_moment(meeting, by=noor, at=at, moment_id=second.pk)
    assert jobs_run() == {
        amir.email: ("CANCEL", 2),
        **{one.email: ("REQUEST", 2) for one in members_of(circle, at + timedelta(seconds=1))},
    }
    leave_circle(alone, by=noor, at=at)
    alone.refresh_from_db()
    assert alone.state == CircleState.ENDED
    assert jobs_run() == {one.email: ("CANCEL", 2) for one in (noor, stan)}


def test_v17_none_of_these_is_an_answer_and_what_went_by_is_not_asked_any_more(
    circle: Circle, meeting: Meeting, noor: Person, amir: Person, vera: Person, at: datetime, sign_in: SignIn
) -> None:
    assert [meetings_waiting_for(one, at) for one in (amir, vera)] == [[meeting], [meeting]]
    for _twice in range(2):
        sign_in(amir).post(reverse("circles:meeting_suits", args=[meeting.pk]), {})
    assert [meetings_waiting_for(one, at) for one in (amir, vera)] == [[], [meeting]]
    assert meetings_page(circle, at).proposed == [meeting]
    assert "Amir" not in sign_in(noor).get(meeting.get_absolute_url()).content.decode(), "nobody reads it"
    later = at + timedelta(days=5)
    assert meetings_waiting_for(vera, later) == meetings_page(circle, later).proposed == []
    take_out_of_calendar(circle, amir, at=at)
    assert not MeetingSaid.objects.exists()


def test_the_list_of_meetings_costs_the_same_with_one_and_with_three(
    circle: Circle, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    client, counted = sign_in(noor), []
    for days in (3, 4, 5):
        one = propose_meeting(circle, by=noor, at=at, moments=[at + timedelta(days=days)], minutes=60)
        choose_meeting_moment(one, by=noor, at=at, moment_id=one.moments.get().pk)
        pages = []
        for page in (reverse("circles:meetings", args=[circle.pk]), one.get_absolute_url()):
            with CaptureQueriesContext(connection) as queries:
                client.get(page)
            pages.append(len(queries))
        counted.append(tuple(pages))
    assert counted == [counted[0]] * 3 and max(counted[0]) <= 12, counted
