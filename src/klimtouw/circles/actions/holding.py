"""Hold a circle while something of it changes."""

from klimtouw.circles.models import Circle
from klimtouw.people.second_lock import the_house


def held(circle: Circle) -> Circle:
    """Return a circle as it stands now, held: who leaves, or ends it, at this moment was first or comes after."""
    with the_house():
        return Circle.objects.select_for_update(of=("self",)).select_related("bond").get(pk=circle.pk)
