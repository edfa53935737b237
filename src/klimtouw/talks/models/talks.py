"""A talk of two people, and the moments proposed for it."""

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.urls import reverse

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.belongings.row_lock import NOBODY, RowLock
from klimtouw.belongings.words import WordsField
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.relations.models.relations import OF_THE_TWO
from klimtouw.talks.choices import TalkState

PROPOSED_BY_ONE_OF_THE_TWO = f"proposed_by_id = klimtouw_person() AND {OF_THE_TWO}"
OVER = frozenset({State.NOT_STARTED, State.COMPLETED, State.STOPPED})


def hats_at_talks(relation: Relation, person: Somebody, at: datetime) -> frozenset[Hat]:
    """Return the hats at the talks of a relation: once it is over, or while it rests, the coach has none (V24, V22)."""
    hats = relation.hats_of(person, at)
    return hats - {Hat.COACH} if relation.state in OVER or relation.rests(at) else hats


class Talk(models.Model):
    """A talk of a relation: up to three proposed moments, then one (T1).

    `revision` counts every change of moment or state: it tells two tabs apart, and it is the SEQUENCE in a calendar.
    """

    ROW_LOCK: ClassVar = RowLock(
        read=OF_THE_TWO, add=PROPOSED_BY_ONE_OF_THE_TWO, change=OF_THE_TWO, erase=NOBODY
    )
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relation = models.ForeignKey(Relation, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=16, choices=TalkState, default=TalkState.PROPOSED)
    proposed_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    proposed_at = models.DateTimeField()
    place = WordsField()
    minutes = models.PositiveSmallIntegerField(default=30)
    starts_at = models.DateTimeField(null=True)
    revision = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(state__in=["planned", "held"]) | Q(starts_at__isnull=False),
                name="planned_talk_has_a_moment",
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="talk_takes_time"),
        )
        indexes = (models.Index(fields=["relation", "starts_at"], name="talk_of_relation"),)

    def __str__(self) -> str:
        return f"talk {self.pk}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("talks:talk", args=[self.pk])

    @property
    def words_belong_to(self) -> UUID:
        """The place is of both: the key of their relation seals it."""
        return self.relation_id

    @property
    def state_now(self) -> str:
        """The state of the relation, which the policy asks for."""
        return self.relation.state_now

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """The hats at the talks of its relation."""
        return hats_at_talks(self.relation, person, at)

    @property
    def ends_at(self) -> datetime | None:
        """When it ends, counted in real minutes, also in the night the clock changes."""
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None

    def party(self, person_id: UUID) -> Person:
        """Return the one of the two with this key."""
        return next(p for p in (self.relation.coachee, self.relation.coach) if p.pk == person_id)

    @property
    def is_ahead(self) -> bool:
        """Whether it is still to come, or still looks for its moment."""
        return self.state in (TalkState.PROPOSED, TalkState.PLANNED)

    def waits_for(self, person: Person) -> bool:
        """Return whether the choice among the moments is up to this person: whoever did not propose them."""
        return self.state == TalkState.PROPOSED and self.proposed_by_id != person.pk

    def has_begun(self, at: datetime) -> bool:
        """Return whether it was held, or its hour has come."""
        if self.state == TalkState.HELD:
            return True
        return self.state == TalkState.PLANNED and self.starts_at is not None and self.starts_at <= at


class Moment(models.Model):
    """One of at most three proposed moments."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="moments")
    starts_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["talk", "starts_at"], name="moment_once_per_talk"),)

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"
