"""Two rooms for intervision in the scene of a circle: one that goes on and one at its end; told by hand who is what in them.

Noor brings something in and Amir guides. Bram facilitates the circle and did not come in: he reads nothing of it (G5).
"""

from datetime import timedelta

from klimtouw.access.table import Hat
from klimtouw.intervision.models import Contribution, InRoom, Room
from tests.guards.in_circles import CircleScene
from tests.guards.scene import canary_of

SEATED = frozenset({Hat.FACILITATOR, Hat.MEMBER})
ROLES = {"noor": frozenset({Hat.IN_ROOM, Hat.PRESENTER}), "amir": frozenset({Hat.IN_ROOM, Hat.GUIDE})}


def put_rooms_in(scene: CircleScene) -> None:
    """Put both rooms into the scene, each with one contribution of Noor."""
    for name, state in (("room", "meeting"), ("room_at_its_end", "choosing")):
        room = Room.objects.create(
            circle=scene.circle, method="incident", presenter=scene.people["noor"], guide=scene.people["amir"],
            state=state, guide_seen_at=scene.at, opened_at=scene.at - timedelta(hours=1),
        )  # fmt: skip
        for who in ROLES:
            InRoom.objects.create(room=room, person=scene.people[who], came_at=scene.at)
        said = Contribution.objects.create(
            room=room,
            author=scene.people["noor"],
            kind="story",
            phase_number=0,
            text=canary_of(name),
            written_at=scene.at,
        )
        scene.further |= {name: room} | ({"contribution": said} if name == "room" else {})
        scene.further_hats[name] = hats_in_room
        scene.further_states[name] = "choosing" if state == "choosing" else ""
        scene.further_secrets[canary_of(name)] = reads_in_room
    scene.further_hats["contribution"] = hats_to_own


def hats_in_room(scene: CircleScene, who: str) -> frozenset[Hat]:
    """Whoever sits in the circle may stand at the door; who came in is in, as long as they sit (V24)."""
    seated = scene.hats_in_circle(who) & SEATED
    return seated | ROLES.get(who, frozenset()) if seated else frozenset()


def hats_to_own(scene: CircleScene, who: str) -> frozenset[Hat]:
    """One's own words at the table are one's own, as long as one is in the room."""
    return frozenset({Hat.OWNER}) if who == "noor" and reads_in_room(scene, who) else frozenset()


def reads_in_room(scene: CircleScene, who: str) -> bool:
    """Only who is in reads."""
    return Hat.IN_ROOM in hats_in_room(scene, who)
