"""The compass of a coachee: what they know about themself (C1)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.models import KindOfThing
from klimtouw.belongings.words import WordsField
from klimtouw.climb.choices import CompassQuestion
from klimtouw.foundation.text import shortened


class CompassAnswer(KindOfThing):
    """An answer to one of the four questions of the compass (C1)."""

    KIND = "compass_answer"
    KIND_WORD = _("compass answer")
    INTO_CIRCLES = True
    ONE_PER = ("question",)
    question = models.CharField(max_length=16, choices=CompassQuestion)
    text = WordsField()

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.text)

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("climb:compass_answer", args=[self.pk])
