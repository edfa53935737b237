"""Vocabulary of dreams and goals."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DreamState(TextChoices):
    """A dream may change, rest or be let go without loss of face (C2)."""

    ALIVE = "alive", _("alive")
    RESTING = "resting", _("resting")
    LET_GO = "let_go", _("let go")

    @property
    def move(self) -> Promise:
        """The words on the button that brings a dream here."""
        return DREAM_MOVES[self]

    @property
    def moved(self) -> Promise:
        """What is said once a dream stands here."""
        return DREAM_MOVED[self]


DREAM_MOVES = {
    DreamState.ALIVE: _("Take it up again"),
    DreamState.RESTING: _("Let it rest"),
    DreamState.LET_GO: _("Let it go"),
}


DREAM_MOVED = {
    DreamState.ALIVE: _("This dream is alive again."),
    DreamState.RESTING: _("This dream may rest. You can take it up again whenever you like."),
    DreamState.LET_GO: _("You let this dream go. That is climbing too. You can always take it up again."),
}


class GoalState(TextChoices):
    """Where a goal stands."""

    OPEN = "open", _("on the way")
    RESTING = "resting", _("resting")
    REACHED = "reached", _("reached")
    LET_GO = "let_go", _("let go")

    @property
    def move(self) -> Promise:
        """The words on the button that brings a goal here."""
        return GOAL_MOVES[self]

    @property
    def moved(self) -> Promise:
        """What is said once a goal stands here."""
        return GOAL_MOVED[self]


GOAL_MOVES = {
    GoalState.OPEN: _("Take it up again"),
    GoalState.RESTING: _("Let it rest"),
    GoalState.REACHED: _("I am there"),
    GoalState.LET_GO: _("Let it go"),
}


GOAL_MOVED = {
    GoalState.OPEN: _("You are on the way again with this goal."),
    GoalState.RESTING: _("This goal may rest. You can take it up again whenever you like."),
    GoalState.REACHED: _("You are there. Enjoy the view for a moment."),
    GoalState.LET_GO: _("You let this goal go. That is climbing too. You can always take it up again."),
}


SHARPENING = {
    "worked": _("What would you see if it worked?"),
    "noticed": _("What would others notice about you?"),
    "there": _("What is already there, even a little?"),
    "whose": _("Is this your own wish, or somebody else’s?"),
    "smallest": _("How small may the first bit be?"),
}
"""Small questions that help to make a goal sharp: nobody has to answer them, and nothing judges the answers (C3)."""


class Context(TextChoices):
    """Where a goal lives (C3)."""

    NONE = "", _("nowhere in particular")
    COURSE = "course", _("a course")
    PAPER = "paper", _("a paper or project")
    PLACEMENT = "placement", _("a placement")
    WORK = "work", _("work")
