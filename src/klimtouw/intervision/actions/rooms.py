"""Open a room, come in, take a role, and move through the phases (G5)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.circles.actions.held import held as held_circle
from klimtouw.circles.models import Circle
from klimtouw.intervision import queries
from klimtouw.intervision.actions.held import changed, held_for
from klimtouw.intervision.actions.over import erase_room, without
from klimtouw.intervision.choices import (
    FEWEST,
    LONGER_MINUTES,
    SEEN_EVERY_SECONDS,
    MethodKey,
    Role,
    RoomState,
)
from klimtouw.intervision.lifecycle import Event, NoSuchMove, after
from klimtouw.intervision.models import InRoom, Room
from klimtouw.people.models import Person

LONGER = timedelta(minutes=LONGER_MINUTES)
SEEN_EVERY = timedelta(seconds=SEEN_EVERY_SECONDS)


class NotNow(Exception):
    """Something cannot be done in this room now; `words` says kindly why."""

    words = _("That cannot be done now. Look at the room: something changed.")


class HaveBegun(NotNow):
    """The meeting began without this person: who brings something in knew who would hear it."""

    words = _("They have begun. Who tells something must know who listens, so nobody comes in any more.")


class TooFew(NotNow):
    """With two it is a talk, with three an intervision."""

    words = _("With the two of you it is a good talk already. For an intervision you need at least three.")


class RolesMissing(NotNow):
    """Somebody must bring something in, and somebody must guide."""

    words = _("Who brings something in, and who guides? Choose that first.")


class RoleTaken(NotNow):
    """Another was first."""

    words = _("Somebody else was just before you. Talk about it for a moment.")


class GuideIsHere(NotNow):
    """The guide was seen less than a minute ago, and did not hand it over."""

    words = _(
        "The guide is still here. Only when the guide is away for a minute, somebody else can take over."
    )


@transaction.atomic
def open_room(circle: Circle, *, by: Person, at: datetime, method: MethodKey, role: Role) -> Room:
    """Open a room in a circle and come in as its first; it is erased when nothing moves on in it for a day."""
    circle = held_circle(circle)  # whoever leaves at this moment leaves no room behind
    demand(by, Action.WRITE_IN_CIRCLE, circle, at)
    room = Room.objects.create(circle=circle, method=method, guide_seen_at=at, opened_at=at)
    InRoom.objects.create(room=room, person=by, came_at=at)
    take_role(room, by=by, at=at, role=role)
    return room


@transaction.atomic
def enter(room: Room, *, by: Person, at: datetime) -> None:
    """Come in while people gather; who was in already comes back. Raises `HaveBegun`."""
    now = held_for(room, Action.ENTER_ROOM, by=by, at=at)
    if now.is_in(by):
        return
    if now.state != RoomState.GATHERING:
        raise HaveBegun
    InRoom.objects.create(room=now, person=by, came_at=at)
    changed(now)


@transaction.atomic
def step_out(room: Room, *, by: Person, at: datetime) -> None:
    """Go out again before it begins; the last who goes takes the room along. Afterwards one simply closes the page."""
    now = held_for(room, Action.TAKE_ROLE_IN_ROOM, by=by, at=at)
    if now.state != RoomState.GATHERING:
        raise NotNow
    InRoom.objects.filter(room=now, person=by).delete()
    if not queries.people_in(now, at):
        erase_room(now.pk)
        return
    changed(now, **without(now, by))


@transaction.atomic
def take_role(room: Room, *, by: Person, at: datetime, role: Role) -> None:
    """Take a role before it begins, or let go of the one you have. Raises `RoleTaken`."""
    now = held_for(room, Action.TAKE_ROLE_IN_ROOM, by=by, at=at)
    if now.state != RoomState.GATHERING:
        raise NotNow
    fields = without(now, by)
    if role != Role.MEMBER:
        taken_by = getattr(now, f"{role}_id")
        if taken_by not in (None, by.pk) and any(
            one.person_id == taken_by for one in queries.people_in(now, at)
        ):
            raise RoleTaken
        fields |= {role.value: by}
    seen = {"guide_seen_at": at} if role == Role.GUIDE else {}
    changed(now, **fields, **seen)


@transaction.atomic
def take_over(room: Room, *, by: Person, at: datetime) -> None:
    """Guide in the place of somebody who is away for a minute. Raises `GuideIsHere`."""
    now = held_for(room, Action.TAKE_ROLE_IN_ROOM, by=by, at=at)
    if now.guide_id == by.pk:
        return
    if now.role_of(by) == Role.PRESENTER or now.state == RoomState.CHOOSING:
        raise NotNow
    if not queries.is_guide_away(now, at, queries.people_in(now, at)):
        raise GuideIsHere
    changed(now, guide=by, guide_seen_at=at)


@transaction.atomic
def hand_over(room: Room, *, to: Person, by: Person, at: datetime) -> None:
    """Let the presenter give the guiding to somebody else in the room."""
    now = held_for(room, Action.BRING_IN_ROOM, by=by, at=at)
    is_in = any(place.person_id == to.pk for place in queries.people_in(now, at))
    if to.pk == by.pk or not is_in:
        raise NotNow
    changed(now, guide=to, guide_seen_at=at)


@transaction.atomic
def put_on_the_wall(room: Room, *, by: Person, at: datetime, shows: bool) -> None:
    """Let the presenter say whether contributions may be on the large screen; at first they are not."""
    changed(held_for(room, Action.BRING_IN_ROOM, by=by, at=at), is_on_the_wall=shows)


@transaction.atomic
def move(room: Room, *, by: Person, at: datetime, event: Event, seen: str) -> bool:
    """Begin, go on, go back, or take longer: the guide alone. A second press on what is past does nothing.

    Return whether there is still a room: at the end without a presenter everything goes at once. Raises `NotNow` and its kinds.
    """
    now = held_for(room, Action.GUIDE_ROOM, by=by, at=at)
    if seen != now.key_of_page:
        return True
    if event == Event.BEGIN:
        _demand_company(now, at)
    fields = _moved(now, event, at)
    if fields.get("state") == RoomState.CHOOSING and not queries.presenter_is_in(now, at):
        erase_room(now.pk)
        return False
    changed(now, guide_seen_at=at, moved_at=at, **fields)
    return True


def _demand_company(room: Room, at: datetime) -> None:
    here = {place.person_id for place in queries.people_in(room, at)}
    if len(here) < FEWEST:
        raise TooFew
    if not {room.presenter_id, room.guide_id} <= here:
        raise RolesMissing


def _moved(room: Room, event: Event, at: datetime) -> dict[str, object]:
    """Return what a move of the guide changes. Raises `NotNow`."""
    if event == Event.NEXT and room.state == RoomState.MEETING and room.is_last_phase:
        event = Event.FINISH
    try:
        state = after(room.state, event)
    except NoSuchMove as impossible:
        raise NotNow from impossible
    number = room.phase_number + {Event.NEXT: 1, Event.BACK: -1}.get(event, 0)
    if number < 0:
        raise NotNow
    if event == Event.FINISH:
        return {"state": state, "phase_ends_at": None}
    if event == Event.LONGER:
        return {"phase_ends_at": max(room.phase_ends_at or at, at) + LONGER}
    ends_at = at + timedelta(minutes=room.way.phases[number].minutes)
    return {"state": state, "phase_number": number, "phase_ends_at": ends_at}


@transaction.atomic
def stop(room: Room, *, by: Person, at: datetime) -> bool:
    """Stop at any moment: the presenter or the guide. Return whether there is still something to choose.

    Before it began, or when the presenter sits in the circle no more, everything goes at once.
    """
    now = held_for(room, Action.STOP_ROOM, by=by, at=at)
    if now.state == RoomState.GATHERING or not queries.presenter_is_in(now, at):
        erase_room(now.pk)
        return False
    if now.state == RoomState.MEETING:
        changed(now, state=after(now.state, Event.STOP), phase_ends_at=None, moved_at=at)
    return True


def note_guide_is_here(place: InRoom, *, at: datetime) -> None:
    """Write down, now and then, that the guide's screen is there. Nobody else's coming and going is kept."""
    room = place.room
    if room.guide_id == place.person_id and at - room.guide_seen_at > SEEN_EVERY:
        Room.objects.filter(pk=room.pk, guide=place.person_id).update(guide_seen_at=at)
