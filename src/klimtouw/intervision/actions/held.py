"""Hold a room while it changes, and let every screen know that it did."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.intervision.models import Room
from klimtouw.people.models import Person


def held(room: Room | UUID) -> Room:
    """Return the room as it stands, held until this change is done: two acts at once come one after the other."""
    rows = Room.objects.select_for_update(of=("self",)).select_related("circle")
    return rows.get(pk=room.pk if isinstance(room, Room) else room)


def held_for(room: Room, action: Action, *, by: Person, at: datetime) -> Room:
    """Return the room, held, when the policy opens this act to this person as it stands now. Raises `Denied`."""
    now = held(room)
    demand(by, action, now, at)
    return now


def changed(room: Room, **fields: Any) -> None:
    """Write down what changed, and make every screen fetch it."""
    Room.objects.filter(pk=room.pk).update(stand=F("stand") + 1, **fields)
