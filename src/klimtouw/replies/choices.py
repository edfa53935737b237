"""Vocabulary of replies."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReplyKind(TextChoices):
    """How a coach may answer (C10)."""

    QUESTION = "question", _("a question")
    SUPPORT = "support", _("support")
    CONFIDENCE = "confidence", _("a vote of confidence")
    READ = "read", _("I have read this")


class Outcome(TextChoices):
    """What the coachee does with a suggestion (C11)."""

    OPEN = "open", _("not answered yet")
    TAKEN = "taken", _("taken over")
    PARKED = "parked", _("parked")
    NOT_NOW = "not_now", _("not now")


class RequestState(TextChoices):
    """What has become of a request for a reply (C10). No moment is kept: nothing is counted about a coach."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


TAKES_SUGGESTIONS = frozenset({"goal", "route", "stage"})
"""The kinds of things beside which a coach may put another way (C11)."""

READ_ON = {
    "compass_answer": "climb:compass_answer",
    "strength": "climb:strength",
    "starting_answer": "climb:starting_answer",
    "dream": "climb:dream",
    "goal": "climb:goal",
    "route": "climb:route",
    "choice_moment": "climb:choice",
    "entry": "climb:entry",
}
"""Per kind of thing with a page on which a coach answers beside it: the name of that page."""

TAKES_REQUESTS = frozenset(READ_ON)
"""The kinds of things about which a coachee may ask a reply (C10). About evidence one asks on the page of what it hangs on."""
