"""What a goal is a way to: framework goals of a school, tied to it by its owner (C3, C4)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.models import KindOfThing
from klimtouw.belongings.words import WordsField
from klimtouw.climb.models.goals import Goal
from klimtouw.foundation.text import shortened


class FrameworkLink(KindOfThing):
    """Say “this goal is my way to …”: part of the goal, and read by who reads the goal.

    It knows the framework goal by its framework and identifier, so that it finds it in every version; and it keeps how that
    goal read when it was tied, so that it still says something where the framework is not.
    """

    KIND = "framework_link"
    KIND_WORD = _("link to a framework goal")
    INTO_CIRCLES = True
    ONE_PER = ("goal", "framework", "identifier")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="+")
    framework = models.UUIDField()
    identifier = models.CharField(max_length=255)
    stood_as = WordsField()
    text = WordsField()

    @property
    def title(self) -> str:
        """A few words to recognise it by: of the framework goal."""
        return shortened(self.stood_as)

    def get_absolute_url(self) -> str:
        """Return the address of its goal's page, at this link."""
        return f"{reverse('climb:goal', args=[self.whole_id])}#kader-{self.pk}"
