"""Vocabulary of the starting situation."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class StartingQuestion(TextChoices):
    """Where somebody stands at the foot of the mountain (C5), in our own words."""

    CAN = "can", _("What can I do already?")
    DRAWS = "draws", _("What draws me?")
    CIRCUMSTANCES = "circumstances", _("What does my life look like now?")

    @property
    def hint(self) -> Promise:
        """A small push for who does not know where to begin."""
        return HINTS[self]


HINTS = {
    StartingQuestion.CAN: _("Think of things that go by themselves. Also small ones."),
    StartingQuestion.DRAWS: _("Which task do you begin with first? What makes you forget the time?"),
    StartingQuestion.CIRCUMSTANCES: _(
        "Time, home, money, travel, health: what helps you, and what asks energy? Write only what you want."
    ),
}
VIEW_OF_COACH = "coach"
"""The name in an address of the one question whose answer nobody else can ever read."""
