"""What two people write to get acquainted: each thing belongs to its writer, everything is optional (R3, V10)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.models import KindOfThing
from klimtouw.belongings.words import WordsField
from klimtouw.foundation.text import shortened
from klimtouw.relations.choices import Question
from klimtouw.relations.models.relations import Relation


class WorkCard(KindOfThing):
    """How somebody works ("zo werk ik"): one card of a person, to be shared per relation; a person card, not a CV."""

    KIND = "work_card"
    KIND_WORD = _('card "how I work"')
    ONE_PER = ()
    how_i_work = WordsField()
    reach_me = WordsField()
    good_to_know = WordsField()

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.how_i_work or self.good_to_know or self.reach_me)

    def get_absolute_url(self) -> str:
        """Return the address where its owner writes it."""
        return reverse("relations:work_card")


class InRelation(KindOfThing):
    """A thing written in the acquaintance space of one relation; it outlives the relation for its writer."""

    relation = models.ForeignKey(Relation, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """Return the address of the acquaintance space it was written in."""
        if self.relation_id is None:
            return reverse("relations:overview")
        return reverse("relations:acquaintance", args=[self.relation_id])


class CommonGround(InRelation):
    """Something the two may have in common."""

    KIND = "common_ground"
    KIND_WORD = _("common ground")
    text = WordsField()

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.text)


class Expectation(InRelation):
    """The coachee's answer to one of the four questions."""

    KIND = "expectation"
    KIND_WORD = _("expectation")
    ONE_PER = ("relation_id", "question")
    question = models.CharField(max_length=8, choices=Question)
    text = WordsField()

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.text)


class NeedsWishesLimits(InRelation):
    """What one of the two needs, wishes and does not want."""

    KIND = "needs_wishes_limits"
    KIND_WORD = _("needs, wishes and limits")
    ONE_PER = ("relation_id",)
    needs = WordsField()
    wishes = WordsField()
    limits = WordsField()

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.needs or self.wishes or self.limits)
