"""The agreements of a circle: versioned, signed by everybody who is named in them (G3)."""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from klimtouw.belongings.row_lock import NOBODY, RowLock
from klimtouw.belongings.words import WordsField
from klimtouw.circles.models.circles import AS_ITS_CIRCLE, Circle
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person

AS_ITS_AGREEMENT = "EXISTS (SELECT 1 FROM circles_circleagreement a WHERE a.id = agreement_id)"


class CircleAgreement(models.Model):
    """One version of what the circle agrees. The newest holds from the moment everybody named in it signed."""

    ROW_LOCK: ClassVar = RowLock(read=AS_ITS_CIRCLE, add=AS_ITS_CIRCLE, change=AS_ITS_CIRCLE, erase=NOBODY)
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="agreements")
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    drafted_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    drafted_at = models.DateTimeField()
    in_force_at = models.DateTimeField(null=True)
    guide_to_be = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    """Who offers to guide the circle from the moment all have signed; None: whoever guides it goes on."""
    guide_has_double_hat = models.BooleanField(default=False)
    """Whether they also assess a member, said before anybody signs (R8)."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["circle", "number"], name="circle_agreement_number_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="circle_agreement_starts_before_it_ends"
            ),
        )

    def __str__(self) -> str:
        return f"agreement {self.number} of {self.circle_id}"


class CircleClause(models.Model):
    """One agreement of the circle, in plain words."""

    ROW_LOCK: ClassVar = RowLock(read=AS_ITS_AGREEMENT, add=AS_ITS_AGREEMENT, change=NOBODY, erase=NOBODY)
    agreement = models.ForeignKey(CircleAgreement, on_delete=models.CASCADE, related_name="clauses")
    position = models.PositiveSmallIntegerField()
    text = WordsField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["agreement", "position"], name="circle_clause_position_once"),
        )

    def __str__(self) -> str:
        return f"clause {self.position} of {self.agreement_id}"

    @property
    def words_belong_to(self) -> UUID:
        """The key of the circle seals its agreements."""
        return self.agreement.circle_id

    @property
    def words_stand_in(self) -> tuple[UUID, int]:
        """A clause is known by its agreement and position; it has no key before it is written."""
        return self.agreement_id, self.position


class CircleSignature(models.Model):
    """Somebody is named in one version; `signed_at` says when they signed it, None while they think."""

    agreement = models.ForeignKey(CircleAgreement, on_delete=models.CASCADE, related_name="signatures")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["agreement", "person"], name="circle_signature_once"),)

    def __str__(self) -> str:
        return f"signature on {self.agreement_id}"
