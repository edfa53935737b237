"""What of a room goes with whoever leaves its circle: their words and their place, and the whole room of what they brought in."""

from datetime import datetime

from klimtouw.circles.leavings import also_goes
from klimtouw.circles.models import Circle
from klimtouw.intervision.actions.over import take_out_of_rooms
from klimtouw.people.models import Person


@also_goes
def leave_the_rooms(circle: Circle, person: Person | None, at: datetime) -> None:
    """Take somebody and what they said out of the rooms of a circle; when the circle ends, erase its rooms (V24, G5)."""
    take_out_of_rooms(circle, person, at=at)
