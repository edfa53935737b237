"""From a coordinator's proposal to a circle: those for whom it feels right make their agreements together (G3)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from klimtouw.belongings.actions import seat, tie_bond
from klimtouw.belongings.choices import Purpose, SeatHat
from klimtouw.circles.models import Circle, CirclePlace
from klimtouw.people.models import Person
from klimtouw.people.second_lock import the_house
from klimtouw.programmes.models import CircleProposal
from klimtouw.programmes.proposals.actions import (
    AgreedCircle,
    answer_proposal,
    forget_settled_proposals,
    settle,
    settle_what_is_due,
)


@transaction.atomic
def say_whether_it_feels_right(
    proposal: CircleProposal, *, by: Person, at: datetime, feels_right: bool, has_double_hat: bool = False
) -> Circle | None:
    """Answer a proposal in private; when everybody says yes, the circle is there. Who would guide it tells the hats (R8)."""
    agreed = answer_proposal(proposal, by=by, at=at, feels_right=feels_right, has_double_hat=has_double_hat)
    return _begin(agreed, at) if agreed else None


def settle_proposals(at: datetime) -> list[Circle]:
    """Settle what nobody can answer any more, and forget what was settled long ago; each in a transaction of its own."""
    begun = [_settled(proposal, at) for proposal in settle_what_is_due(at)]
    forget_settled_proposals(at=at)
    return [circle for circle in begun if circle]


@transaction.atomic
def _settled(proposal: UUID, at: datetime) -> Circle | None:
    agreed = settle(proposal, at=at)
    return _begin(agreed, at) if agreed else None


def _begin(agreed: AgreedCircle, at: datetime) -> Circle:
    """Make the circle: the facilitator sits, the members said yes and read nothing until all have signed."""
    with the_house(), translation.override(agreed.facilitator.language):
        circle = Circle.objects.create(
            bond=tie_bond(Purpose.CIRCLE),
            name=_("New circle"),
            facilitator=agreed.facilitator,
            has_double_hat=agreed.has_double_hat,
            programme=agreed.programme,
            started_at=at,
        )
        seat(agreed.facilitator, on=circle.bond, hat=SeatHat.FACILITATOR, opens_at=at)
        places = [
            CirclePlace(circle=circle, person=one, hat=SeatHat.MEMBER, came_at=at) for one in agreed.members
        ]
        sits = CirclePlace(
            circle=circle, person=agreed.facilitator, hat=SeatHat.FACILITATOR, came_at=at, seated_at=at
        )
        CirclePlace.objects.bulk_create([sits, *places])
    return circle
