"""An invitation to a circle: a light letter to an e-mail address."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.belongings.row_lock import RowLock
from klimtouw.belongings.words import WordsField
from klimtouw.circles.models.circles import Circle
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person

SENT = "inviter_id = klimtouw_person()"
RECEIVED = "lower(email) = (SELECT lower(p.email) FROM people_person p WHERE p.id = klimtouw_person())"
SENT_OR_RECEIVED = f"{SENT} OR {RECEIVED}"


class CircleInvitation(models.Model):
    """It exists while it is open; accepted it becomes a place in the circle, otherwise it is erased (V8, V9)."""

    ROW_LOCK: ClassVar = RowLock(
        read=SENT_OR_RECEIVED, add=SENT, change=SENT_OR_RECEIVED, erase=SENT_OR_RECEIVED
    )
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="invitations")
    inviter = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(max_length=254)
    message = WordsField()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["email"], name="circle_invitation_to"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("sent_at")), name="circle_invitation_sent_first"
            ),
            models.UniqueConstraint(fields=["circle", "email"], name="circle_invitation_once"),
        )

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def words_belong_to(self) -> UUID:
        """The key of the inviter seals what the letter says."""
        return self.inviter_id

    @property
    def state_now(self) -> str:
        """An invitation is not yet a place in the circle."""
        return ""

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """The inviter, and the person whose address it was sent to, until it expires."""
        if not isinstance(person, Person) or at >= self.expires_at:
            return frozenset()
        if person.pk == self.inviter_id:
            return frozenset({Hat.INVITER})
        return frozenset({Hat.INVITEE}) if person.email.lower() == self.email.lower() else frozenset()
