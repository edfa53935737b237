"""Dreams and goals (C2, C3)."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.models import KindOfThing, Thing
from klimtouw.belongings.words import MarginField, WordsField
from klimtouw.climb.choices import Context, DreamState, GoalState
from klimtouw.climb.choices.goals import SHARPENING
from klimtouw.climb.sharpening import GoalContext, answers_in, contexts_in
from klimtouw.foundation.text import shortened


class Dream(KindOfThing):
    """Something to long for, beyond the programme (C2)."""

    KIND = "dream"
    KIND_WORD = _("dream")
    INTO_CIRCLES = True
    text = WordsField()
    state = models.CharField(max_length=8, choices=DreamState, default=DreamState.ALIVE)
    moves = MarginField()

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
    INTO_CIRCLES = True
    dream = models.ForeignKey(Dream, null=True, on_delete=models.SET_NULL, related_name="+")
    text = WordsField()
    why = WordsField()
    context = models.CharField(max_length=16, choices=Context, blank=True, default=Context.NONE)
    contexts = WordsField()
    answers = WordsField()
    state = models.CharField(max_length=8, choices=GoalState, default=GoalState.OPEN)
    moves = MarginField()

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.text)

    @property
    def places(self) -> list[GoalContext]:
        """Where its owner works on it; `context` alone says it of a goal from before there could be several."""
        if self.contexts:
            return contexts_in(self.contexts)
        return [GoalContext(Context(self.context))] if self.context else []

    @property
    def questions_and_answers(self) -> list[tuple[Promise, str]]:
        """What the small questions brought up, each after its question."""
        return [(SHARPENING[name], answer) for name, answer in answers_in(self.answers).items()]

    @classmethod
    def in_print(cls, words: Mapping[str, str]) -> list[str]:
        """Return the sentence, why it matters, the places by name, and the answers."""
        places = [one.in_words for one in contexts_in(words["contexts"])]
        texts = (words["text"], words["why"], *places, *answers_in(words["answers"]).values())
        return [text for text in texts if text]

    @classmethod
    def fitting(cls, words: Mapping[str, str]) -> dict[str, Any]:
        """The sort of the first place stands beside the words."""
        places = contexts_in(words["contexts"])
        return {"context": places[0].sort} if places else {}

    def goes_along(self) -> models.QuerySet[Thing]:
        """The routes to a goal go where the goal goes; one that was put away earlier stays away."""
        along = self.routes.filter(Q(removed_at=None) | Q(removed_at=F("goal__removed_at")))
        return Thing.objects.filter(pk__in=along.values("pk"))

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("climb:goal", args=[self.pk])
