"""An invitation to a circle: a light letter to an e-mail address."""

from django.db import models
from django.db.models import F, Q

from klimtouw.circles.models.circles import Circle
from klimtouw.relations.models import LetterToAddress


class CircleInvitation(LetterToAddress):
    """It exists while it is open; accepted it becomes a place in the circle, otherwise it is erased (V8, V9)."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="invitations")

    class Meta:
        indexes = (models.Index(fields=["email"], name="circle_invitation_to"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("sent_at")), name="circle_invitation_sent_first"
            ),
            models.UniqueConstraint(fields=["circle", "email"], name="circle_invitation_once"),
        )
