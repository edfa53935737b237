"""The routes to a goal, and what a route is made of: stages, with steps inside (C6)."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.models import KindOfThing
from klimtouw.belongings.words import WordsField
from klimtouw.climb.choices import StageMark, StageState, Weather
from klimtouw.climb.models.goals import Goal
from klimtouw.foundation.text import shortened

MOST_ROUTES, MOST_STAGES, MOST_STEPS_IN_STAGE, MOST_STEPS = 12, 200, 50, 500
"""How many routes lead to a goal, and what a route can hold, put away parts counted along: more than anybody climbs."""


class Route(KindOfThing):
    """A way to a goal: one is chosen, others stay beside it as possibilities, with what speaks for and against each (C6).

    Its stages and steps are its parts and are shared with it.
    """

    KIND = "route"
    KIND_WORD = _("route")
    INTO_CIRCLES = True
    MOST_IN = (("goal", MOST_ROUTES),)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="routes")
    is_chosen = models.BooleanField(default=True)
    name = WordsField()
    pros = WordsField()
    cons = WordsField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["goal"], condition=Q(is_chosen=True), name="one_chosen_route_per_goal"
            ),
        )

    @property
    def stands_in(self) -> list[UUID]:
        """A route is put away and taken back with its goal."""
        return [self.goal_id]

    @property
    def title(self) -> str:
        """A route is recognised by its name, else by its goal, which is loaded with it."""
        return self.name or self.goal.title

    def fit_in(self) -> None:
        """Stay a possibility where another route to the goal is chosen already."""
        chosen = Route.objects.filter(goal=self.goal_id, is_chosen=True)
        self.is_chosen = self.is_chosen and not chosen.exists()

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("climb:route", args=[self.pk])


class Stage(KindOfThing):
    """A piece of the route small enough to start; part of a route."""

    KIND = "stage"
    KIND_WORD = _("stage")
    INTO_CIRCLES = True
    MOST_IN = (("whole", MOST_STAGES),)
    position = models.PositiveIntegerField()
    text = WordsField()
    if_then = WordsField()
    state = models.CharField(max_length=8, choices=StageState, default=StageState.AHEAD)
    is_detour = models.BooleanField(default=False)
    mark = models.CharField(max_length=16, choices=StageMark, blank=True, default=StageMark.NONE)
    weather = models.CharField(max_length=8, choices=Weather, blank=True, default=Weather.NONE)

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
    INTO_CIRCLES = True
    MOST_IN = (("stage", MOST_STEPS_IN_STAGE), ("whole", MOST_STEPS))
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    text = WordsField()
    is_done = models.BooleanField(default=False)
    is_parked = models.BooleanField(default=False)

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


class RoutePicture(KindOfThing):
    """How a route stood until the day on which its order changed: for its owner alone, and no part of the route (C6)."""

    KIND = "route_picture"
    KIND_WORD = _("how my route was")
    MAY_BE_SHARED = False
    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    text = WordsField()

    @property
    def stands_in(self) -> list[UUID]:
        """What a route was goes where the route goes."""
        return [self.route_id]

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.text)

    def get_absolute_url(self) -> str:
        """Return the address of the page of how the route was."""
        return f"{reverse('climb:route_before', args=[self.route_id])}#picture-{self.pk}"
