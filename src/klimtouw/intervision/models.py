"""A room for one intervision, who is in it, and what lies on its table. All of it is gone when it is over (G5)."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.belongings.row_lock import RowLock
from klimtouw.belongings.words import WordsField
from klimtouw.circles.models import Circle
from klimtouw.foundation.ids import new_id
from klimtouw.intervision.choices import Kind, MethodKey, Role, RoomState
from klimtouw.intervision.methods import METHODS, Method, Phase
from klimtouw.people.models import Person

SEATED = frozenset({Hat.FACILITATOR, Hat.MEMBER})
OF_THOSE_IN_THE_ROOM = """EXISTS (
    SELECT 1 FROM intervision_inroom i JOIN intervision_room r ON r.id = i.room_id
    JOIN circles_circle c ON c.id = r.circle_id JOIN belongings_seat s ON s.bond_id = c.bond_id
    WHERE i.room_id = intervision_contribution.room_id
    AND i.person_id = klimtouw_person() AND s.person_id = klimtouw_person()
    AND s.opens_at <= klimtouw_at() AND (s.closes_at IS NULL OR s.closes_at > klimtouw_at()))"""
OWN = f"author_id = klimtouw_person() AND {OF_THOSE_IN_THE_ROOM}"


class Room(models.Model):
    """One intervision of a circle, from the first who comes in to the last choice of the presenter. It holds no words itself."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    circle = models.ForeignKey(Circle, null=True, on_delete=models.SET_NULL, related_name="+")
    """None when the circle was erased meanwhile: nobody sees the room any more, and the job destroys its key within a day."""
    method = models.CharField(max_length=16, choices=MethodKey)
    presenter = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    guide = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    guide_seen_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=RoomState, default=RoomState.GATHERING)
    phase_number = models.PositiveSmallIntegerField(default=0)
    phase_ends_at = models.DateTimeField(null=True)
    is_on_the_wall = models.BooleanField(default=False)
    """Whether the presenter lets contributions be shown on the large screen."""
    stand = models.PositiveIntegerField(default=1)
    """One more at every change: by this a screen knows that it is behind."""
    opened_at = models.DateTimeField()
    moved_at = models.DateTimeField(null=True)
    """When the guide last moved it on; None until it begins. A room in which nothing moves for a day is erased."""

    keeps_as: UUID | None = None
    """The id that what the presenter keeps will get, as the address says, so that sent twice it is kept once; never stored."""
    kind_sent: str = ""
    """What somebody wants to put on the table at this moment, as the address says; never stored."""

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(presenter=None) | Q(guide=None) | ~Q(presenter=F("guide")),
                name="room_guide_does_not_present",
            ),
        )

    def __str__(self) -> str:
        return f"room {self.pk}"

    def get_absolute_url(self) -> str:
        """Return the address of the room; who dropped out comes back by it."""
        return reverse("intervision:room", args=[self.pk])

    @property
    def state_now(self) -> str:
        """The state the policy asks for."""
        return self.state

    @property
    def way(self) -> Method:
        """The method, with its phases."""
        return METHODS[MethodKey(self.method)]

    @property
    def phase(self) -> Phase:
        """The phase the meeting is in."""
        return self.way.phases[self.phase_number]

    @property
    def is_last_phase(self) -> bool:
        """Whether nothing comes after this phase but the choice of the presenter."""
        return self.phase_number == len(self.way.phases) - 1

    @property
    def key_of_page(self) -> str:
        """What a screen must fetch whole: another state or another phase. Within one, only what lies on the table changes."""
        return f"{self.state}-{self.phase_number}"

    def role_of(self, person: Person) -> Role:
        """Return what somebody who is in the room is in it."""
        if person.pk == self.presenter_id:
            return Role.PRESENTER
        return Role.GUIDE if person.pk == self.guide_id else Role.MEMBER

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """What the circle says this person is now, and for who came in also what they are here; without a seat: nothing."""
        if not isinstance(person, Person) or self.circle is None:
            return frozenset()
        of_circle = self.circle.hats_of(person, at) & SEATED
        if not of_circle or not self.is_in(person):
            return of_circle
        roles = {Role.PRESENTER: {Hat.PRESENTER}, Role.GUIDE: {Hat.GUIDE}, Role.MEMBER: set()}
        return of_circle | {Hat.IN_ROOM} | roles[self.role_of(person)]

    def is_in(self, person: Person) -> bool:
        """Return whether somebody came in; asked once."""
        known: dict[UUID, bool] = self.__dict__.setdefault("_is_in", {})
        if person.pk not in known:
            known[person.pk] = self.people.filter(person=person).exists()
        return known[person.pk]


class InRoom(models.Model):
    """Somebody came in. Who is in when the meeting begins reads along; nobody comes in later."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    came_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["room", "person"], name="in_room_once"),)

    def __str__(self) -> str:
        return f"somebody in {self.room_id}"


class Contribution(models.Model):
    """Something somebody put on the table. It is of the room, and goes with it; the presenter may keep what it says."""

    ROW_LOCK: ClassVar = RowLock(read=OF_THOSE_IN_THE_ROOM, add=OWN, change=OWN, erase=OWN)
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="contributions")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind)
    phase_number = models.PositiveSmallIntegerField()
    text = WordsField()
    may_be_named = models.BooleanField(default=False)
    """Whether its author agrees to be named where the presenter keeps it."""
    written_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["room", "phase_number", "written_at"], name="contribution_on_table"),)

    def __str__(self) -> str:
        return f"{self.kind} in {self.room_id}"

    @property
    def words_belong_to(self) -> UUID:
        """Every room has a key of its own, destroyed when it is over (P3)."""
        return self.room_id

    @property
    def state_now(self) -> str:
        """The state of its room."""
        return self.room.state

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """Its author, as long as they are in the room."""
        is_own = isinstance(person, Person) and person.pk == self.author_id
        return (
            frozenset({Hat.OWNER}) if is_own and Hat.IN_ROOM in self.room.hats_of(person, at) else frozenset()
        )
