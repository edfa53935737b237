"""The free hours of one person."""

from collections.abc import Mapping

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klimtouw.belongings.models import KindOfThing
from klimtouw.belongings.words import WordsField
from klimtouw.talks.hours import Block, blocks_in


class FreeHours(KindOfThing):
    """When somebody is free in a usual week, until a day they chose; the other one sees it once it is shared (T1, V12)."""

    KIND = "free_hours"
    KIND_WORD = gettext_lazy("free hours")
    ONE_PER = ()
    SHARED_WHILE_TOGETHER = True
    hours = WordsField()
    ends_on = models.DateField()

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return _("My free hours")

    @property
    def blocks(self) -> list[Block]:
        """The hours of the week."""
        return blocks_in(self.hours)

    @classmethod
    def in_print(cls, words: Mapping[str, str]) -> list[str]:
        """Return an earlier wording as people say it."""
        return [", ".join(block.in_words for block in blocks_in(words.get("hours", "")))]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("talks:free_hours")
