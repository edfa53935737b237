"""The animals somebody chose for themself in a circle, and the second round of a circle (G4)."""

from collections.abc import Mapping

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from klimtouw.axenroos.choices import Animal, Round, Which
from klimtouw.axenroos.texts.library import AnimalText, library
from klimtouw.belongings.models import KindOfThing
from klimtouw.belongings.words import WordsField
from klimtouw.circles.models import Circle


class AnimalPick(KindOfThing):
    """One animal a member chose for themself, with own words if they like. Private until its owner shares it (V12, V15).

    Which animal it is, is sealed as words are: so no query can count animals over people.
    """

    KIND = "animal_pick"
    KIND_WORD = _("animal I chose")
    INTO_CIRCLES = True
    LISTED_IN_CIRCLES = False
    ONE_PER = ("circle_id", "round", "which")
    SHARED_WHILE_TOGETHER = True
    circle = models.ForeignKey(Circle, null=True, on_delete=models.SET_NULL, related_name="+")
    round = models.PositiveSmallIntegerField(choices=Round, default=Round.FIRST)
    which = models.CharField(max_length=8, choices=Which)
    animal = WordsField()
    text = WordsField()

    @property
    def of_animal(self) -> AnimalText | None:
        """What we say about the animal; nothing when it is none of the ten (a package from elsewhere)."""
        return library().of[Animal(self.animal)] if self.animal in list(Animal) else None

    @property
    def question(self) -> str:
        """What it answers."""
        return Which(self.which).question

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return str(self.of_animal.name if self.of_animal else self.KIND_WORD)

    @classmethod
    def in_print(cls, words: Mapping[str, str]) -> list[str]:
        """Return the animal by its name, and the own words."""
        key = words.get("animal", "")
        name = str(library().of[Animal(key)].name) if key in list(Animal) else key
        return [text for text in (name, words.get("text", "")) if text]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("axenroos:pick", args=[self.pk])


class SecondRound(models.Model):
    """The facilitator of a circle opened a second round; nobody has to take part in it (V21)."""

    circle = models.OneToOneField(Circle, on_delete=models.CASCADE, related_name="+", primary_key=True)
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"second round of {self.circle_id}"
