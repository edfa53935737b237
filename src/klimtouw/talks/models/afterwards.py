"""What both keep of a talk."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.words import WordsField
from klimtouw.foundation.text import shortened
from klimtouw.programmes.models import CoachRole
from klimtouw.talks.models.about import AboutTalk


class Takeaway(AboutTalk):
    """What the coachee takes from the talk, and the next step, in own words (T3)."""

    KIND = "takeaway"
    KIND_WORD = _("takeaway")
    ONE_PER = ("talk_id",)
    next_step = WordsField()

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.text or self.next_step)


class CoachSentence(AboutTalk):
    """One sentence of the coach after the talk (T3)."""

    KIND = "coach_sentence"
    KIND_WORD = _("sentence after a talk")
    ONE_PER = ("talk_id",)
    role = models.ForeignKey(CoachRole, null=True, on_delete=models.SET_NULL, related_name="+")
