"""Vocabulary of a coach's own growth."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Phase(TextChoices):
    """A part of the way in which a coach role may help; every part can come at any time (V21)."""

    CONTACTING = "contacting", _("making contact")
    GOAL = "goal", _("making the goal sharp")
    ROUTE = "route", _("plotting the route")
    WINDING = "winding", _("on the winding path")
    CLOSING = "closing", _("closing")


class CardKind(TextChoices):
    """What a card holds: a question to ask aloud, or an attitude to take along in silence (T7)."""

    QUESTION = "question", _("question card")
    ATTITUDE = "attitude", _("attitude card")


class Manner(TextChoices):
    """How a reader of a practice talk spoke (T8); named in the look-back, never counted (V5, V27)."""

    OPEN = "open", _("open question")
    CLOSED = "closed", _("closed question")
    SILENCE = "silence", _("silence")
    GIVING = "giving", _("something you gave")

    @property
    def in_look_back(self) -> str:
        """How a look-back calls several of these."""
        return str(
            {
                Manner.OPEN: _("Open questions you asked"),
                Manner.CLOSED: _("Closed questions you asked"),
                Manner.SILENCE: _("Silence you left"),
                Manner.GIVING: _("What you gave yourself"),
            }[self]
        )
