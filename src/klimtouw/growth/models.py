"""What somebody writes for their own growth as a coach, and what a coachee says that helped."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.belongings.models import KindOfThing
from klimtouw.belongings.words import WordsField
from klimtouw.foundation.text import shortened
from klimtouw.programmes.roles import ROLES
from klimtouw.relations.models import Relation
from klimtouw.talks.models import AboutTalk


class Jotting(KindOfThing):
    """A short note of a coach about their own acting in one relation; its coachee sees that it exists, never its words (T9).

    A key of its own seals it. That key is destroyed at the end of the contract, so that no backup holds it any longer either.
    Earlier wordings would lie sealed with another key: so it is never reworded, only wiped.
    """

    KIND = "jotting"
    KIND_WORD = _("note about my own acting")
    MAY_BE_SHARED = False
    COMES_BACK = False
    ENDS_WITH_RELATION = True
    SAID_TO_EXIST: ClassVar[Promise | str] = _(
        "%(name)s keeps a short note about their own acting as a coach. Nobody else can read it. It is wiped at the end."
    )
    """What the coachee reads of it."""
    relation = models.ForeignKey(Relation, on_delete=models.CASCADE, related_name="+")
    text = WordsField()

    @property
    def words_belong_to(self) -> UUID:
        """It has a key of its own; not by `pk`, which it has only once its thing is written."""
        return self.id

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.text)

    def get_absolute_url(self) -> str:
        """Return the address where its writer reads it."""
        return reverse("growth:jotting", args=[self.relation_id])

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """Its writer, as long as the coach's place in the relation is there; asks one query."""
        seats = self.relation.acquaintance_bond.seats.filter(person=self.owner_id)
        is_open = seats.exclude(closes_at__lte=at).exists()
        return super().hats_of(person, at) if is_open else frozenset()


class WhatHelped(AboutTalk):
    """Which coach roles helped a coachee in one talk; the coach reads it only once the coachee shares it (T6).

    The roles are sealed as words are, so no query can count them over people (V5, V27).
    """

    KIND = "what_helped"
    KIND_WORD = _("what helped in a talk")
    ONE_PER = ("talk_id",)
    roles = WordsField()
    """The keys of the roles, with a space between them."""

    @property
    def role_keys(self) -> list[str]:
        """The keys of the roles that helped."""
        return self.roles.split()

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.text or ", ".join(_names(self.roles)))

    @classmethod
    def in_print(cls, words: Mapping[str, str]) -> list[str]:
        """Return the roles by their names, and the own words."""
        texts = [", ".join(_names(words.get("roles", ""))), words.get("text", "")]
        return [text for text in texts if text]


def _names(keys: str) -> list[str]:
    names = {role.key: role.name_en if get_language() == "en" else role.name_nl for role in ROLES}
    return [names.get(key, key) for key in keys.split()]


class PracticeNote(KindOfThing):
    """What somebody takes from a practice talk, for themself alone; the way they went is kept nowhere (T8)."""

    KIND = "practice_note"
    KIND_WORD = _("note after a practice talk")
    ONE_PER = ("practice",)
    MAY_BE_SHARED = False
    practice = models.SlugField(max_length=80)
    text = WordsField()

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.text)

    def get_absolute_url(self) -> str:
        """Return the address where its writer reads it."""
        return reverse("growth:practice_note", args=[self.practice])
