"""What a route is made of: stages, with steps inside (C6)."""

from uuid import UUID

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.models import KindOfThing
from klimtouw.belongings.words import WordsField
from klimtouw.climb.choices import StageMark, StageState
from klimtouw.foundation.text import shortened


class Stage(KindOfThing):
    """A piece of the route small enough to start; part of a route."""

    KIND = "stage"
    KIND_WORD = _("stage")
    position = models.PositiveIntegerField()
    text = WordsField()
    if_then = WordsField()
    state = models.CharField(max_length=8, choices=StageState, default=StageState.AHEAD)
    is_detour = models.BooleanField(default=False)
    mark = models.CharField(max_length=16, choices=StageMark, blank=True, default=StageMark.NONE)

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.text)

    def get_absolute_url(self) -> str:
        """Return the address of its route's page, at this stage."""
        return f"{reverse('climb:route', args=[self.whole_id])}#stage-{self.pk}"


class Step(KindOfThing):
    """A first small act inside a stage; part of a route."""

    KIND = "step"
    KIND_WORD = _("step")
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    text = WordsField()
    is_done = models.BooleanField(default=False)

    @property
    def stands_in(self) -> list[UUID]:
        """A step is read inside its stage, on its route."""
        return [self.stage_id, *super().stands_in]

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.text)

    def get_absolute_url(self) -> str:
        """Return the address of its route's page, at its stage."""
        return f"{reverse('climb:route', args=[self.whole_id])}#stage-{self.stage_id}"
