"""The starting situation: where somebody stands at the foot of the mountain (C5)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.models import KindOfThing
from klimtouw.belongings.words import WordsField
from klimtouw.climb.choices.starting import VIEW_OF_COACH, StartingQuestion
from klimtouw.foundation.text import shortened


class StartingAnswer(KindOfThing):
    """What somebody can do, what draws them, and their circumstances (C5)."""

    KIND = "starting_answer"
    KIND_WORD = _("part of the starting situation")
    INTO_CIRCLES = True
    ONE_PER = ("question",)
    question = models.CharField(max_length=16, choices=StartingQuestion)
    text = WordsField()

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.text)

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("climb:starting_answer", args=[self.pk])


class ViewOfCoach(KindOfThing):
    """How a coachee sees the coach: for the writer alone, and never to be shared (C5)."""

    KIND = "view_of_coach"
    KIND_WORD = _("how I see my coach")
    ONE_PER = ()
    MAY_BE_SHARED = False
    text = WordsField()

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.text)

    def get_absolute_url(self) -> str:
        """Return the address of its place on the page of the starting situation."""
        return f"{reverse('climb:starting')}#{VIEW_OF_COACH}"
