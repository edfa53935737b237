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


TAKES_SUGGESTIONS = frozenset({"goal", "route", "stage"})
"""The kinds of things beside which a coach may put another way (C11)."""
