"""Read everything the page of one talk prints."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from klimtouw.belongings.models import Thing
from klimtouw.climb.models import Stage
from klimtouw.climb.queries.route import stages_ahead_of
from klimtouw.people.models import Person
from klimtouw.programmes.models import CoachRole
from klimtouw.talks.choices import LineKind, TalkState
from klimtouw.talks.models import (
    AboutTalk,
    CoachSentence,
    Impression,
    PreparationLine,
    Promise,
    Takeaway,
    Talk,
)
from klimtouw.talks.queries.around import Around, around, written_about
from klimtouw.talks.queries.promises import promises_on_card
from klimtouw.talks.queries.written import about, with_sharing

T = TypeVar("T", bound=AboutTalk)
ROUTES_SHOWN = 3


@dataclass(frozen=True)
class TalkPage:
    """One talk: its moments, the card, and what both keep of it, as far as this person may read."""

    talk: Talk
    other: Person
    moments: list[datetime | Any]
    my_lines: list[PreparationLine]
    their_lines: list[PreparationLine]
    promises: list[Promise]
    """What the two promised each other, the coach's first (R10)."""
    last_time: Takeaway | None
    here: list[Stage]
    """Where the coachee is on the mountain: the stage that comes next on each route."""
    takeaway: Takeaway | None
    sentence: CoachSentence | None
    roles: list[CoachRole]
    """The roles the coach chose beside the sentence."""
    impressions: list[Impression]
    """How the talk was for each, as far as this person may read it."""
    near: Around
    """The other talks of the two."""

    @property
    def roles_in_words(self) -> str:
        """The roles in one breath."""
        return get_text_list([role.name for role in self.roles], _("and"))

    @property
    def my_impression(self) -> Impression | None:
        """How it was for whoever reads the page."""
        return next((one for one in self.impressions if one.owner_id != self.other.pk), None)

    @property
    def their_impression(self) -> Impression | None:
        """How it was for the other one, once shared."""
        return next((one for one in self.impressions if one.owner_id == self.other.pk), None)

    @property
    def what_became_loose(self) -> bool:
        """Whether somebody wrote what became of it while there is no last time on the card to put it with."""
        lines = (*self.my_lines, *self.their_lines)
        return self.last_time is None and any(line.line_kind == LineKind.WHAT_BECAME for line in lines)

    @property
    def is_here_on_card(self) -> bool:
        """Whether both can read where the coachee is; otherwise it stays off the paper."""
        return any(stage.is_on_card for stage in self.here)  # type: ignore[attr-defined]  # added by the query

    @property
    def of_others(self) -> list[Thing]:
        """Everything on the page that somebody wrote; opening it leaves a look on what is another's."""
        single = [thing for thing in (self.last_time, self.takeaway, self.sentence) if thing]
        return [*self.their_lines, *self.promises, *self.here, *self.impressions, *single]

    @property
    def everything(self) -> list[Thing]:
        """Every text on the page, whoever wrote it."""
        return [*self.my_lines, *self.of_others]

    def only(self, keep: Callable[[Iterable[Thing]], list[Thing]]) -> "TalkPage":
        """Return the same with what is to be kept of it."""
        kept = {thing.pk for thing in keep(self.everything)}
        lists: dict[str, Any] = {
            name: [thing for thing in getattr(self, name) if thing.pk in kept]
            for name in ("my_lines", "their_lines", "promises", "here", "impressions")
        }
        single = {name: getattr(self, name) for name in ("last_time", "takeaway", "sentence")}
        left: dict[str, Any] = {
            name: thing if thing and thing.pk in kept else None for name, thing in single.items()
        }
        return replace(self, **lists, **left)


def talk_page(
    talk: Talk, person: Person, at: datetime, *, in_talk: bool = False, is_example: bool = False
) -> TalkPage:
    """Return everything the page of a talk prints; at most five queries. In an example nobody finds what has faded."""
    other, reader = talk.relation.other(person), None if is_example else person
    near, has_begun = around(talk, person, at), talk.has_begun(at)
    last = None if has_begun and not in_talk else near.last_takeaway
    written = written_about(near, person, at, last=last)

    def about_it(model: type[T]) -> list[T]:
        return [one for one in written if isinstance(one, model) and one.talk_id == talk.pk]

    lines = about_it(PreparationLine)
    sentence = _first(about_it(CoachSentence), talk.relation.coach_id) if has_begun else None
    return TalkPage(
        talk=talk,
        other=other,
        moments=list(talk.moments.order_by("starts_at")) if talk.state == TalkState.PROPOSED else [],
        my_lines=[each for each in lines if each.owner_id == person.pk],
        their_lines=[each for each in lines if each.owner_id != person.pk],
        promises=[] if talk.state == TalkState.CANCELLED else promises_on_card(near, written, reader),
        last_time=next((_at_its_talk(one, near) for one in written if one.pk == last), None),
        here=_on_the_mountain(talk, person, at) if talk.state == TalkState.PLANNED else [],
        takeaway=_first(about_it(Takeaway), talk.relation.coachee_id) if has_begun else None,
        sentence=sentence,
        roles=_roles_of(sentence),
        impressions=about_it(Impression) if has_begun else [],
        near=near,
    )


def _first(things: Iterable[T], owner: UUID) -> T | None:
    return next((one for one in things if one.owner_id == owner), None)


def _at_its_talk(takeaway: Takeaway, near: Around) -> Takeaway:
    takeaway.talk = near.talk_with(takeaway.talk_id)
    return takeaway


def _on_the_mountain(talk: Talk, person: Person, at: datetime) -> list[Stage]:
    """Return the stage that comes next on each route of the coachee, as far as this person may read it (T2)."""
    ahead = stages_ahead_of(talk.relation.coachee_id, person, at)
    first: dict[UUID | None, Stage] = {}
    for stage in with_sharing(ahead, talk.relation.other(person), at, shared_as="whole"):
        first.setdefault(stage.whole_id, stage)
    return list(first.values())[:ROUTES_SHOWN]


def takeaway_of(talk: Talk, person: Person, at: datetime) -> Takeaway | None:
    """Return the takeaway of a talk, with whether the other one can read it, when this person may read it."""
    found = about(Takeaway, [talk], person, at).filter(owner=talk.relation.coachee_id)
    return with_sharing(found, talk.relation.other(person), at).first()


def sentence_of(talk: Talk, person: Person, at: datetime) -> CoachSentence | None:
    """Return the coach's sentence after a talk when this person may read it."""
    found = about(CoachSentence, [talk], person, at).filter(owner=talk.relation.coach_id)
    return with_sharing(found, talk.relation.other(person), at).first()


def _roles_of(sentence: CoachSentence | None) -> list[CoachRole]:
    return list(roles().filter(key__in=sentence.role_keys)) if sentence and sentence.roles else []


def impressions_of(talk: Talk, person: Person, at: datetime) -> list[Impression]:
    """Return how a talk was for the two, as far as this person may read it."""
    return list(with_sharing(about(Impression, [talk], person, at), talk.relation.other(person), at))


def impression_by(person: Person, talk: Talk, at: datetime) -> Impression | None:
    """Return how a talk was for this person, in their own words."""
    return next((one for one in impressions_of(talk, person, at) if one.owner_id == person.pk), None)


def roles() -> QuerySet[CoachRole]:
    """Return the coach roles in their order (T5)."""
    return CoachRole.objects.order_by("position", "key")
