"""Vocabulary of learning to peer-coach."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

LONGEST_VALIDITY_YEARS = 3
"""For how many years an attestation may hold; then a trainer looks again together with the peer coach."""
MONTHS_OFFERED = 12
"""For how many months the form offers it."""


class Step(TextChoices):
    """The rungs of the ladder, in the order a school mostly takes them; any order is good (G2, V21)."""

    CARDS = "cards", _("Working with the cards")
    PRACTICE_TALK = "practice-talk", _("A practice talk")
    OBSERVED_TALK = "observed-talk", _("A talk with somebody looking on")
    SUPERVISION = "supervision", _("Supervision meetings")

    @property
    def about(self) -> str:
        """What is done on this rung, in a sentence."""
        return str(ABOUT[self])


ABOUT = {
    Step.CARDS: _("You read the cards, and tried questions and silence."),
    Step.PRACTICE_TALK: _("You held a practice talk, and looked back on it."),
    Step.OBSERVED_TALK: _("Somebody was there when you coached, and you talked about it."),
    Step.SUPERVISION: _("You told others about your coaching, and thought along with theirs."),
}
