"""What two people may look at together, halfway and at the end, as data: the topics, what each asks and of whom (R13, R14)."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klimtouw.relations.choices import ClosingQuestion, Side, SupportArea
from klimtouw.relations.models.looking import ClosingLook, SupportLook


class Occasion(StrEnum):
    """When the two look; its value is the name of the page."""

    MIDWAY = "midway"
    CLOSING = "closing"


TITLES = {Occasion.MIDWAY: _("Looking halfway"), Occasion.CLOSING: _("Looking back together")}
LEDES = {
    Occasion.MIDWAY: _("What do we get from each other, what do we give, and what more would we like?"),
    Occasion.CLOSING: _("Take your time, preferably in a last talk. Answer what you like, or nothing."),
}
SUPPORT_LABELS: dict[str, Promise] = {
    "gets": _("What do I get?"),
    "gives": _("What do I give?"),
    "more": _("What more would I like?"),
}
AREA_LEADS = {
    SupportArea.FEELING: _("Being heard, encouraged, at ease; daring to say it when it is hard."),
    SupportArea.NETWORK: _("People you meet through each other, places, doors that open."),
    SupportArea.OWN_WAY: _("Room to choose for oneself, to try, to do it otherwise."),
    SupportArea.AHEAD: _("A view of study and work: who am I there, what fits me?"),
}
QUESTIONS_OF = {
    Side.COACHEE: (
        ClosingQuestion.TAKE,
        ClosingQuestion.HELPED,
        ClosingQuestion.GO_ON,
        ClosingQuestion.SAY,
    ),
    Side.COACH: (ClosingQuestion.LEARNT, ClosingQuestion.GAVE_ME, ClosingQuestion.THANK),
}


@dataclass(frozen=True)
class Topic:
    """One topic: an area of support, which both look at, or a question for one of the two."""

    occasion: Occasion
    choice: SupportArea | ClosingQuestion

    @property
    def name(self) -> str:
        """The last part of its address."""
        return self.choice.value

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.choice.label)

    @property
    def lead(self) -> str | Promise:
        """A small push."""
        return AREA_LEADS[self.choice] if isinstance(self.choice, SupportArea) else ""

    @property
    def model(self) -> type[SupportLook] | type[ClosingLook]:
        """The kind of thing that keeps what somebody writes on it."""
        return SupportLook if self.occasion == Occasion.MIDWAY else ClosingLook

    @property
    def place(self) -> dict[str, str]:
        """The field of that thing that says which topic it is."""
        return {"area" if self.occasion == Occasion.MIDWAY else "question": self.choice.value}

    def is_asked_of(self, side: Side) -> bool:
        """Return whether this is asked of one of the two."""
        return self.occasion == Occasion.MIDWAY or self.choice in QUESTIONS_OF[side]


def topics_of(occasion: Occasion) -> list[Topic]:
    """Return the topics of an occasion, in their order."""
    choices = SupportArea if occasion == Occasion.MIDWAY else ClosingQuestion
    return [Topic(occasion, choice) for choice in choices]


def topic_named(name: str) -> Topic | None:
    """Return the topic of an address, if there is one."""
    every = [topic for occasion in Occasion for topic in topics_of(occasion)]
    return next((topic for topic in every if topic.name == name), None)
