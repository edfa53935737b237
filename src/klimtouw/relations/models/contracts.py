"""The contract: versioned, signed by both, and the permission itself (R6)."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from klimtouw.belongings.row_lock import NOBODY, RowLock
from klimtouw.belongings.words import WordsField
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person
from klimtouw.relations.choices import Rhythm
from klimtouw.relations.models.relations import OF_THE_TWO, Relation

DRAFTED_BY_ONE_OF_THE_TWO = f"drafted_by_id = klimtouw_person() AND {OF_THE_TWO}"
AS_ITS_CONTRACT = "EXISTS (SELECT 1 FROM relations_contract c WHERE c.id = contract_id)"


class Contract(models.Model):
    """One version of what the two agree. It holds from both signatures; an unsigned newer one changes nothing (V11)."""

    ROW_LOCK: ClassVar = RowLock(
        read=OF_THE_TWO, add=DRAFTED_BY_ONE_OF_THE_TWO, change=OF_THE_TWO, erase=NOBODY
    )
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relation = models.ForeignKey(Relation, on_delete=models.CASCADE, related_name="contracts")
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    talks = models.PositiveSmallIntegerField()
    rhythm = models.CharField(max_length=16, choices=Rhythm)
    availability = WordsField()
    coachee_may_expect = WordsField()
    coach_may_expect = WordsField()
    drafted_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    drafted_at = models.DateTimeField()
    in_force_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["relation", "number"], name="contract_number_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="contract_starts_before_it_ends"
            ),
            models.CheckConstraint(
                condition=Q(talks__range=(1, 30)), name="contract_has_one_to_thirty_talks"
            ),
        )

    def __str__(self) -> str:
        return f"contract {self.number} of {self.relation_id}"

    @property
    def words_belong_to(self) -> UUID:
        """What the two agreed is of both: the key of their relation seals it."""
        return self.relation_id


class Clause(models.Model):
    """One agreement in the contract, in plain words."""

    ROW_LOCK: ClassVar = RowLock(read=AS_ITS_CONTRACT, add=AS_ITS_CONTRACT, change=NOBODY, erase=NOBODY)
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="clauses")
    position = models.PositiveSmallIntegerField()
    text = WordsField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["contract", "position"], name="clause_position_once"),)

    def __str__(self) -> str:
        return f"clause {self.position} of {self.contract_id}"

    @property
    def words_belong_to(self) -> UUID:
        """The key of the relation seals a clause, as it does the contract it stands in."""
        return self.contract.relation_id

    @property
    def words_stand_in(self) -> tuple[UUID, int]:
        """A clause is known by its contract and position; it has no key before it is written."""
        return self.contract_id, self.position


class Signature(models.Model):
    """One of the two agrees with one version."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="signatures")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["contract", "person"], name="signature_once"),)

    def __str__(self) -> str:
        return f"signature on {self.contract_id}"
