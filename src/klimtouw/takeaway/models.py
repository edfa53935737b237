"""What is on its way: a package being made or brought in, what came along from elsewhere, and what was offered."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.belongings.row_lock import OF_ITS_OWNER
from klimtouw.belongings.words import WordsField
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person
from klimtouw.relations.models import Contract
from klimtouw.takeaway.choices import ParcelState, Way


class Parcel(models.Model):
    """A package on its way out, or in; sealed with its owner's key, and gone after a day at the latest."""

    ROW_LOCK: ClassVar = OF_ITS_OWNER
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=3, choices=Way)
    state = models.CharField(max_length=8, choices=ParcelState, default=ParcelState.WAITING)
    asked_at = models.DateTimeField()
    things = models.PositiveIntegerField(default=0)
    gathered = models.PositiveIntegerField(default=0)
    content = WordsField()

    class Meta:
        indexes = (models.Index(fields=["owner", "way"], name="parcel_of_owner"),)

    def __str__(self) -> str:
        return f"parcel {self.pk}"

    @property
    def words_belong_to(self) -> UUID:
        """The key of its owner seals it."""
        return self.owner_id

    @property
    def state_now(self) -> str:
        """A parcel has no state of a relation."""
        return ""

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """Its owner, and nobody else."""
        is_own = isinstance(person, Person) and person.pk == self.owner_id
        return frozenset({Hat.OWNER}) if is_own else frozenset()


class Brought(models.Model):
    """What came along from one account elsewhere and cannot live here: relations, looks, other people's words.

    It is kept as it came, sealed, and goes along again unchanged. `account` is the account elsewhere; what is one's own
    but has no place here (it hangs on something that is not here) stands under one's own account.
    """

    ROW_LOCK: ClassVar = OF_ITS_OWNER
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    account = models.UUIDField()
    as_of = models.DateTimeField()
    content = WordsField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["owner", "account"], name="brought_once_per_account"),)

    def __str__(self) -> str:
        return f"brought from {self.account}"

    @property
    def words_belong_to(self) -> UUID:
        """The key of its owner seals it."""
        return self.owner_id


class Offer(models.Model):
    """One person was told, once, that the end of a contract is near and that everything can come along (P4)."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    offered_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["contract", "person"], name="offer_once"),)

    def __str__(self) -> str:
        return f"offer at {self.contract_id}"
