"""What of circles waits for somebody on their first page; an offer, never a debt (V17)."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from klimtouw.belongings import gate
from klimtouw.belongings.choices import Purpose
from klimtouw.circles.models import Circle, CircleAgreement, CirclePlace, CircleSignature, Meeting, Question
from klimtouw.circles.queries.circles import circles_of
from klimtouw.circles.queries.meetings import meetings_waiting_for
from klimtouw.circles.queries.questions import unanswered_of_others
from klimtouw.people.composed import composed
from klimtouw.people.models import Person
from klimtouw.programmes.models import CircleProposal, ProposedPerson
from klimtouw.programmes.proposals.queries import proposals_for


@dataclass(frozen=True)
class WaitingInCircles:
    """The circles of somebody, and what in them could be next."""

    circles: list[Circle] = field(default_factory=list)
    proposals: list[CircleProposal] = field(default_factory=list)
    to_sign: list[Circle] = field(default_factory=list)
    questions: list[tuple[Circle, Question]] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)


def waiting_in_circles(person: Person, at: datetime) -> WaitingInCircles:
    """Return what of circles waits for somebody; one query for who is in none, and a fixed number otherwise."""
    standing = _standing.first(person, at)
    if standing is None or not (standing.is_in_circles or standing.is_proposed):  # type: ignore[attr-defined]  # added by the query
        return WaitingInCircles()
    circles = circles_of(person, at)
    return WaitingInCircles(
        circles=circles,
        proposals=proposals_for(person, at),
        to_sign=_to_sign(person, circles),
        questions=unanswered_of_others(person, circles, at) if circles else [],
        meetings=meetings_waiting_for(person, at) if circles else [],
    )


@composed
def _standing(person: Person, at: datetime) -> QuerySet[Person]:
    seats = gate.open_seats(at).filter(person=person, bond__purpose=Purpose.CIRCLE)
    places = CirclePlace.objects.filter(person=person, seated_at=None)
    proposed = ProposedPerson.objects.filter(person=person)
    mine = Person.objects.filter(pk=person.pk).only("pk")
    return mine.annotate(is_in_circles=Q(Exists(seats) | Exists(places)), is_proposed=Exists(proposed))


def _to_sign(person: Person, circles: list[Circle]) -> list[Circle]:
    """Return the circles of which the newest agreements wait for this person to sign; one query."""
    newer = CircleAgreement.objects.filter(
        circle=OuterRef("agreement__circle"), number__gt=OuterRef("agreement__number")
    )
    rows = CircleSignature.objects.filter(
        ~Exists(newer), person=person, signed_at=None, agreement__circle__in=circles
    )
    waiting = set(rows.values_list("agreement__circle", flat=True))
    return [circle for circle in circles if circle.pk in waiting]
