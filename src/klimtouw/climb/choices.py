"""Vocabulary of the climb."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CompassQuestion(TextChoices):
    """The four questions of the compass (C1), in our own words."""

    MATTERS = "matters", _("What really matters to me?")
    GOOD_AT = "good_at", _("What am I good at, at school and outside?")
    DREAM_OF = "dream_of", _("What do I dream of?")
    WORK_WHERE = "work_where", _("Where do I see myself at work?")


class DreamState(TextChoices):
    """A dream may change, rest or be let go without loss of face (C2)."""

    ALIVE = "alive", _("alive")
    RESTING = "resting", _("resting")
    LET_GO = "let_go", _("let go")


class GoalState(TextChoices):
    """Where a goal stands."""

    OPEN = "open", _("I am on my way")
    RESTING = "resting", _("resting")
    REACHED = "reached", _("reached")
    LET_GO = "let_go", _("let go")


class Context(TextChoices):
    """Where a goal lives (C3)."""

    NONE = "", _("nowhere in particular")
    COURSE = "course", _("a course")
    PAPER = "paper", _("a paper or project")
    PLACEMENT = "placement", _("a placement")
    WORK = "work", _("work")


class StageState(TextChoices):
    """Where a stage stands; nothing is ever overdue (V17)."""

    AHEAD = "ahead", _("ahead")
    REACHED = "reached", _("reached")
    PARKED = "parked", _("parked")


class StageMark(TextChoices):
    """What a stage turned out to be."""

    NONE = "", _("an ordinary stage")
    TURNING_POINT = "turning_point", _("a turning point")
    OPPORTUNITY = "opportunity", _("an opportunity")


class EntryForm(TextChoices):
    """Optional forms of an entry; free text always comes first (C8)."""

    FREE = "free", _("free")
    WHAT_SO_WHAT = "what_so_what", _("what, so what, what next")
    THREE_WORDS = "three_words", _("three words")
