"""Plan a meeting of a circle, move it, cancel it (T1, G3). Who leaves has it taken out of their calendar."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings import gate
from klimtouw.circles.actions.held import held
from klimtouw.circles.choices import MeetingState
from klimtouw.circles.meeting_letters import MeetingLetter
from klimtouw.circles.meeting_tasks import write_meeting_letter
from klimtouw.circles.models import Circle, Meeting, MeetingFit, MeetingMoment, MeetingSaid
from klimtouw.circles.queries.circles import members_of
from klimtouw.circles.told import MEETING_PROPOSED
from klimtouw.foundation.ids import new_id
from klimtouw.notices.actions import tell
from klimtouw.people.models import Person
from klimtouw.people.second_lock import the_house
from klimtouw.talks.actions.overtaken import MomentIsGone, MomentIsPast, Overtaken, WasCancelled
from klimtouw.talks.moments import check_moments


@transaction.atomic
def propose_meeting(
    circle: Circle,
    *,
    by: Person,
    at: datetime,
    moments: Sequence[datetime],
    minutes: int,
    place: str = "",
    id: UUID | None = None,
) -> Meeting:
    """Propose up to three moments to a circle. The same sent twice, with one `id`, is one meeting."""
    circle = held(circle)
    demand(by, Action.WRITE_IN_CIRCLE, circle, at)
    check_moments(moments, at, end_for(circle, by, at))
    with the_house():  # an id that is taken by another circle is not seen, only bumped into
        there = Meeting.objects.filter(pk=id).first() if id else None
    if there and _is_sent_twice(there, circle, by, moments):
        return there
    meeting = Meeting.objects.create(
        id=new_id() if there or not id else id,
        circle=circle,
        proposed_by=by,
        proposed_at=at,
        minutes=minutes,
        place=place,
    )
    rows = [MeetingMoment(meeting=meeting, starts_at=moment) for moment in sorted(moments)]
    MeetingMoment.objects.bulk_create(rows)
    MeetingFit.objects.bulk_create(MeetingFit(moment=moment, person=by) for moment in rows)
    for one in members_of(circle, at):
        tell(MEETING_PROPOSED, one, about=meeting.pk, relation=circle.pk, by=by, before=min(moments), at=at)
    return meeting


def _is_sent_twice(there: Meeting, circle: Circle, by: Person, moments: Sequence[datetime]) -> bool:
    is_same = set(there.moments.values_list("starts_at", flat=True)) == set(moments)
    return is_same and (there.circle_id, there.proposed_by_id) == (circle.pk, by.pk)


def end_for(circle: Circle, person: Person, at: datetime) -> datetime | None:
    """Return when the place of somebody in a circle closes, which is when its agreements end."""
    seats = gate.open_seats(at).filter(bond=circle.bond_id, person=person)
    return seats.values_list("closes_at", flat=True).first()


def _held(meeting: Meeting) -> Meeting:
    circle = held(meeting.circle)
    now = Meeting.objects.select_for_update(of=("self",)).select_related("circle__bond").get(pk=meeting.pk)
    now.circle = circle
    return now


@transaction.atomic
def say_what_suits(meeting: Meeting, *, by: Person, at: datetime, moments: Collection[int]) -> None:
    """Say which of the moments suit; none is an answer too, and said again, the earlier choice goes."""
    meeting = _held(meeting)
    demand(by, Action.WRITE_IN_CIRCLE, meeting.circle, at)
    if meeting.state != MeetingState.PROPOSED:
        raise WasCancelled if meeting.state == MeetingState.CANCELLED else Overtaken
    there = {moment.pk for moment in meeting.moments.all()}
    MeetingFit.objects.filter(moment__in=there, person=by).delete()
    MeetingFit.objects.bulk_create(MeetingFit(moment_id=one, person=by) for one in there & set(moments))
    MeetingSaid.objects.get_or_create(meeting=meeting, person=by)


@transaction.atomic
def choose_meeting_moment(meeting: Meeting, *, by: Person, at: datetime, moment_id: int) -> Meeting:
    """Choose one of the moments; or, for a planned meeting, another one. Every calendar in the circle hears of it."""
    meeting = _held(meeting)
    demand(by, Action.CHOOSE_MEETING, meeting, at)
    moment = meeting.moments.filter(pk=moment_id).first()
    if meeting.state == MeetingState.CANCELLED:
        raise WasCancelled
    if moment is None:
        raise MomentIsGone
    if meeting.state == MeetingState.PLANNED and meeting.starts_at == moment.starts_at:
        return meeting
    if moment.starts_at <= at:
        raise MomentIsPast
    meeting.state, meeting.starts_at = MeetingState.PLANNED, moment.starts_at
    meeting.revision += 1
    meeting.save(update_fields=["state", "starts_at", "revision"])
    _write_all(MeetingLetter.PLANNED, meeting, members_of(meeting.circle, at))
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: Person, at: datetime, seen: int) -> None:
    """Cancel a meeting or withdraw a proposal, without a reason; who did it is not kept."""
    meeting = _held(meeting)
    demand(by, Action.CHOOSE_MEETING, meeting, at)
    if meeting.state == MeetingState.CANCELLED:
        return
    if meeting.revision != seen:
        raise Overtaken
    _cancel(meeting, members_of(meeting.circle, at))


def _cancel(meeting: Meeting, readers: Iterable[Person]) -> None:
    was_planned = meeting.state == MeetingState.PLANNED
    meeting.state, meeting.revision = MeetingState.CANCELLED, meeting.revision + 1
    meeting.save(update_fields=["state", "revision"])
    if was_planned:
        _write_all(MeetingLetter.CANCELLED, meeting, readers)


def _write_all(letter: MeetingLetter, meeting: Meeting, readers: Iterable[Person]) -> None:
    for reader in readers:
        write_meeting_letter.enqueue(letter.value, str(meeting.pk), meeting.revision, str(reader.pk))


def take_out_of_calendar(circle: Circle, person: Person, *, at: datetime) -> None:
    """Take what is planned out of the calendar of somebody who leaves, and their name from what suited them.

    Whoever calls this holds the circle and has asked the policy.
    """
    with the_house():
        ahead = Meeting.objects.filter(circle=circle, state=MeetingState.PLANNED, starts_at__gt=at)
        for meeting in ahead.order_by("pk"):
            _write_all(MeetingLetter.LEFT, meeting, [person])
        MeetingFit.objects.filter(moment__meeting__circle=circle, person=person).delete()
        MeetingSaid.objects.filter(meeting__circle=circle, person=person).delete()


def cancel_what_is_ahead(circle: Circle, people: Collection[Person], *, at: datetime) -> None:
    """Cancel every meeting that is still to come, when the circle ends; `people` are those who sat there until now.

    Whoever calls this holds the circle and has asked the policy.
    """
    with the_house():
        rows = Meeting.objects.select_for_update(of=("self",)).filter(circle=circle)
        for meeting in rows.exclude(state=MeetingState.CANCELLED).order_by("pk"):
            if meeting.starts_at is None or meeting.starts_at > at:
                _cancel(meeting, people)
