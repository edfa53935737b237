"""Vocabulary of the axenroos (G4)."""

from enum import StrEnum

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Animal(StrEnum):
    """The ten animals, clockwise round our rose: what gives on the right, what receives on the left."""

    PEACOCK = "pauw"
    LION = "leeuw"
    BEAVER = "bever"
    HAWK = "havik"
    OWL = "uil"
    RACCOON = "wasbeer"
    CAMEL = "kameel"
    CAT = "poes"
    IBEX = "steenbok"
    TORTOISE = "schildpad"


class Which(TextChoices):
    """The two animals a member may choose, both for themself."""

    RECOGNISE = "herken", _("the animal I recognise in what I have brought so far")
    SHOW_MORE = "meer", _("the animal whose qualities I want to show more")

    @property
    def question(self) -> str:
        """What is asked, in a few words."""
        asked = {
            Which.RECOGNISE: _("Which animal do I recognise in what I have brought so far?"),
            Which.SHOW_MORE: _("Whose qualities do I want to show more?"),
        }
        return str(asked[self])

    @property
    def in_list(self) -> str:
        """What stands before the name of an animal in a list."""
        said = {Which.RECOGNISE: _("I recognise"), Which.SHOW_MORE: _("I want to show more of")}
        return str(said[self])

    @property
    def said_of(self) -> str:
        """What stands behind a name in the list of the team."""
        said = {
            Which.RECOGNISE: _("recognises this so far"),
            Which.SHOW_MORE: _("wants to show more of this"),
        }
        return str(said[self])


class Round(IntegerChoices):
    """The first round, halfway; and later, if a circle likes, a second one beside it."""

    FIRST = 1, _("first round")
    SECOND = 2, _("second round")
