"""What a screen in a room needs, narrowed to who looks."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet

from klimtouw.access.decide import Somebody as SomebodyAtAll
from klimtouw.access.decide import may
from klimtouw.access.table import Action, Hat
from klimtouw.belongings import gate
from klimtouw.circles.models import Circle
from klimtouw.climb.models import Entry
from klimtouw.climb.queries.trail import entry as find_entry
from klimtouw.intervision.choices import AWAY_AFTER_SECONDS, FEWEST, Kind, Role, RoomState
from klimtouw.intervision.methods import Input, Phase
from klimtouw.intervision.models import Contribution, InRoom, Room
from klimtouw.intervision.names import first_names
from klimtouw.people.composed import composed
from klimtouw.people.models import Person

AWAY_AFTER = timedelta(seconds=AWAY_AFTER_SECONDS)


def room(person: Person, at: datetime, room: UUID) -> Room:
    """Find a room of a circle in which this person sits now."""
    return _found(person, at, room)


def _found(person: Person, at: datetime, key: UUID) -> Room:
    if found := _room.first(key, person, at):
        return found
    raise Room.DoesNotExist


def room_to_write_in(person: Person, at: datetime, room: UUID, kind: str) -> Room:
    """Find a room, and remember what somebody wants to put on its table."""
    if kind not in Kind.values:
        raise Room.DoesNotExist
    found = _found(person, at, room)
    found.kind_sent = kind
    return found


@dataclass(frozen=True)
class KeptAlready:
    """A room that is gone, of which somebody kept this: whoever presses twice is led there."""

    entry: Entry

    @property
    def state_now(self) -> str:
        """The room was at its end."""
        return RoomState.CHOOSING

    def hats_of(self, person: SomebodyAtAll, at: datetime) -> frozenset[Hat]:
        """It is of who brought something in, and of nobody else."""
        is_own = isinstance(person, Person) and person.pk == self.entry.owner_id
        return frozenset({Hat.PRESENTER}) if is_own else frozenset()


def room_to_keep_from(person: Person, at: datetime, room: UUID, entry: UUID) -> Room | KeptAlready:
    """Find a room at its end, and remember under which id something is kept; or what was kept of it already."""
    try:
        found = _found(person, at, room)
    except Room.DoesNotExist:
        return KeptAlready(find_entry(person, at, entry))
    found.keeps_as = entry
    return found


def contribution(person: Person, at: datetime, contribution: UUID) -> Contribution:
    """Find something this person put on a table themself."""
    rows = Contribution.objects.select_related("room__circle")
    return rows.get(pk=contribution, author=person)


def open_rooms(circle: Circle) -> list[Room]:
    """Return the rooms of a circle that are not over, the newest first."""
    return list(Room.objects.filter(circle=circle).order_by("-opened_at", "-pk"))


@composed
def _room(room: UUID, person: Person, at: datetime) -> QuerySet[Room]:
    seats = gate.open_seats(at).filter(person=person)
    rooms = Room.objects.filter(pk=room, circle__bond__in=seats.values("bond"))
    return rooms.select_related("circle", "presenter", "guide")


@composed
def _in_room(room: UUID, bond: UUID, at: datetime) -> QuerySet[InRoom]:
    seats = gate.open_seats(at).filter(bond=bond)
    rows = InRoom.objects.filter(room=room, person__in=seats.values("person"))
    return rows.select_related("person").order_by("came_at", "pk")


@composed
def _stand(place: UUID, at: datetime) -> QuerySet[InRoom]:
    # In one condition: the seat of this person, and that one open.
    is_open = gate.seat_is_open(at, "room__circle__bond__seats__")
    is_theirs = Q(room__circle__bond__seats__person=F("person"))
    return InRoom.objects.filter(is_open, is_theirs, pk=place).select_related("room")


def place_at_stand(place: UUID, at: datetime) -> InRoom | None:
    """Return somebody's place with its room, if they still have a seat in the circle; one query, no words."""
    return _stand.first(place, at)


@dataclass(frozen=True)
class Somebody:
    """Somebody in the room, as the others see them."""

    person: Person
    name: str
    role: Role
    wears_two_hats: bool

    @property
    def is_presenter(self) -> bool:
        """Whether they bring something in."""
        return self.role == Role.PRESENTER

    @property
    def is_guide(self) -> bool:
        """Whether they guide."""
        return self.role == Role.GUIDE


@dataclass(frozen=True)
class OnTable:
    """One contribution as somebody reads it."""

    row: Contribution
    name: str
    is_own: bool


@dataclass(frozen=True)
class Part:
    """What was put on the table in one phase."""

    phase: Phase
    is_now: bool
    lines: list[OnTable]


@dataclass(frozen=True)
class Table:
    """One room as one person sees it now."""

    room: Room
    me: InRoom
    role: Role
    people: list[Somebody]
    input: Input | None
    parts: list[Part]
    guide_is_away: bool

    @property
    def presenter(self) -> Somebody | None:
        """Who brings something in."""
        return next((one for one in self.people if one.is_presenter), None)

    @property
    def guide(self) -> Somebody | None:
        """Who guides."""
        return next((one for one in self.people if one.is_guide), None)

    @property
    def others(self) -> list[Somebody]:
        """Those to whom the guiding can be handed."""
        return [one for one in self.people if one.role == Role.MEMBER]

    @property
    def can_begin(self) -> bool:
        """Whether there is somebody who brings, somebody who guides, and enough people."""
        return bool(self.presenter and self.guide) and len(self.people) >= FEWEST

    @property
    def too_few(self) -> bool:
        """Whether somebody must still come in."""
        return len(self.people) < FEWEST

    @property
    def has_any(self) -> bool:
        """Whether anything lies on the table."""
        return any(part.lines for part in self.parts)


def people_in(room: Room, at: datetime) -> list[InRoom]:
    """Return who is in the room and still in the circle, in the order they came."""
    return _in_room(room.pk, room.circle.bond_id, at) if room.circle else []


def presenter_is_in(room: Room, at: datetime) -> bool:
    """Return whether who brought it in is there to choose; without them nobody keeps anything."""
    return any(place.person_id == room.presenter_id for place in people_in(room, at))


def table_of(room: Room, person: Person, at: datetime) -> Table:
    """Return the room as somebody in it sees it: three queries, and one for the key."""
    places = people_in(room, at)
    names = first_names(place.person for place in places)
    role = room.role_of(person)
    return Table(
        room=room,
        me=next(place for place in places if place.person_id == person.pk),
        role=role,
        people=[_somebody(room, place.person, names) for place in places],
        input=input_of(room, person),
        parts=_parts(room, _read_by(room, person), names, person),
        guide_is_away=is_guide_away(room, at, places),
    )


def _somebody(room: Room, person: Person, names: dict[UUID, str]) -> Somebody:
    circle = room.circle
    two_hats = circle is not None and circle.has_double_hat and person.pk == circle.facilitator_id
    return Somebody(person, names[person.pk], room.role_of(person), two_hats)


def is_guide_away(room: Room, at: datetime, places: Iterable[InRoom]) -> bool:
    """Return whether nobody guides, the guide was not seen for a minute, or sits in the circle no more."""
    is_here = any(place.person_id == room.guide_id for place in places)
    return not is_here or at - room.guide_seen_at > AWAY_AFTER


def contributions_for(room: Room, person: Person) -> list[Contribution]:
    """Return what somebody may read now: in a quiet phase only their own, until it is over."""
    return list(_read_by(room, person))


def _read_by(room: Room, person: Person) -> QuerySet[Contribution]:
    rows = Contribution.objects.filter(room=room)
    if room.state == RoomState.MEETING and room.phase.is_silent:
        rows = rows.filter(~Q(phase_number=room.phase_number) | Q(author=person))
    return rows.order_by("written_at", "pk")


def _parts(room: Room, rows: Iterable[Contribution], names: dict[UUID, str], person: Person) -> list[Part]:
    phases = room.way.phases
    by_phase: dict[int, list[OnTable]] = {number: [] for number in range(len(phases))}
    for row in rows:
        by_phase[row.phase_number].append(
            OnTable(row, names.get(row.author_id, ""), row.author_id == person.pk)
        )
    now = room.phase_number if room.state == RoomState.MEETING else -1
    newest_first = sorted(by_phase.items(), reverse=True)
    return [Part(phases[number], number == now, lines) for number, lines in newest_first if lines]


@dataclass(frozen=True)
class Wall:
    """What may be on the large screen: the phase, who has a role, and what lies there if the presenter lets it."""

    room: Room
    me: InRoom
    presenter: str
    guide: str
    number_in: int
    lines: list[Contribution]


def wall_of(room: Room, person: Person, at: datetime) -> Wall:
    """Return the large screen: nobody is named beside a contribution, and nothing shows of a quiet phase."""
    places = people_in(room, at)
    names = first_names(place.person for place in places)
    shows = room.is_on_the_wall and room.state == RoomState.MEETING and not room.phase.is_silent
    rows = Contribution.objects.filter(room=room, phase_number=room.phase_number).order_by("written_at", "pk")
    return Wall(
        room=room,
        me=next(place for place in places if place.person_id == person.pk),
        presenter=names.get(room.presenter_id, "") if room.presenter_id else "",
        guide=names.get(room.guide_id, "") if room.guide_id else "",
        number_in=len(places),
        lines=list(rows) if shows else [],
    )


def who_is_in(room: Room, at: datetime) -> list[Somebody]:
    """Return who is in, for who still stands at the door: names and roles, no words."""
    places = people_in(room, at)
    names = first_names(place.person for place in places)
    return [_somebody(room, place.person, names) for place in places]


def somebody_in(room: Room, key: str, at: datetime) -> Person | None:
    """Return the person in the room with this key, if there is one."""
    return next((place.person for place in people_in(room, at) if str(place.person_id) == key), None)


def all_lines(room: Room, person: Person, at: datetime) -> list[OnTable]:
    """Return everything on the table that the presenter may keep, from the first phase to the last."""
    names = first_names(place.person for place in people_in(room, at))
    rows = sorted(contributions_for(room, person), key=lambda row: (row.phase_number, row.written_at, row.pk))
    return [OnTable(row, names.get(row.author_id, ""), row.author_id == person.pk) for row in rows]


def minutes_left(room: Room, at: datetime) -> int:
    """Return how many minutes the phase still has, the one that is running counted along."""
    return max(0, math.ceil((room.phase_ends_at - at).total_seconds() / 60)) if room.phase_ends_at else 0


def standing(room: Room, at: datetime) -> dict[str, int | str | bool]:
    """Return by what a screen knows that it is behind, and the time by the clock of the house: no words, no names."""
    return {
        "n": room.stand,
        "key": room.key_of_page,
        "away": room.guide_id is None or at - room.guide_seen_at > AWAY_AFTER,
        "now": in_ms(at),
        "ends": in_ms(room.phase_ends_at) if room.phase_ends_at else 0,
    }


def in_ms(moment: datetime) -> int:
    """Return a moment as browsers count it."""
    return int(moment.timestamp() * 1000)


def input_of(room: Room, person: Person) -> Input | None:
    """Return what somebody may write now, if anything."""
    return room.phase.input_for(room.role_of(person)) if room.state == RoomState.MEETING else None


def fits(room: Room, person: Person, kind: Kind) -> bool:
    """Return whether this phase takes this from somebody in this role (G5: no advice while one asks)."""
    one = input_of(room, person)
    return one is not None and one.kind == kind


def may_do(room: Room, person: Person, at: datetime) -> dict[str, bool]:
    """Return what the policy opens to somebody in this room now, by the names the pages use."""
    acts = (
        Action.GUIDE_ROOM,
        Action.STOP_ROOM,
        Action.BRING_IN_ROOM,
        Action.KEEP_FROM_ROOM,
        Action.TAKE_ROLE_IN_ROOM,
    )
    return {f"may_{act.lower()}": may(person, act, room, at) for act in acts}
