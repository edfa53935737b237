"""Compass, dreams, goals, route and trail: everything a coachee climbs with."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.models import KindOfThing, Thing
from klimtouw.belongings.words import WordsField
from klimtouw.climb.choices import (
    CompassQuestion,
    Context,
    DreamState,
    EntryForm,
    GoalState,
    StageMark,
    StageState,
)
from klimtouw.foundation.text import shortened


class CompassAnswer(KindOfThing):
    """An answer to one of the four questions of the compass (C1)."""

    KIND = "compass_answer"
    KIND_WORD = _("compass answer")
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


class Entry(KindOfThing):
    """A message in the trail, at any time; free text first, a form if wanted (C8)."""

    KIND = "entry"
    KIND_WORD = _("entry")
    text = WordsField()
    form = models.CharField(max_length=16, choices=EntryForm, default=EntryForm.FREE)
    answers = WordsField()
    goal = models.ForeignKey(Goal, null=True, on_delete=models.SET_NULL, related_name="+")

    @property
    def title(self) -> str:
        """A few words to recognise it by: of the free text, else of the first answer."""
        return shortened(self.text or next(iter(self.given.values()), ""))

    @property
    def given(self) -> dict[str, str]:
        """What was filled in on the form of this entry, by the name of the small field."""
        given: dict[str, str] = json.loads(self.answers) if self.answers else {}
        return given

    @classmethod
    def in_print(cls, words: Mapping[str, str]) -> list[str]:
        """Return the free text and the answers; the form keeps those as one text."""
        given = json.loads(words["answers"] or "{}").values()
        return [text for text in (words["text"], *given) if text]

    @classmethod
    def fitting(cls, words: Mapping[str, str]) -> dict[str, Any]:
        """The answers belong to one form: without it they would not be printed."""
        given = set(json.loads(words["answers"] or "{}"))
        form = next((form for form in EntryForm if given and given <= set(form.questions)), EntryForm.FREE)
        return {"form": form}

    @property
    def questions_and_answers(self) -> list[tuple[Promise, str]]:
        """What was filled in, each after its question."""
        questions = EntryForm(self.form).questions
        return [(questions[name], answer) for name, answer in self.given.items() if name in questions]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("climb:entry", args=[self.pk])
