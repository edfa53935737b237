"""An invitation: a light letter from one person to an e-mail address."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.belongings.row_lock import RowLock
from klimtouw.belongings.words import WordsField
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person
from klimtouw.programmes.models import Programme
from klimtouw.relations.choices import Side

SENT = "inviter_id = klimtouw_person()"
RECEIVED = "lower(email) = (SELECT lower(p.email) FROM people_person p WHERE p.id = klimtouw_person())"
SENT_OR_RECEIVED = f"{SENT} OR {RECEIVED}"


class LetterToAddress(models.Model):
    """What somebody wrote to an e-mail address, to invite whoever reads it there; it exists while it is open (V8, V9)."""

    ROW_LOCK: ClassVar = RowLock(
        read=SENT_OR_RECEIVED, add=SENT, change=SENT_OR_RECEIVED, erase=SENT_OR_RECEIVED
    )
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    inviter = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(max_length=254)
    message = WordsField()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def words_belong_to(self) -> UUID:
        """The key of the inviter seals what the letter says."""
        return self.inviter_id

    @property
    def state_now(self) -> str:
        """An invitation is not yet a relation, nor a place in a circle."""
        return ""

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """The inviter, and the person whose address it was sent to, until it expires."""
        if not isinstance(person, Person) or at >= self.expires_at:
            return frozenset()
        if person.pk == self.inviter_id:
            return frozenset({Hat.INVITER})
        return frozenset({Hat.INVITEE}) if person.email.lower() == self.email.lower() else frozenset()


class Invitation(LetterToAddress):
    """It exists while it is open; accepted it becomes a relation, otherwise it is erased (R2, V8, V9)."""

    inviter_side = models.CharField(max_length=8, choices=Side)
    how_known = WordsField()
    programme = models.ForeignKey(Programme, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["email"], name="invitation_to_address"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("sent_at")), name="invitation_is_sent_before_it_expires"
            ),
            models.UniqueConstraint(
                fields=["inviter", "email", "inviter_side"], name="invitation_once_per_address"
            ),
        )


class LetterSent(models.Model):
    """On a day somebody sent an invitation: enough to count, never to whom. It is the same whatever became of the letter.

    `address_mark` is the same for two letters of one person to one address, and tells nothing else.
    """

    inviter = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    address_mark = models.CharField(max_length=64)
    sent_on = models.DateField()

    class Meta:
        indexes = (models.Index(fields=["inviter", "sent_on"], name="letter_sent_by"),)

    def __str__(self) -> str:
        return f"letter of {self.sent_on}"
