"""How somebody likes to have their talks in their own calendar and mail."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from klimtouw.belongings.row_lock import OF_ITS_OWNER
from klimtouw.people.models import Person


class Habits(models.Model):
    """The calendar address of one person, and whether the card of a talk comes by mail. Without a row: none of it.

    The address itself stands nowhere: it is made of `secret` and the master key. What stands here is its hash, by which a
    calendar that asks is recognised; whoever reads the database alone cannot ask.
    """

    ROW_LOCK: ClassVar = OF_ITS_OWNER
    owner = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="+")
    address_hash = models.CharField(max_length=64, default="")
    secret = models.CharField(max_length=64, default="")
    shows_names = models.BooleanField(default=False)
    has_card_by_mail = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["address_hash"], condition=~Q(address_hash=""), name="one_person_per_calendar_address"
            ),
        )

    def __str__(self) -> str:
        return f"habits of {self.owner_id}"
