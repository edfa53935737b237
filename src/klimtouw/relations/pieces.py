"""The pieces of the acquaintance space, as data: how each is called, what it asks, which thing keeps it (R3)."""

from enum import Enum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klimtouw.relations.choices import Question
from klimtouw.relations.models import CommonGround, Expectation, NeedsWishesLimits, WorkCard

LABELS: dict[str, Promise] = {
    "how_i_work": _("How do you like to work?"),
    "reach_me": _("How and when can people reach you best?"),
    "good_to_know": _("What is good to know about you?"),
    "needs": _("What do you need to feel at ease here?"),
    "wishes": _("What would you like?"),
    "limits": _("What would you rather not?"),
}
"""How each text of a piece is asked for, and headed when it is read."""


class Piece(Enum):
    """One piece of the space; its value is the last part of its address."""

    COMMON_GROUND = "raakpunt"
    WORK_CARD = "zo-werk-ik"
    HERE = "wat-je-hier-brengt"
    YOU = "waarom-deze-coach"
    EXPECT = "wat-je-hoopt"
    LEARN = "wat-je-helpt-leren"
    NEEDS = "behoeften-wensen-grenzen"

    @property
    def question(self) -> Question | None:
        """The expectation question this piece answers, if it is one; only a coachee answers those."""
        return Question[self.name] if self.name in Question.__members__ else None

    @property
    def model(self) -> Any:
        """The kind of thing that keeps this piece."""
        return _MODELS.get(self, Expectation)

    @property
    def title(self) -> str | Promise:
        """What the piece is called."""
        question = self.question
        return question.label if question else _TITLES[self]

    @property
    def lead(self) -> Promise:
        """What may stand in it."""
        return _LEADS.get(self, _("A few words are enough. Or nothing: that is fine too."))


_MODELS = {
    Piece.COMMON_GROUND: CommonGround,
    Piece.WORK_CARD: WorkCard,
    Piece.NEEDS: NeedsWishesLimits,
}
_TITLES = {
    Piece.COMMON_GROUND: _("Common ground"),
    Piece.WORK_CARD: _("This is how I work"),
    Piece.NEEDS: _("Needs, wishes and limits"),
}
_LEADS = {
    Piece.COMMON_GROUND: _(
        "What might you two have in common? A place, a hobby, a course, a kind of humour."
    ),
    Piece.WORK_CARD: _(
        "A card about you as a person. You write it once and can show it in every coaching relation."
    ),
    Piece.NEEDS: _("Both of you have them. Naming one helps the other."),
}
