"""A meeting of a circle, the moments proposed for it, and whom each of them suits."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.urls import reverse

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.belongings.row_lock import NOBODY, RowLock
from klimtouw.belongings.words import WordsField
from klimtouw.circles.choices import MeetingState
from klimtouw.circles.models.circles import AS_ITS_CIRCLE, Circle
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person

OWN = "person_id = klimtouw_person()"
SITS = frozenset({Hat.FACILITATOR, Hat.MEMBER})


class Meeting(models.Model):
    """A meeting: up to three proposed moments, then one. `revision` is the SEQUENCE in a calendar, and tells two tabs apart."""

    ROW_LOCK: ClassVar = RowLock(read=AS_ITS_CIRCLE, add=AS_ITS_CIRCLE, change=AS_ITS_CIRCLE, erase=NOBODY)
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="meetings")
    state = models.CharField(max_length=16, choices=MeetingState, default=MeetingState.PROPOSED)
    proposed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    proposed_at = models.DateTimeField()
    place = WordsField()
    minutes = models.PositiveSmallIntegerField(default=60)
    starts_at = models.DateTimeField(null=True)
    revision = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="planned") | Q(starts_at__isnull=False),
                name="planned_meeting_has_a_moment",
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="meeting_takes_time"),
        )
        indexes = (models.Index(fields=["circle", "starts_at"], name="meeting_of_circle"),)

    def __str__(self) -> str:
        return f"meeting {self.pk}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("circles:meeting", args=[self.pk])

    @property
    def words_belong_to(self) -> UUID:
        """The place is of all of them: the key of the circle seals it."""
        return self.circle_id

    @property
    def state_now(self) -> str:
        """The state of the circle, which the policy asks for."""
        return self.circle.state_now

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """The hats in its circle; who proposed it owns it for as long as they sit there. Who waits sees no meeting."""
        hats = self.circle.hats_of(person, at) & SITS
        is_own = isinstance(person, Person) and person.pk == self.proposed_by_id
        return hats | {Hat.OWNER} if hats and is_own else hats


class MeetingMoment(models.Model):
    """One of at most three proposed moments."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="moments")
    starts_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["meeting", "starts_at"], name="moment_once_per_meeting"),
        )

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class MeetingFit(models.Model):
    """A moment suits somebody. There is no row for what does not."""

    moment = models.ForeignKey(MeetingMoment, on_delete=models.CASCADE, related_name="fits")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["moment", "person"], name="fits_once_per_moment"),)

    def __str__(self) -> str:
        return f"{self.moment_id} fits {self.person_id}"


class MeetingSaid(models.Model):
    """Somebody said which moments suit, also when none does: so they are not asked again (V17). Nobody else reads it."""

    ROW_LOCK: ClassVar = RowLock(read=OWN, add=OWN, change=NOBODY, erase=OWN)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["meeting", "person"], name="meeting_said_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} said what suits for {self.meeting_id}"
