"""Read the starting situation."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.belongings.readers import readers_of, who_can_read
from klimtouw.climb.choices.starting import VIEW_OF_COACH, StartingQuestion
from klimtouw.climb.models import StartingAnswer, ViewOfCoach
from klimtouw.climb.queries.climb import own, visible
from klimtouw.people.models import Person


@dataclass(frozen=True)
class AskedAtTheStart:
    """A question of somebody's own starting situation and, once given, the answer; no question: the view of the coach."""

    person: Person
    question: StartingQuestion | None
    answer: Any
    state_now: str = ""

    @property
    def name(self) -> str:
        """Its name in an address."""
        return self.question.value if self.question else VIEW_OF_COACH

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """A starting situation is written by its owner alone."""
        return self.person.hats_of(person, at)


class NoSuchQuestion(StartingAnswer.DoesNotExist):
    """The starting situation does not ask this."""


def asked_at_the_start(person: Person, at: datetime, question: str) -> AskedAtTheStart:
    """Find a question of this person's own starting situation."""
    if question == VIEW_OF_COACH:
        return AskedAtTheStart(person, None, view_of(person))
    if question not in StartingQuestion.values:
        raise NoSuchQuestion
    chosen = StartingQuestion(question)
    return AskedAtTheStart(person, chosen, start_of(chosen, person))


def starting_answer(person: Person, at: datetime, answer: UUID) -> StartingAnswer:
    """Find an answer of a starting situation this person may read."""
    return visible(StartingAnswer, person, at, answer)


def start_of(question: StartingQuestion, person: Person) -> StartingAnswer | None:
    """Return this person's own answer to one question, if any."""
    return own(StartingAnswer, person).filter(question=question).order_by("created_at", "pk").first()


def view_of(person: Person) -> ViewOfCoach | None:
    """Return how this person sees their coach, if they wrote it down."""
    return own(ViewOfCoach, person).order_by("created_at", "pk").first()


def whole_start_of(person: Person, at: datetime) -> tuple[list[tuple[AskedAtTheStart, str]], AskedAtTheStart]:
    """Return the questions with this person's own answers and who reads them, and the view of the coach; three queries."""
    answers = {one.question: one for one in own(StartingAnswer, person).order_by("-created_at", "-pk")}
    asked = [AskedAtTheStart(person, question, answers.get(question)) for question in StartingQuestion]
    readers = readers_of(answers.values(), at)
    rows = [(one, who_can_read(readers[one.answer.pk]) if one.answer else "") for one in asked]
    return rows, AskedAtTheStart(person, None, view_of(person))
