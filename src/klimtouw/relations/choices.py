"""Vocabulary of relations."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a relation stands. An invitation is a letter until it is accepted; then it becomes a relation."""

    ACQUAINTING = "acquainting", _("getting acquainted")
    CLICKING = "clicking", _("click")
    CONTRACTING = "contracting", _("making the contract")
    RUNNING = "running", _("on the way")
    PAUSED = "paused", _("paused")
    NOT_STARTED = "not_started", _("not started")
    COMPLETED = "completed", _("completed")
    STOPPED = "stopped", _("stopped")


class Origin(TextChoices):
    """How the two found each other (R2)."""

    CHOSEN = "chosen", _("the coachee asked this coach")
    ASKED = "asked", _("the coach invited this coachee")
    ASSIGNED = "assigned", _("brought together by the coordinator")
    AT_RANDOM = "at_random", _("brought together at random")


class Side(TextChoices):
    """The two ends of the rope."""

    COACHEE = "coachee", _("coachee")
    COACH = "coach", _("coach")


class Click(TextChoices):
    """The private answers after the first talk (R4)."""

    YES = "yes", _("yes")
    TIME = "time", _("time to think")
    NO = "no", _("no")


class Question(TextChoices):
    """The four expectation questions a coachee may answer (R3)."""

    HERE = "here", _("What brings you here?")
    YOU = "you", _("Why did you think of me?")
    EXPECT = "expect", _("What do you hope I do?")
    LEARN = "learn", _("What helps you to learn?")


class Rhythm(TextChoices):
    """How often the two want to talk."""

    WEEKLY = "weekly", _("about every week")
    FORTNIGHTLY = "fortnightly", _("about every two weeks")
    THREE_WEEKLY = "three_weekly", _("about every three weeks")
    MONTHLY = "monthly", _("about every month")
    SIX_WEEKLY = "six_weekly", _("about every six weeks")
    WHEN_NEEDED = "when_needed", _("when one of us asks")

    @property
    def weeks(self) -> int | None:
        """After how many weeks the two want to talk again; None when they agreed to wait until one of them asks."""
        return WEEKS.get(self)


WEEKS = {
    Rhythm.WEEKLY: 1,
    Rhythm.FORTNIGHTLY: 2,
    Rhythm.THREE_WEEKLY: 3,
    Rhythm.MONTHLY: 4,
    Rhythm.SIX_WEEKLY: 6,
}


class SupportArea(TextChoices):
    """Where support can lie, in both directions (R14)."""

    FEELING = "gevoel", _("Feeling seen")
    NETWORK = "netwerk", _("People and doors")
    OWN_WAY = "eigen-weg", _("One's own way")
    AHEAD = "vooruit", _("Where it leads")


class ClosingQuestion(TextChoices):
    """What may be looked at once more at the end: four questions for the coachee, three for the coach (R13)."""

    TAKE = "meenemen", _("What do I take along?")
    HELPED = "hielp", _("What helped me?")
    GO_ON = "verder-mee", _("What do I want to go on with?")
    SAY = "zeggen", _("What do I still want to say?")
    LEARNT = "leerde", _("What did I learn from coaching?")
    GAVE_ME = "gaf-mij", _("What did this stretch give me?")
    THANK = "bedanken", _("What do I want to say thank you for?")
