"""Small builders for tests: a room with people in it."""

from collections.abc import Sequence
from datetime import datetime

from klimtouw.circles.models import Circle
from klimtouw.foundation.ids import new_id
from klimtouw.intervision.actions import rooms
from klimtouw.intervision.actions.table import put_on_table
from klimtouw.intervision.choices import Kind, MethodKey, Role
from klimtouw.intervision.lifecycle import Event
from klimtouw.intervision.models import Contribution, Room
from klimtouw.people.models import Person


def make_room(
    circle: Circle,
    presenter: Person,
    guide: Person,
    others: Sequence[Person],
    at: datetime,
    method: MethodKey = MethodKey.INCIDENT,
) -> Room:
    """Open a room in which everybody came in and the roles are taken; it has not begun."""
    room = rooms.open_room(circle, by=presenter, at=at, method=method, role=Role.PRESENTER)
    for person in (guide, *others):
        rooms.enter(room, by=person, at=at)
    rooms.take_role(room, by=guide, at=at, role=Role.GUIDE)
    return fresh(room)


def fresh(room: Room) -> Room:
    """Return the room as it stands now."""
    return Room.objects.select_related("circle").get(pk=room.pk)


def go(room: Room, at: datetime, *events: Event) -> Room:
    """Let the guide move, one after the other."""
    for event in events:
        now = fresh(room)
        assert now.guide is not None
        rooms.move(now, by=now.guide, at=at, event=event, seen=now.key_of_page)
    return fresh(room)


def say(room: Room, by: Person, kind: Kind, text: str, at: datetime, *, named: bool = False) -> Contribution:
    """Put something on the table."""
    id = new_id()
    put_on_table(fresh(room), by=by, at=at, kind=kind, text=text, may_be_named=named, id=id)
    return Contribution.objects.get(pk=id)
