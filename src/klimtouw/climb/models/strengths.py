"""Strengths and work points on the compass (C1)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.models import KindOfThing
from klimtouw.belongings.words import WordsField
from klimtouw.climb.choices.strengths import FoundIn, StrengthSort
from klimtouw.foundation.text import shortened


class Strength(KindOfThing):
    """A strength, or a work point that may become one (C1); its owner puts them in order."""

    KIND = "strength"
    KIND_WORD = _("strength or work point")
    INTO_CIRCLES = True
    sort = models.CharField(max_length=16, choices=StrengthSort, default=StrengthSort.STRENGTH)
    text = WordsField()
    found_in = models.CharField(max_length=16, choices=FoundIn, blank=True, default=FoundIn.NOWHERE)
    position = models.PositiveIntegerField(default=0)

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.text)

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("climb:strength", args=[self.pk])
