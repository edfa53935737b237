"""One change of a circle at a time."""

from klimtouw.circles.models import Circle
from klimtouw.people.second_lock import the_house


def held(circle: Circle) -> Circle:
    """Return a circle as it stands now; another change of it waits until this one is done."""
    with the_house():  # somebody who is about to come does not see it yet
        rows = Circle.objects.select_for_update(of=("self",)).select_related("bond", "facilitator")
        return rows.get(pk=circle.pk)
