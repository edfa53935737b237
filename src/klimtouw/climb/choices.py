"""Vocabulary of the climb."""

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
    WHAT_SO_WHAT = "what_so_what", _("Three small questions")
    THREE_WORDS = "three_words", _("Three words")

    @property
    def questions(self) -> dict[str, Promise]:
        """The small fields this form adds under the free text."""
        return QUESTIONS[self]


QUESTIONS: dict[EntryForm, dict[str, Promise]] = {
    EntryForm.FREE: {},
    EntryForm.WHAT_SO_WHAT: {
        "what": _("What happened?"),
        "so_what": _("What did that do to you?"),
        "what_next": _("What do you take along to the next time?"),
    },
    EntryForm.THREE_WORDS: {
        "first_word": _("A first word"),
        "second_word": _("A second word"),
        "third_word": _("A third word"),
    },
}
