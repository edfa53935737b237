"""Vocabulary of the compass."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class CompassQuestion(TextChoices):
    """The four questions of the compass (C1), in our own words."""

    MATTERS = "matters", _("What really matters to me?")
    GOOD_AT = "good_at", _("What am I good at, at school and outside?")
    DREAM_OF = "dream_of", _("What do I dream of?")
    WORK_WHERE = "work_where", _("Where do I see myself at work?")

    @property
    def hint(self) -> Promise:
        """A small push for who does not know where to begin."""
        return HINTS[self]


HINTS = {
    CompassQuestion.MATTERS: _("Think of a moment you were proud or angry. What was at stake for you?"),
    CompassQuestion.GOOD_AT: _("At home, in your club, at a job: it all counts. What do others ask you for?"),
    CompassQuestion.DREAM_OF: _("It may be big or small. It may also change later."),
    CompassQuestion.WORK_WHERE: _("Which people are around you? What do you do all day?"),
}
