"""A coordinator proposes a circle: names, and nothing else (G3, B3). Each of them says in private whether it feels right."""

from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.urls import reverse

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.foundation.clock import end_of
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person
from klimtouw.people.row_lock import NOBODY, RowLock
from klimtouw.programmes.choices import ProposalState
from klimtouw.programmes.models.schools import Programme

OWN_ANSWER = "person_id = klimtouw_person()"


class CircleProposal(models.Model):
    """A circle that could be: of one programme, until a last day to answer. Who is in it stands in rows of its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="circle_proposals")
    state = models.CharField(max_length=8, choices=ProposalState, default=ProposalState.FORMING)
    proposed_at = models.DateTimeField()
    answer_by = models.DateField()
    settled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"proposal {self.pk}"

    def get_absolute_url(self) -> str:
        """Return the address where whoever is in it says whether it feels right."""
        return reverse("circles:proposal", args=[self.pk])

    @property
    def state_now(self) -> str:
        """It has no state of a relation or a circle: it is there to answer, or it is not."""
        return ""

    def is_open(self, at: datetime) -> bool:
        """Return whether answers are still awaited."""
        ends = end_of(self.answer_by, ZoneInfo(settings.TIME_ZONE))
        return self.state == ProposalState.FORMING and at < ends

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """Return whether this person is one of those proposed, while it can be answered; nobody else has a hat here."""
        if not isinstance(person, Person) or not self.is_open(at):
            return frozenset()
        is_in_it = ProposedPerson.objects.filter(proposal=self, person=person).exists()
        return frozenset({Hat.PROPOSED}) if is_in_it else frozenset()


class ProposedPerson(models.Model):
    """Somebody who could be in a circle. When it goes on without them, or not at all, the row is erased (V8)."""

    proposal = models.ForeignKey(CircleProposal, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    is_facilitator = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["proposal", "person"], name="proposed_once_per_circle"),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=models.Q(is_facilitator=True),
                name="proposal_has_one_facilitator",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in {self.proposal_id}"


class ProposalAnswer(models.Model):
    """One private answer; all are erased the moment the proposal is settled, and nobody else ever reads one (V7, V8)."""

    ROW_LOCK: ClassVar = RowLock(read=OWN_ANSWER, add=OWN_ANSWER, change=OWN_ANSWER, erase=NOBODY)
    proposal = models.ForeignKey(CircleProposal, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    feels_right = models.BooleanField()
    has_double_hat = models.BooleanField(default=False)
    """Whether who would guide it also assesses somebody in it; the others read it before they sign (R8)."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=["proposal", "person"], name="proposal_answer_once"),)

    def __str__(self) -> str:
        return f"answer in {self.proposal_id}"
