"""The end of a room: what the presenter keeps becomes theirs, the rest is gone for good (G5, P5)."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from klimtouw.access.table import Action
from klimtouw.circles.models import Circle
from klimtouw.climb.actions.trail import write_entry
from klimtouw.climb.models import Entry
from klimtouw.intervision import queries
from klimtouw.intervision.actions.held import changed, held_for
from klimtouw.intervision.choices import HOURS_LEFT_OPEN, Role, RoomState
from klimtouw.intervision.models import Contribution, InRoom, Room
from klimtouw.intervision.names import first_names
from klimtouw.people import keyring
from klimtouw.people.models import Person
from klimtouw.people.second_lock import the_house

LEFT_OPEN = timedelta(hours=HOURS_LEFT_OPEN)


@transaction.atomic
def keep_and_close(
    room: Room, *, by: Person, at: datetime, kept: Collection[UUID] = (), own_words: str = ""
) -> Entry | None:
    """Let the presenter keep some of it as an entry of their own, and erase the room; return the entry, if there is any.

    Nobody is named in it who did not agree to that beside their own contribution.
    """
    now = held_for(room, Action.KEEP_FROM_ROOM, by=by, at=at)
    chosen = [one for one in queries.contributions_for(now, by) if one.pk in set(kept)]
    text = "\n\n".join(part for part in (own_words, _in_one_text(chosen, by)) if part)
    entry = write_entry(by=by, at=at, text=text, id=room.keeps_as) if text else None
    erase_room(now.pk)
    return entry


def _in_one_text(chosen: list[Contribution], by: Person) -> str:
    people = Person.objects.in_bulk({one.author_id for one in chosen if one.may_be_named})
    names = first_names(people.values())
    return "\n".join(_line(one, by, names) for one in chosen)


def _line(one: Contribution, by: Person, names: dict[UUID, str]) -> str:
    if one.author_id == by.pk:
        return _("– Me: %(text)s") % {"text": one.text}
    if one.may_be_named and one.author_id in names:
        return _("– %(name)s: %(text)s") % {"name": names[one.author_id], "text": one.text}
    return f"– {one.text}"


def erase_room(id: UUID) -> bool:
    """Erase a room with everything in it, and destroy its key; return whether it was still there. Twice is once."""
    with the_house():  # what others wrote in it goes as well
        was_there, _rows = Room.objects.filter(pk=id).delete()
        keyring.destroy(id)
    return bool(was_there)


def erase_rooms_left_open(*, at: datetime) -> int:
    """Erase the rooms in which nothing moved on for a day, counted from the opening where it did not begin; return how many."""
    rooms = Room.objects.alias(last_move=Coalesce("moved_at", "opened_at"))
    left = rooms.filter(last_move__lte=at - LEFT_OPEN).order_by("pk").values_list("pk", flat=True)
    return sum(erase_room(id) for id in list(left))


def take_out_of_rooms(circle: Circle, person: Person | None, *, at: datetime) -> None:
    """Take somebody out of the rooms of a circle with what they put there; None: everybody. Whoever calls this holds the circle.

    A room goes as a whole once it began and they brought something in, and when nobody is left in it.
    """
    for room in Room.objects.select_for_update().filter(circle=circle).order_by("pk"):
        if person is None or _goes_with(room, person):
            erase_room(room.pk)
        else:
            _take_out(room, person)


def _goes_with(room: Room, person: Person) -> bool:
    brought_it = room.presenter_id == person.pk and room.state != RoomState.GATHERING
    return brought_it or not room.people.exclude(person=person).exists()


def _take_out(room: Room, person: Person) -> None:
    Contribution.objects.filter(room=room, author=person).delete()
    if InRoom.objects.filter(room=room, person=person).delete()[0]:
        changed(room, **without(room, person))


def without(room: Room, person: Person) -> dict[str, Person | None]:
    """Return the roles this person lets go of."""
    return {
        role.value: None for role in (Role.PRESENTER, Role.GUIDE) if getattr(room, f"{role}_id") == person.pk
    }


def erase_rooms_of(person: Person) -> None:
    """Erase what somebody put on tables, and the rooms about what they brought in; whoever calls this has asked the policy."""
    for id in list(Room.objects.filter(presenter=person).values_list("pk", flat=True)):
        erase_room(id)
    Contribution.objects.filter(author=person).delete()
    InRoom.objects.filter(person=person).delete()
    Room.objects.filter(guide=person).update(guide=None)
