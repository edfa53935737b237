"""What both keep of a talk."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.words import WordsField
from klimtouw.foundation.text import shortened
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
    roles = models.CharField(max_length=400, default="")
    """The keys of the coach roles its writer chose, with a space between them: in one talk one can wear several (T5)."""

    @property
    def role_keys(self) -> list[str]:
        """The keys of the chosen roles, in the order of the roles."""
        return self.roles.split()


class Impression(AboutTalk):
    """How a talk was for one of the two, in own words: each shares it or not (T3)."""

    KIND = "impression"
    KIND_WORD = _("impression of a talk")
    ONE_PER = ("talk_id",)
