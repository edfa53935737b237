"""The ladder to peer coach, the attestation, and the coach who stands behind a peer coach (G1, G2)."""

from datetime import date, datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.belongings.row_lock import NOBODY, OWN, RowLock
from klimtouw.belongings.words import WordsField
from klimtouw.foundation.ids import new_id
from klimtouw.peers.choices import Step
from klimtouw.people.models import Person
from klimtouw.programmes.models import Programme
from klimtouw.programmes.staff import is_staff_of


class Asked(models.Model):
    """A student asks a staff member of their programme for something; it holds once that person said yes."""

    ONCE_ACCEPTED: ClassVar[Hat]
    """The hat the staff member wears after their yes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    """The student who learns to peer-coach, or does so."""
    staff = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"

    @property
    def state_now(self) -> str:
        """It has no state of a relation."""
        return ""

    @property
    def to_train(self) -> bool:
        """Whether the question is to train; otherwise it is to stand behind a peer coach."""
        return self.ONCE_ACCEPTED is Hat.TRAINER

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """The student owns it; the staff member is asked, and after a yes wears the hat as long as they are staff."""
        if not isinstance(person, Person):
            return frozenset()
        if person.pk == self.owner_id:
            return frozenset({Hat.OWNER})
        if person.pk != self.staff_id or not is_staff_of(person, self.programme_id):
            return frozenset()
        return frozenset({self.ONCE_ACCEPTED if self.accepted_at else Hat.INVITEE})


class Training(Asked):
    """A student learns to peer-coach with a trainer. What was attested hangs on the student, and outlives it."""

    ONCE_ACCEPTED = Hat.TRAINER

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["owner"], name="training_one_at_a_time"),
            models.CheckConstraint(condition=~Q(owner=F("staff")), name="training_is_with_somebody_else"),
        )
        indexes = (models.Index(fields=["staff"], name="training_with"),)


class Support(Asked):
    """A coach of the programme stands behind a peer coach: helps when needed, sees states and no content (G1)."""

    ONCE_ACCEPTED = Hat.RESPONSIBLE_COACH

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["owner"], name="support_by_one_at_a_time"),
            models.CheckConstraint(condition=~Q(owner=F("staff")), name="support_is_of_somebody_else"),
        )
        indexes = (models.Index(fields=["staff"], name="support_by"),)


class Rung(models.Model):
    """One rung, attested by name and date. No order, no number, no level (V5, V21)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    step = models.CharField(max_length=16, choices=Step)
    attested_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    attested_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["owner", "step"], name="rung_attested_once"),)

    def __str__(self) -> str:
        return f"{self.step} of {self.owner_id}"


class RungWords(models.Model):
    """What the trainer says with a rung, to the peer coach alone: sealed with their key, the trainer reads it no more (V13)."""

    ROW_LOCK: ClassVar = RowLock(
        read=OWN,
        add="EXISTS (SELECT 1 FROM peers_rung r WHERE r.id = rung_id AND r.owner_id = peers_rungwords.owner_id "
        "AND r.attested_by_id = klimtouw_person())",
        change=NOBODY,
        erase=OWN,
    )
    rung = models.OneToOneField(Rung, primary_key=True, on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    text = WordsField()

    def __str__(self) -> str:
        return f"words with {self.rung_id}"

    @property
    def words_belong_to(self) -> UUID:
        """The key of the peer coach seals them, though the trainer wrote them."""
        return self.owner_id


class Attestation(models.Model):
    """What a peer coach can show: trained, attested by a trainer, until a day. Given up or revoked, the row is gone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    attested_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    school = models.CharField(max_length=120)
    programme_name = models.CharField(max_length=120)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")), name="attestation_starts_before_it_ends"
            ),
        )
        indexes = (models.Index(fields=["owner", "valid_until"], name="attestation_of"),)

    def __str__(self) -> str:
        return f"attestation {self.pk}"

    @property
    def state_now(self) -> str:
        """It has no state of a relation."""
        return ""

    @property
    def last_day(self) -> date:
        """The last day on which it holds."""
        return localdate(self.valid_until - timedelta(microseconds=1))

    def is_valid(self, at: datetime) -> bool:
        """Return whether it holds at this moment."""
        return self.valid_from <= at < self.valid_until

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """It belongs to the peer coach; whoever gave it may revoke it."""
        if not isinstance(person, Person):
            return frozenset()
        hats = {self.owner_id: Hat.OWNER, self.attested_by_id: Hat.TRAINER}
        return frozenset({hats[person.pk]}) if person.pk in hats else frozenset()


class Withdrawn(models.Model):
    """The id of an attestation that no longer holds, for whoever checks a document; nothing says whose it was, or why."""

    id = models.UUIDField(primary_key=True, editable=False)
    valid_until = models.DateTimeField()
    """After this moment the document no longer holds by itself, and the id can go."""

    def __str__(self) -> str:
        return str(self.pk)
