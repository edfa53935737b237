"""What a coach lays beside something of a coachee: replies and suggestions. They belong to the coach who wrote them.

They outlive what they are about: when a coachee erases that, the coach keeps the own words, beside nothing.
"""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.models import KindOfThing, Thing
from klimtouw.belongings.words import WordsField
from klimtouw.foundation.text import shortened
from klimtouw.programmes.models import CoachRole
from klimtouw.replies.choices import Outcome, ReplyKind


class Reply(KindOfThing):
    """A question, support, a vote of confidence or "I have read this", in a chosen role (C10)."""

    KIND = "reply"
    KIND_WORD = _("reply")
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
