"""A relation: two people, two bonds and a state."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.belongings.models import Bond
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person
from klimtouw.programmes.models import Programme
from klimtouw.relations.choices import Click, Origin, Side, State

OF_THE_TWO = (
    "EXISTS (SELECT 1 FROM relations_relation r "
    "WHERE r.id = relation_id AND klimtouw_person() IN (r.coachee_id, r.coach_id))"
)
"""Asked by the second lock of a row with joint words: whether who asks is one of the two of its relation."""


class Relation(models.Model):
    """A coach and a coachee. The acquaintance bond is open from the start; the work bond opens by the contract (R6)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    coachee = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    coach = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    origin = models.CharField(max_length=16, choices=Origin)
    state = models.CharField(max_length=16, choices=State, default=State.ACQUAINTING)
    programme = models.ForeignKey(Programme, null=True, on_delete=models.SET_NULL, related_name="+")
    acquaintance_bond = models.OneToOneField(Bond, on_delete=models.PROTECT, related_name="+")
    work_bond = models.OneToOneField(Bond, on_delete=models.PROTECT, related_name="+")
    has_double_hat = models.BooleanField(null=True)
    is_peer = models.BooleanField(default=False)
    """Whether a student coaches a fellow student: then nothing goes without an attestation and a coach behind (V22)."""
    responsible = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    """The coach who stands behind the peer coach: reachable for both, and reads nothing (G1)."""
    backed_until = models.DateTimeField(null=True)
    """Until when the peer coach may coach here; from that moment the relation rests by itself."""
    started_at = models.DateTimeField()
    resumed_at = models.DateTimeField(null=True)
    """When the last pause ended: a pause is no silence between the two (R11)."""
    ended_at = models.DateTimeField(null=True)
    kept_months = models.PositiveSmallIntegerField(null=True)
    """For how many months it stays, as its institution said when it ended; a rule that changes later changes nothing here."""
    goes_on = models.DateField(null=True)
    """The day on which it is erased, once both were told that day (P5)."""
    coachee_put_away = models.BooleanField(default=False)
    coach_put_away = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(coach=F("coachee")), name="relation_is_between_two_people"),
            models.UniqueConstraint(
                fields=["coachee", "coach"],
                condition=Q(state__in=["acquainting", "clicking", "contracting", "running", "paused"]),
                name="relation_once_per_pair_at_a_time",
            ),
        )
        indexes = (
            models.Index(fields=["coachee", "state"], name="relation_of_coachee"),
            models.Index(fields=["coach", "state"], name="relation_of_coach"),
        )

    def __str__(self) -> str:
        return f"relation {self.pk}"

    def get_absolute_url(self) -> str:
        """Return the address of the relation's page."""
        return reverse("relations:relation", args=[self.pk])

    @property
    def state_now(self) -> str:
        """The state the policy asks for."""
        return self.state

    def rests(self, at: datetime) -> bool:
        """Return whether the coaching rests because the attestation or the coach behind it is missing (V22)."""
        return self.is_peer and (self.backed_until is None or self.backed_until <= at)

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """Coachee or coach; nobody else has a hat in a relation."""
        if not isinstance(person, Person):
            return frozenset()
        sides = {self.coachee_id: Hat.COACHEE, self.coach_id: Hat.COACH}
        return frozenset({sides[person.pk]}) if person.pk in sides else frozenset()

    def side_of(self, person: Person) -> Side:
        """Return at which end of the rope this person stands."""
        return Side.COACH if person.pk == self.coach_id else Side.COACHEE

    def other(self, person: Person) -> Person:
        """Return the person at the other end of the rope."""
        return self.coachee if person.pk == self.coach_id else self.coach


class ClickAnswer(models.Model):
    """One person's private answer; erased as soon as the click is decided (R4, V8)."""

    relation = models.ForeignKey(Relation, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=4, choices=Click)
    think_until = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["relation", "person"], name="click_answer_once"),
            models.CheckConstraint(
                condition=Q(think_until__isnull=True) | Q(answer="time"),
                name="click_date_goes_with_time_to_think",
            ),
        )

    def __str__(self) -> str:
        return f"answer in {self.relation_id}"
