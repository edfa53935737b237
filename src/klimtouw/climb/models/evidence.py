"""Evidence: a photo, a file or a link that always hangs on something of the coachee (C8)."""

from collections.abc import Mapping
from urllib.parse import urlsplit
from uuid import UUID

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.models import KindOfThing, Thing
from klimtouw.belongings.words import MarginField, WordsField
from klimtouw.climb.choices.evidence import EvidenceSort
from klimtouw.foundation.text import shortened


class Evidence(KindOfThing):
    """A photo, a file or a link; part of what it hangs on, so it is read by exactly who reads that (C9).

    `whole` is what is shared (an entry, a goal, the route of a step); `on` is the very thing it hangs on.
    """

    KIND = "evidence"
    KIND_WORD = _("evidence")
    INTO_CIRCLES = True
    hangs_on: Thing
    """What it hangs on, with the words of its kind; filled in by the query that finds it."""
    on_title = ""
    """On the page of a route: which step it hangs on."""
    on = models.ForeignKey(Thing, on_delete=models.CASCADE, related_name="+")
    sort = models.CharField(max_length=8, choices=EvidenceSort)
    content_type = models.CharField(max_length=100, blank=True, default="")
    bytes = models.PositiveIntegerField(default=0)
    caption = WordsField()
    file_name = WordsField()
    url = WordsField()
    digest = MarginField()

    @property
    def stands_in(self) -> list[UUID]:
        """It is read with what it hangs on."""
        return [self.on_id, *super().stands_in]

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.caption or self.file_name or self.host)

    @property
    def host(self) -> str:
        """Where a link leads to."""
        return (urlsplit(self.url).hostname or "") if self.url else ""

    @classmethod
    def in_print(cls, words: Mapping[str, str]) -> list[str]:
        """Return what is read of it."""
        return [text for text in (words["caption"], words["url"], words["file_name"]) if text]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("climb:evidence", args=[self.pk])
