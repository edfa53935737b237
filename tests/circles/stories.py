"""Small builders for tests: a circle in any state."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from klimtouw.belongings.actions import seat, tie_bond
from klimtouw.belongings.choices import Purpose, SeatHat
from klimtouw.circles.choices import CircleState
from klimtouw.circles.models import Circle, CircleAgreement, CircleClause, CirclePlace, CircleSignature
from klimtouw.people.models import Person

LASTS = timedelta(days=120)
SIGNED = (CircleState.RUNNING, CircleState.ENDED)


def make_circle(
    facilitator: Person,
    members: Sequence[Person],
    at: datetime,
    state: str = CircleState.RUNNING,
    name: str = "Kring Kade",
) -> Circle:
    """Make a circle as it stands in a state; running, all sit and the agreement they signed holds 120 days."""
    circle = Circle.objects.create(
        bond=tie_bond(Purpose.CIRCLE),
        name=name,
        facilitator=facilitator,
        state=state,
        started_at=at,
        ended_at=at if state == CircleState.ENDED else None,
    )
    people = [(facilitator, SeatHat.FACILITATOR), *((person, SeatHat.MEMBER) for person in members)]
    has_begun = state in SIGNED
    for person, hat in people:
        sits = has_begun or hat == SeatHat.FACILITATOR
        CirclePlace.objects.create(
            circle=circle, person=person, hat=hat, came_at=at, seated_at=at if sits else None
        )
        if sits:
            closes_at = at if state == CircleState.ENDED else at + LASTS if has_begun else None
            seat(person, on=circle.bond, hat=hat, opens_at=at, closes_at=closes_at)
    if state != CircleState.FORMING:
        make_agreement(circle, [person for person, _ in people], at, is_signed=has_begun)
    return circle


def make_agreement(
    circle: Circle, people: Sequence[Person], at: datetime, *, is_signed: bool = True
) -> CircleAgreement:
    """Make the first version of a circle's agreements, signed by all or by nobody."""
    agreement = CircleAgreement.objects.create(
        circle=circle,
        number=1,
        starts_on=localdate(at),
        ends_on=localdate(at + LASTS),
        drafted_by=circle.facilitator,
        drafted_at=at,
        in_force_at=at if is_signed else None,
    )
    CircleClause.objects.create(agreement=agreement, position=1, text="We luisteren eerst.")
    for person in people:
        CircleSignature.objects.create(
            agreement=agreement, person=person, signed_at=at if is_signed else None
        )
    return agreement
