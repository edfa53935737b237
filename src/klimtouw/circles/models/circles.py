"""A circle: a facilitator, three to twelve members, and one bond (G3)."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.urls import reverse

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.belongings import gate
from klimtouw.belongings.choices import SeatHat
from klimtouw.belongings.models import Bond
from klimtouw.belongings.row_lock import NOBODY, RowLock
from klimtouw.belongings.words import WordsField
from klimtouw.circles.choices import CircleState
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person
from klimtouw.programmes.models import Programme

HAT_OF_SEAT = {SeatHat.FACILITATOR: Hat.FACILITATOR, SeatHat.MEMBER: Hat.MEMBER}
SITS_OR_WAITS = """EXISTS (SELECT 1 FROM belongings_seat s WHERE s.bond_id = circles_circle.bond_id
    AND s.person_id = klimtouw_person() AND s.opens_at <= klimtouw_at()
    AND (s.closes_at IS NULL OR s.closes_at > klimtouw_at()))
OR EXISTS (SELECT 1 FROM circles_circleplace p WHERE p.circle_id = circles_circle.id
    AND p.person_id = klimtouw_person() AND p.seated_at IS NULL AND circles_circle.state <> 'ended')"""
"""Asked by the second lock of a circle: whether who asks sits in it now, or said yes and waits for the signatures."""
AS_ITS_CIRCLE = "EXISTS (SELECT 1 FROM circles_circle c WHERE c.id = circle_id)"
"""Asked of a row with joint words that names its circle: it is seen by whoever sees the circle."""


class Circle(models.Model):
    """Some people who write, share and talk together. Who sits on its bond now is in it; nobody else ever was (V24)."""

    ROW_LOCK: ClassVar = RowLock(
        read=SITS_OR_WAITS, add="facilitator_id = klimtouw_person()", change=SITS_OR_WAITS, erase=NOBODY
    )
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    bond = models.OneToOneField(Bond, on_delete=models.PROTECT, related_name="+")
    name = WordsField()
    facilitator = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    has_double_hat = models.BooleanField(default=False)
    """Whether the facilitator also marks a member; said before anybody signs (R8)."""
    programme = models.ForeignKey(Programme, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=16, choices=CircleState, default=CircleState.FORMING)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"circle {self.pk}"

    def get_absolute_url(self) -> str:
        """Return the address of the circle's page."""
        return reverse("circles:circle", args=[self.pk])

    @property
    def words_belong_to(self) -> UUID:
        """What a circle writes together is of all of them: it has a key of its own."""
        return self.id

    @property
    def state_now(self) -> str:
        """The state the policy asks for."""
        return self.state

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """Facilitator or member with a seat that is open now, or newcomer who said yes; anybody else is nothing here."""
        if not isinstance(person, Person):
            return frozenset()
        known: dict[tuple[UUID, datetime], frozenset[Hat]] = self.__dict__.setdefault("_hats_known", {})
        if (person.pk, at) not in known:
            known[person.pk, at] = self._hats_asked(person, at)
        return known[person.pk, at]

    def _hats_asked(self, person: Person, at: datetime) -> frozenset[Hat]:
        seat = (
            gate.open_seats(at).filter(bond=self.bond_id, person=person).values_list("hat", flat=True).first()
        )
        if seat is not None:
            return frozenset({HAT_OF_SEAT[SeatHat(seat)]})
        waits = CirclePlace.objects.filter(circle=self.pk, person=person, seated_at=None)
        is_over = self.state == CircleState.ENDED
        return frozenset({Hat.NEWCOMER}) if not is_over and waits.exists() else frozenset()


class CirclePlace(models.Model):
    """Somebody said yes to a circle. Until all have signed they wait (`seated_at` is None) and read nothing of anybody."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="places")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    hat = models.CharField(max_length=16, choices=SeatHat)
    came_at = models.DateTimeField()
    seated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["circle", "person"], name="circle_place_once"),)

    def __str__(self) -> str:
        return f"{self.hat} of {self.circle_id}"
