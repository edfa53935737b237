"""The image check: which picture of the coachee a coach already has in mind before the first talk (R9)."""

from datetime import datetime
from uuid import UUID

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.belongings.models import KindOfThing
from klimtouw.belongings.words import WordsField
from klimtouw.foundation.text import shortened
from klimtouw.relations.models.relations import Relation


class ImageCheck(KindOfThing):
    """A coach's own picture, for the coach alone and never to be shared; it ends with the relation (R9, V13, V24).

    A key of its own seals it. That key is destroyed at the end, so that no backup holds it any longer either. Earlier
    wordings would lie sealed with another key: so it is never reworded, only wiped and written anew.
    """

    KIND = "image_check"
    KIND_WORD = _("picture beforehand")
    ONE_PER = ("relation_id",)
    MAY_BE_SHARED = False
    COMES_BACK = False
    ENDS_WITH_RELATION = True
    relation = models.ForeignKey(Relation, on_delete=models.CASCADE, related_name="+")
    text = WordsField()

    @property
    def words_belong_to(self) -> UUID:
        """It has a key of its own."""
        return self.id

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.text)

    def get_absolute_url(self) -> str:
        """Return the address where its writer reads it."""
        return reverse("relations:image", args=[self.relation_id])

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """Its writer, as long as the coach's place in the relation is there."""
        seats = self.relation.acquaintance_bond.seats.filter(person=self.owner_id)
        return super().hats_of(person, at) if seats.exclude(closes_at__lte=at).exists() else frozenset()
