"""Read the meetings of a circle: what is proposed, planned, and was."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from klimtouw.belongings import gate
from klimtouw.circles.choices import CircleState, MeetingState
from klimtouw.circles.models import Circle, Meeting, MeetingFit, MeetingMoment, MeetingSaid
from klimtouw.people.models import Person

SHOWN_BACK = timedelta(days=30)
MOST_SHOWN = 100


def meeting(person: Person, at: datetime, meeting: UUID) -> Meeting:
    """Find one meeting; the door asks whether this person sits in its circle."""
    return Meeting.objects.select_related("circle__bond", "circle__facilitator", "proposed_by").get(
        pk=meeting
    )


@dataclass(frozen=True)
class MeetingsPage:
    """The meetings of a circle: those to choose a moment for, those to come, and those that were."""

    proposed: list[Meeting] = field(default_factory=list)
    ahead: list[Meeting] = field(default_factory=list)
    earlier: list[Meeting] = field(default_factory=list)


def meetings_page(circle: Circle, at: datetime) -> MeetingsPage:
    """Return the meetings of a circle; one query. A proposal of which every moment went by asks nothing any more."""
    ahead = Exists(MeetingMoment.objects.filter(meeting=OuterRef("pk"), starts_at__gt=at))
    planned_or_open = ahead | Q(state=MeetingState.PLANNED)
    rows = Meeting.objects.filter(planned_or_open, circle=circle).exclude(state=MeetingState.CANCELLED)
    found = list(rows.order_by("-proposed_at", "-pk")[:MOST_SHOWN])
    planned = sorted((one for one in found if one.starts_at), key=lambda one: (one.starts_at, one.pk))
    return MeetingsPage(
        proposed=[one for one in found if one.state == MeetingState.PROPOSED],
        ahead=[one for one in planned if one.starts_at and one.starts_at > at],
        earlier=[one for one in reversed(planned) if one.starts_at and one.starts_at <= at],
    )


@dataclass(frozen=True)
class Choice:
    """One proposed moment, the names of those whom it suits, and whether it suits me."""

    moment: MeetingMoment
    suits: list[str]
    is_mine: bool
    is_ahead: bool


def choices_in(meeting: Meeting, person: Person, at: datetime) -> list[Choice]:
    """Return the moments of a meeting in their order; two queries. Who left is named no more."""
    moments = list(MeetingMoment.objects.filter(meeting=meeting).order_by("starts_at"))
    seated = gate.open_seats(at).filter(bond=meeting.circle.bond_id).values("person")
    rows = list(MeetingFit.objects.filter(moment__in=moments, person__in=seated).select_related("person"))
    return [
        Choice(
            moment=moment,
            suits=sorted((row.person.name for row in rows if row.moment_id == moment.pk), key=str.casefold),
            is_mine=any(row.moment_id == moment.pk and row.person_id == person.pk for row in rows),
            is_ahead=moment.starts_at > at,
        )
        for moment in moments
    ]


def meeting_at_revision(meeting: UUID, revision: int, *, or_later: bool = False) -> Meeting | None:
    """Return a meeting if it still stands as it did at a revision; `or_later`: also when it changed since."""
    found = Meeting.objects.filter(pk=meeting)
    found = found.filter(revision__gte=revision) if or_later else found.filter(revision=revision)
    return found.select_related("circle__bond").first()


def meetings_in_calendar(person: Person, at: datetime) -> list[Meeting]:
    """Return the planned meetings of the circles somebody sits in now, from a month back; one query."""
    bonds = gate.open_seats(at).filter(person=person).values("bond")
    rows = Meeting.objects.filter(
        circle__bond__in=bonds,
        circle__state=CircleState.RUNNING,
        state=MeetingState.PLANNED,
        starts_at__gt=at - SHOWN_BACK,
    )
    return list(rows.order_by("starts_at", "pk")[:MOST_SHOWN])


def meetings_waiting_for(person: Person, at: datetime) -> list[Meeting]:
    """Return the proposed meetings for which this person did not say yet what suits; one query."""
    bonds = gate.open_seats(at).filter(person=person).values("bond")
    rows = Meeting.objects.filter(
        circle__bond__in=bonds, circle__state=CircleState.RUNNING, state=MeetingState.PROPOSED
    )
    said = Q(pk__in=MeetingSaid.objects.filter(person=person).values("meeting"))
    said |= Q(pk__in=MeetingFit.objects.filter(person=person).values("moment__meeting"))
    still = rows.filter(moments__starts_at__gt=at).exclude(said).exclude(proposed_by=person)
    return list(still.select_related("circle").distinct().order_by("proposed_at", "pk"))
