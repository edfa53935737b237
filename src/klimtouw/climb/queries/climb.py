"""Read one's own climb: compass, dreams and goals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.belongings.models import Thing, ThingQuerySet
from klimtouw.belongings.queries import in_full
from klimtouw.belongings.readers import Reader, readers_of, who_can_read
from klimtouw.climb.choices import CompassQuestion, DreamState, GoalState
from klimtouw.climb.models import (
    ChoiceMoment,
    CompassAnswer,
    Dream,
    Entry,
    Evidence,
    FrameworkLink,
    Goal,
    Route,
    StartingAnswer,
    Strength,
    ViewOfCoach,
)
from klimtouw.climb.queries.opened import Opened
from klimtouw.people.composed import composed
from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.replies.choices import TAKES_REQUESTS
from klimtouw.replies.models import Reply, ReplyRequest, Suggestion

T = TypeVar("T", bound=Thing)
Written = (
    ChoiceMoment | CompassAnswer | Strength | StartingAnswer | ViewOfCoach | Dream | Goal | Entry | Evidence
)

WRITTEN: tuple[type[Written], ...] = (
    ChoiceMoment,
    CompassAnswer,
    Strength,
    StartingAnswer,
    ViewOfCoach,
    Dream,
    Goal,
    Entry,
    Evidence,
)
"""What is written, put away and taken back on pages of its own; a route goes along with its goal."""

DREAMS_IN_ORDER = (DreamState.ALIVE, DreamState.RESTING, DreamState.LET_GO)
GOALS_IN_ORDER = (GoalState.OPEN, GoalState.REACHED, GoalState.RESTING, GoalState.LET_GO)
ENTRIES_AT_A_GLANCE = 3


def own(model: type[T], person: Person) -> ThingQuerySet[T]:
    """Return what this person wrote of one kind and kept; the owner and the kind lead into the index."""
    things = cast("ThingQuerySet[T]", model.objects)
    return things.filter(owner=person, kind=model.KIND).kept()


# Finders for the doors.


def visible(model: type[T], person: Person, at: datetime, key: UUID) -> T:
    """Find one thing of a kind this person may read, with its owner, and with what its page asks about it."""
    found = cast("list[T]", _visible(model, person, at, key))
    if not found:
        raise model.DoesNotExist
    return found[0]


@composed
def _visible(model: type[Thing], person: Person, at: datetime, key: UUID) -> ThingQuerySet[Thing]:
    things = model.objects.visible_to(person, at).select_related("owner").filter(pk=key)
    followed_in = Relation.objects.filter(
        coach=person, coachee=OuterRef("owner"), state__in=(State.RUNNING, State.PAUSED)
    )
    annotated: Any = things.annotate(
        followed_in=Subquery(followed_in.order_by("pk").values("pk")[:1]),
        has_replies=_is_there_beside(Reply, model),
        has_suggestions=_is_there_beside(Suggestion, model),
        has_evidence=Exists(Evidence._default_manager.filter(whole=OuterRef("pk"))),
    )
    if model.KIND in TAKES_REQUESTS:
        annotated = annotated.annotate(has_requests=Exists(ReplyRequest.objects.filter(thing=OuterRef("pk"))))
    if model is Goal:
        annotated = annotated.annotate(
            has_links=Exists(FrameworkLink._default_manager.filter(whole=OuterRef("pk")))
        )
    return cast("ThingQuerySet[Thing]", annotated)


def _is_there_beside(given: type[Reply] | type[Suggestion], model: type[Thing]) -> Exists | Q:
    """Return the question whether anything at all stands beside a thing, or beside a part of a route: is there a need to ask who may read it?"""
    beside = Exists(given._default_manager.filter(about=OuterRef("pk")))
    if model is not Route:
        return beside
    return beside | Exists(given._default_manager.filter(about__whole=OuterRef("pk")))


def relation_to_follow(thing: Thing) -> UUID | None:
    """Return the running relation in which the one who found a thing coaches its owner, for the way back to their page."""
    return cast("UUID | None", thing.followed_in)  # type: ignore[attr-defined]  # added by `visible`


def kinds_beside(thing: Thing) -> tuple[type[Reply] | type[Suggestion], ...]:
    """Return which kinds stand beside a thing that was found, or beside its parts."""
    replies = (Reply,) if thing.has_replies else ()  # type: ignore[attr-defined]  # added by `visible`
    suggestions = (Suggestion,) if thing.has_suggestions else ()  # type: ignore[attr-defined]  # added by `visible`
    return (*replies, *suggestions)


def is_asked_about(thing: Thing) -> bool:
    """Return whether a reply was ever asked about a thing that was found: is there a need to look which requests stand open?"""
    return thing.kind in TAKES_REQUESTS and bool(thing.has_requests)  # type: ignore[attr-defined]  # added by `visible`


def compass_answer(person: Person, at: datetime, answer: UUID) -> CompassAnswer:
    """Find an answer of the compass this person may read."""
    return visible(CompassAnswer, person, at, answer)


def dream(person: Person, at: datetime, dream: UUID) -> Dream:
    """Find a dream this person may read."""
    return visible(Dream, person, at, dream)


def goal(person: Person, at: datetime, goal: UUID) -> Goal:
    """Find a goal this person may read. Its dream is not loaded along: that is shared on its own."""
    return visible(Goal, person, at, goal)


def written(person: Person, at: datetime, thing: UUID) -> Written:
    """Find something this person wrote on their climb, kept or put away."""
    kinds = [model.KIND for model in WRITTEN]
    found: Written = in_full([Thing.objects.get(owner=person, kind__in=kinds, pk=thing)])[0]
    return found


@dataclass(frozen=True)
class Asked:
    """A question of somebody's own compass and, once given, the answer."""

    person: Person
    question: CompassQuestion
    answer: CompassAnswer | None
    state_now: str = ""

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """A compass is held by its owner alone."""
        return self.person.hats_of(person, at)


class NoSuchQuestion(CompassAnswer.DoesNotExist):
    """The compass does not ask this."""


def asked(person: Person, at: datetime, question: str) -> Asked:
    """Find a question of this person's own compass."""
    if question not in CompassQuestion.values:
        raise NoSuchQuestion
    chosen = CompassQuestion(question)
    return Asked(person, chosen, answer_to(chosen, person))


# What the pages print.


def answer_to(question: CompassQuestion, person: Person) -> CompassAnswer | None:
    """Return this person's own answer to one question, if any."""
    return own(CompassAnswer, person).filter(question=question).order_by("created_at", "pk").first()


def answers_of(person: Person) -> dict[str, CompassAnswer]:
    """Return this person's own answers by their question."""
    answers = own(CompassAnswer, person).order_by("-created_at", "-pk")
    return {answer.question: answer for answer in answers}


def compass_of(person: Person) -> list[Asked]:
    """Return the four questions in order, each with this person's own answer."""
    answers = answers_of(person)
    return [Asked(person, question, answers.get(question)) for question in CompassQuestion]


def dreams_of(person: Person) -> list[Dream]:
    """Return this person's own dreams: those alive first, then the newest."""
    dreams = (dream for dream in _newest_first(Dream, person) if dream.removed_at is None)
    return sorted(dreams, key=lambda dream: DREAMS_IN_ORDER.index(DreamState(dream.state)))


def goals_of(person: Person) -> list[Goal]:
    """Return this person's own goals: those on the way first, then the newest."""
    goals = (goal for goal in _newest_first(Goal, person) if goal.removed_at is None)
    return sorted(goals, key=lambda goal: GOALS_IN_ORDER.index(GoalState(goal.state)))


def dreams_to_link(person: Person, linked: UUID | None = None) -> list[Dream]:
    """Return the dreams a goal can hang on: those not let go, and the one it hangs on already."""
    dreams = _newest_first(Dream, person)
    return [d for d in dreams if d.pk == linked or (d.removed_at is None and d.state != DreamState.LET_GO)]


def goals_to_link(person: Person, linked: UUID | None = None) -> list[Goal]:
    """Return the goals an entry can hang on: those not let go, and the one it hangs on already."""
    goals = _newest_first(Goal, person)
    return [g for g in goals if g.pk == linked or (g.removed_at is None and g.state != GoalState.LET_GO)]


def _newest_first(model: type[T], person: Person) -> list[T]:
    return cast("list[T]", _all_of_own(model, person))


@composed
def _all_of_own(model: type[Thing], person: Person) -> ThingQuerySet[Thing]:
    """Find what this person wrote of one kind, also what was put away."""
    things = cast("ThingQuerySet[Thing]", model.objects)
    return things.filter(owner=person, kind=model.KIND).order_by("-created_at", "-pk")


def goal_page(person: Person, at: datetime, goal: UUID) -> Opened[Goal]:
    """Find a goal, and its dream and its route as far as this person may read those too."""
    found = visible(Goal, person, at, goal)
    return Opened(found, (dream_behind(found, person, at), route_to(found, person, at)))


def route_to(goal: Goal, person: Person, at: datetime) -> Route | None:
    """Return the chosen route to a goal, when there is one this person may read."""
    return _route_to.first(goal.pk, person, at)


@composed
def _route_to(goal: UUID, person: Person, at: datetime) -> ThingQuerySet[Route]:
    return Route.objects.visible_to(person, at).kept().filter(goal=goal, is_chosen=True)


def dream_behind(goal: Goal, person: Person, at: datetime) -> Dream | None:
    """Return the dream a goal hangs on, when this person may read that dream too."""
    if goal.dream_id is None:
        return None
    return kept_and_visible(Dream, person, at, goal.dream_id)


def kept_and_visible(model: type[T], person: Person, at: datetime, key: UUID) -> T | None:
    """Return one thing of a kind when this person may read it and it was not put away."""
    return cast("T | None", _kept_and_visible.first(model, person, at, key))


@composed
def _kept_and_visible(model: type[Thing], person: Person, at: datetime, key: UUID) -> ThingQuerySet[Thing]:
    return model.objects.visible_to(person, at).kept().filter(pk=key)


def goals_behind(dream: Dream, person: Person, at: datetime) -> list[Goal]:
    """Return the goals that hang on a dream, as far as this person may read them."""
    goals = Goal.objects.visible_to(person, at).kept().filter(owner=dream.owner_id, dream=dream.pk)
    return list(goals.order_by("-created_at", "-pk"))


def with_readers(things: Sequence[T], readers: Mapping[UUID, list[Reader]]) -> list[tuple[T, str]]:
    """Return things, each with the sentence that says who else can read it; nothing for what is one's own alone."""
    return [(thing, who_can_read(readers[thing.pk]) if readers[thing.pk] else "") for thing in things]


@dataclass(frozen=True)
class MyClimb:
    """Everything the page of one's own climb prints."""

    compass: list[Asked]
    dreams: list[Dream]
    goals: list[Goal]
    entries: list[Entry]
    readers: dict[UUID, list[Reader]]

    @property
    def goals_and_readers(self) -> list[tuple[Goal, str]]:
        """The goals, each with who can read it when somebody else can."""
        return with_readers(self.goals, self.readers)

    @property
    def has_compass(self) -> bool:
        """Whether a first answer was given."""
        return any(asked.answer for asked in self.compass)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written yet."""
        return not (self.has_compass or self.dreams or self.goals or self.entries)

    @property
    def next_act(self) -> str:
        """What could come next: an idea, never a condition (V21)."""
        begun = {"compass": self.has_compass, "dream": self.dreams, "goal": self.goals}
        return next((name for name, there in begun.items() if not there), "entry")


def my_climb(person: Person, at: datetime) -> MyClimb:
    """Return this person's own climb; five queries."""
    compass, dreams, goals = compass_of(person), dreams_of(person), goals_of(person)
    entries = list(own(Entry, person).order_by("-created_at", "-pk")[:ENTRIES_AT_A_GLANCE])
    return MyClimb(compass, dreams, goals, entries, readers_of(goals, at))


@dataclass(frozen=True)
class ClimbAtAGlance:
    """What the first page says about somebody's own climb."""

    has_compass: bool
    goal: Goal | None


def climb_at_a_glance(person: Person) -> ClimbAtAGlance:
    """Return this person's own climb in two facts; two queries, also on a long climb."""
    return ClimbAtAGlance(
        has_compass=bool(_one_of_own_kind(CompassAnswer.KIND, person)), goal=_newest_open_goal.first(person)
    )


@composed
def _one_of_own_kind(kind: str, person: Person) -> ThingQuerySet[Thing]:
    return Thing.objects.filter(owner=person, kind=kind).kept()[:1]


@composed
def _newest_open_goal(person: Person) -> ThingQuerySet[Goal]:
    return own(Goal, person).filter(state=GoalState.OPEN).order_by("-created_at", "-pk")[:1]
