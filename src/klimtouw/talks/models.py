"""Talks, the preparation card and what both keep of a talk."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.belongings.models import KindOfThing
from klimtouw.belongings.words import WordsField
from klimtouw.foundation.ids import new_id
from klimtouw.foundation.text import shortened
from klimtouw.people.models import Person
from klimtouw.programmes.models import CoachRole
from klimtouw.relations.models import Relation
from klimtouw.talks.choices import LineKind, TalkState


class Talk(models.Model):
    """A talk of a relation: up to three proposed moments, then one (T1)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    relation = models.ForeignKey(Relation, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=16, choices=TalkState, default=TalkState.PROPOSED)
    proposed_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    proposed_at = models.DateTimeField()
    place = WordsField()
    minutes = models.PositiveSmallIntegerField(default=30)
    starts_at = models.DateTimeField(null=True)
    revision = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(state__in=["planned", "held"]) | Q(starts_at__isnull=False), name="planned_talk_has_a_moment"
            ),
        )
        indexes = (models.Index(fields=["relation", "starts_at"], name="talk_of_relation"),)

    def __str__(self) -> str:
        return f"talk {self.pk}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("talks:talk", args=[self.pk])

    @property
    def state_now(self) -> str:
        """The state of the relation, which the policy asks for."""
        return self.relation.state_now

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """The hats of its relation."""
        return self.relation.hats_of(person, at)


class Moment(models.Model):
    """One of at most three proposed moments."""

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="moments")
    starts_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["talk", "starts_at"], name="moment_once_per_talk"),)

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class AboutTalk(KindOfThing):
    """A thing written about one talk."""

    talk = models.ForeignKey(Talk, null=True, on_delete=models.SET_NULL, related_name="+")
    text = WordsField()

    class Meta:
        abstract = True

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.text)

    def get_absolute_url(self) -> str:
        """Return the address of the talk, or of the talks when it is gone."""
        return reverse("talks:talk", args=[self.talk_id]) if self.talk_id else reverse("home")


class PreparationLine(AboutTalk):
    """A line on the preparation card, by either (T2)."""

    KIND = "preparation_line"
    KIND_WORD = _("line on the preparation card")
    line_kind = models.CharField(max_length=16, choices=LineKind)


class Takeaway(AboutTalk):
    """What the coachee takes from the talk, and the next step, in own words (T3)."""

    KIND = "takeaway"
    KIND_WORD = _("takeaway")
    next_step = WordsField()


class CoachSentence(AboutTalk):
    """One sentence of the coach after the talk (T3)."""

    KIND = "coach_sentence"
    KIND_WORD = _("sentence after a talk")
    role = models.ForeignKey(CoachRole, null=True, on_delete=models.SET_NULL, related_name="+")
