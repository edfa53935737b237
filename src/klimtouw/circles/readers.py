"""Who will read what is written in a circle, said before it is sent (C9)."""

from datetime import datetime

from klimtouw.access.table import Hat
from klimtouw.belongings.readers import you_and_all
from klimtouw.circles.models import Circle
from klimtouw.circles.queries.circles import members_of
from klimtouw.people.models import Person


def everybody_in(circle: Circle, person: Person, at: datetime) -> str:
    """Say who reads what this person shares into a circle now; one query."""
    others = [one for one in members_of(circle, at) if one.pk != person.pk]
    return you_and_all([(one.name, _hat(one, circle)) for one in others])


def _hat(one: Person, circle: Circle) -> Hat:
    return Hat.FACILITATOR_ONCE_SHARED if one.pk == circle.facilitator_id else Hat.MEMBER_ONCE_SHARED
