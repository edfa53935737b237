"""Dreams and goals, and the route to a goal (C2, C3, C6)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.models import KindOfThing, Thing
from klimtouw.belongings.words import WordsField
from klimtouw.climb.choices import Context, DreamState, GoalState
from klimtouw.foundation.text import shortened


class Dream(KindOfThing):
    """Something to long for, beyond the programme (C2)."""

    KIND = "dream"
    KIND_WORD = _("dream")
    text = WordsField()
    state = models.CharField(max_length=8, choices=DreamState, default=DreamState.ALIVE)

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.text)

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("climb:dream", args=[self.pk])


class Goal(KindOfThing):
    """A goal in I-form, with why it matters (C3)."""

    KIND = "goal"
    KIND_WORD = _("goal")
    dream = models.ForeignKey(Dream, null=True, on_delete=models.SET_NULL, related_name="+")
    text = WordsField()
    why = WordsField()
    context = models.CharField(max_length=16, choices=Context, blank=True, default=Context.NONE)
    state = models.CharField(max_length=8, choices=GoalState, default=GoalState.OPEN)

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.text)

    def goes_along(self) -> models.QuerySet[Thing]:
        """The route to a goal goes where the goal goes."""
        return Thing.objects.filter(pk__in=Route.objects.filter(goal=self.pk).values("pk"))

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("climb:goal", args=[self.pk])


class Route(KindOfThing):
    """The way to one goal; its stages and steps are its parts and are shared with it (C6)."""

    KIND = "route"
    KIND_WORD = _("route")
    goal = models.OneToOneField(Goal, on_delete=models.CASCADE, related_name="+")

    @property
    def title(self) -> str:
        """A route is recognised by its goal, which is loaded with it."""
        return self.goal.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("climb:route", args=[self.pk])
