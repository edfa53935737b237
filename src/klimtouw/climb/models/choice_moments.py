"""Choice moments: a question, options with what speaks for and against them, a decision, and a look-back (C12)."""

from uuid import UUID

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.models import KindOfThing
from klimtouw.belongings.words import WordsField
from klimtouw.climb.models.goals import Goal
from klimtouw.foundation.text import shortened


class ChoiceMoment(KindOfThing):
    """A question somebody stands before; its options are its parts and are shared with it (C12)."""

    KIND = "choice_moment"
    KIND_WORD = _("choice moment")
    INTO_CIRCLES = True
    goal = models.ForeignKey(Goal, null=True, on_delete=models.SET_NULL, related_name="+")
    question = WordsField()
    asked = WordsField()
    decision = WordsField()
    look_back = WordsField()
    decided_on = models.DateField(null=True)

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.question)

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("climb:choice", args=[self.pk])


class Option(KindOfThing):
    """One way somebody could go; part of a choice moment."""

    KIND = "option"
    KIND_WORD = _("option")
    INTO_CIRCLES = True
    position = models.PositiveIntegerField(default=0)
    text = WordsField()
    pros = WordsField()
    cons = WordsField()
    is_own = models.BooleanField(default=False)
    is_chosen = models.BooleanField(default=False)

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.text)

    @property
    def choice_id(self) -> UUID | None:
        """The choice moment it is part of."""
        return self.whole_id

    def get_absolute_url(self) -> str:
        """Return the address of the page of its choice moment, at this option."""
        return f"{reverse('climb:choice', args=[self.whole_id])}#option-{self.pk}"
