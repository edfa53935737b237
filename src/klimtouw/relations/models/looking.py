"""What one of the two writes halfway and at the end: a thing of its writer, for themself or also for the other (R13, R14)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.models import KindOfThing
from klimtouw.belongings.words import WordsField
from klimtouw.foundation.text import shortened
from klimtouw.relations.choices import ClosingQuestion, SupportArea
from klimtouw.relations.models.acquaintance import InRelation
from klimtouw.relations.models.relations import Relation


class SupportLook(InRelation):
    """What somebody gets, gives and would like, in one area of support (R14)."""

    KIND = "support_look"
    KIND_WORD = _("look at support")
    ONE_PER = ("relation_id", "area")
    area = models.CharField(max_length=16, choices=SupportArea)
    gets = WordsField()
    gives = WordsField()
    more = WordsField()

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.gets or self.gives or self.more)

    def get_absolute_url(self) -> str:
        """Return the address of the page it stands on."""
        return _page_or_overview("relations:midway", self.relation_id)


class ClosingLook(InRelation):
    """An answer to one question at the end (R13)."""

    KIND = "closing_look"
    KIND_WORD = _("look back")
    ONE_PER = ("relation_id", "question")
    question = models.CharField(max_length=16, choices=ClosingQuestion)
    text = WordsField()

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.text)

    def get_absolute_url(self) -> str:
        """Return the address of the page it stands on."""
        return _page_or_overview("relations:closing", self.relation_id)


class HandoverLetter(KindOfThing):
    """A letter of a coachee to a next coach. Only its writer lets it be read, in a later relation (R13, V13)."""

    KIND = "handover_letter"
    KIND_WORD = _("letter to a next coach")
    ONE_PER = ("relation_id",)
    relation = models.ForeignKey(Relation, null=True, on_delete=models.SET_NULL, related_name="+")
    text = WordsField()

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.text)

    def get_absolute_url(self) -> str:
        """Return the address where its writer keeps it."""
        return reverse("relations:letter", args=[self.pk])


def _page_or_overview(name: str, relation_id: object) -> str:
    return reverse(name, args=[relation_id]) if relation_id else reverse("relations:overview")
