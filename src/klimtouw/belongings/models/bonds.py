"""Bonds, the seats on them, and what is shared onto them."""

from django.db import models
from django.db.models import F, Q

from klimtouw.belongings.choices import Purpose, SeatHat
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person


class Bond(models.Model):
    """The rope between people: who sits on it, and from when until when each of them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    purpose = models.CharField(max_length=16, choices=Purpose)

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class Seat(models.Model):
    """One person on one bond, in one hat, within one window; outside the window the seat opens nothing."""

    bond = models.ForeignKey(Bond, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    hat = models.CharField(max_length=16, choices=SeatHat)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["bond", "person"], name="seat_once_per_bond"),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(closes_at__gte=F("opens_at")),
                name="seat_opens_before_it_closes",
            ),
        )

    def __str__(self) -> str:
        return f"{self.hat} on {self.bond_id}"


class Share(models.Model):
    """The owner lets the people on one bond read one thing, until a date or until revoked (C9)."""

    thing = models.ForeignKey("belongings.Thing", on_delete=models.CASCADE, related_name="shares")
    bond = models.ForeignKey(Bond, on_delete=models.CASCADE, related_name="shares")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["thing", "bond"], condition=Q(revoked_at__isnull=True), name="share_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="share_starts_before_it_ends"
            ),
        )

    def __str__(self) -> str:
        return f"{self.thing_id} onto {self.bond_id}"
