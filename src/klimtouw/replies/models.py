"""What a coach lays beside something of a coachee: replies and suggestions. They belong to the coach who wrote them.

They outlive what they are about: when a coachee erases that, the coach keeps the own words, beside nothing.
"""

from datetime import date, datetime, timedelta
from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.belongings.models import KindOfThing, Thing
from klimtouw.belongings.words import WordsField
from klimtouw.foundation.ids import new_id
from klimtouw.foundation.text import shortened
from klimtouw.people.models import Person
from klimtouw.programmes.models import CoachRole
from klimtouw.relations.models import Relation
from klimtouw.replies.choices import READ_ON, Outcome, ReplyKind, RequestState


class Reply(KindOfThing):
    """A question, support, a vote of confidence or "I have read this", in a chosen role (C10)."""

    KIND = "reply"
    KIND_WORD = _("reply")
    STAYS_WHERE_WRITTEN = True
    about = models.ForeignKey(Thing, null=True, on_delete=models.SET_NULL, related_name="replies")
    reply_kind = models.CharField(max_length=16, choices=ReplyKind)
    role = models.ForeignKey(CoachRole, null=True, on_delete=models.SET_NULL, related_name="+")
    text = WordsField()

    @property
    def title(self) -> str:
        """A few words to recognise it by; who only read it wrote none."""
        return shortened(self.text) or str(ReplyKind(self.reply_kind).label)

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("replies:given", args=[self.pk])


class Suggestion(KindOfThing):
    """Another way, put beside a goal or route; taken over in own words, parked or left (C11, V3)."""

    KIND = "suggestion"
    KIND_WORD = _("suggestion")
    STAYS_WHERE_WRITTEN = True
    about = models.ForeignKey(Thing, null=True, on_delete=models.SET_NULL, related_name="suggestions")
    role = models.ForeignKey(CoachRole, null=True, on_delete=models.SET_NULL, related_name="+")
    text = WordsField()
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.OPEN)

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.text)

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("replies:given", args=[self.pk])


class ReplyRequest(models.Model):
    """A coachee asks the coach of one relation to answer beside one thing (C10). It is the coachee's, and holds no words.

    It stands open only while the share it came with holds (`queries_asking`). How long an answer took is not kept.
    """

    A_WEEK: ClassVar = timedelta(days=7)
    """It is asked again, and the coach has another letter, at most once in so long (V17)."""
    ROWS_OF_THING: ClassVar = "thing_id"
    """On PostgreSQL its rows are behind the second lock, with the thing they hang on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    thing = models.ForeignKey(Thing, on_delete=models.CASCADE, related_name="reply_requests")
    relation = models.ForeignKey(Relation, on_delete=models.CASCADE, related_name="reply_requests")
    state = models.CharField(max_length=16, choices=RequestState, default=RequestState.OPEN)
    asked_at = models.DateTimeField()
    by_day = models.DateField(null=True)
    promised_on = models.DateField(null=True)
    """By which day the coach said to answer; said by the coach alone (V2)."""
    told_at = models.DateTimeField(null=True)
    """When the coach last had a letter about it: not more than one a week."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["thing", "relation"], name="request_once_per_thing_and_coach"),
        )

    def __str__(self) -> str:
        return f"request {self.pk}"

    def get_absolute_url(self) -> str:
        """Return the address of the page of what it is about."""
        return reverse(READ_ON[self.thing.kind], args=[self.thing_id])

    @property
    def state_now(self) -> str:
        """A request has no state of a relation: it is not seen unless its relation runs."""
        return ""

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """It belongs to whoever asks; the coach reads it and does nothing to it (V1)."""
        is_own = isinstance(person, Person) and person.pk == self.thing.owner_id
        return frozenset({Hat.OWNER}) if is_own else frozenset()

    def day_to_come(self, at: datetime) -> date | None:
        """Return the day that was named while it lies ahead; a day that went by is not spoken of (V17)."""
        return self.by_day if self.by_day and self.by_day >= localdate(at) else None

    def promised_to_come(self, at: datetime) -> date | None:
        """Return the day the coach named while it lies ahead; one that went by is not spoken of (V17)."""
        return self.promised_on if self.promised_on and self.promised_on >= localdate(at) else None

    def may_be_asked_again(self, at: datetime) -> bool:
        """Return whether a week has gone by, and the days that were named as well."""
        named = self.day_to_come(at) or self.promised_to_come(at)
        return at - self.asked_at >= self.A_WEEK and named is None
