"""Read the talks of a relation: what is ahead, what waits, what was."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import cast

from django.db.models import Count
from django.utils.timezone import localdate

from klimtouw.people.models import Person
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.talks.choices import TalkState
from klimtouw.talks.models import (
    Takeaway,
    Talk,
)
from klimtouw.talks.queries.written import about

COUNTED_IN = frozenset({State.RUNNING, State.PAUSED})
EARLIER_SHOWN = 40


@dataclass(frozen=True)
class CalmCount:
    """How many of the agreed talks there were since the contract began."""

    held: int
    agreed: int


@dataclass(frozen=True)
class EarlierTalk:
    """A talk that was there, and its takeaway when this person may read it."""

    talk: Talk
    takeaway: Takeaway | None


@dataclass(frozen=True)
class TalksPage:
    """The talks of a relation: what is ahead, what waits, what was."""

    mine_to_choose: list[Talk] = field(default_factory=list)
    theirs_to_choose: list[Talk] = field(default_factory=list)
    begun: list[Talk] = field(default_factory=list)
    """Planned, and their hour has come: was the talk there?"""
    ahead: list[Talk] = field(default_factory=list)
    earlier: list[EarlierTalk] = field(default_factory=list)
    count: CalmCount | None = None

    @property
    def upcoming(self) -> list[tuple[str, Talk]]:
        """Everything that is not over, with what it asks; the first is the one thing that is next."""
        kinds = {
            "choose": self.mine_to_choose,
            "begun": self.begun,
            "ahead": self.ahead,
            "theirs": self.theirs_to_choose,
        }
        return [(kind, talk) for kind, talks in kinds.items() for talk in talks]

    @property
    def takeaways(self) -> list[Takeaway]:
        """The takeaways that are shown."""
        return [earlier.takeaway for earlier in self.earlier if earlier.takeaway]

    def only(self, keep: Callable[[Iterable[Takeaway]], list[Takeaway]]) -> "TalksPage":
        """Return the same with the takeaways that are to be kept of it."""
        kept = {takeaway.pk for takeaway in keep(self.takeaways)}
        left = [
            e if e.takeaway and e.takeaway.pk in kept else EarlierTalk(e.talk, None) for e in self.earlier
        ]
        return replace(self, earlier=left)


def talks_page(relation: Relation, person: Person, at: datetime) -> TalksPage:
    """Return the talks of a relation for one of its two people; two queries."""
    talks = (
        Talk.objects.filter(relation=relation).exclude(state=TalkState.CANCELLED).order_by("starts_at", "pk")
    )
    everything: list[Talk] = list(talks.annotate(moments_proposed=Count("moments")))
    for each in everything:
        each.relation = relation
    held = [each for each in everything if each.state == TalkState.HELD]
    shown = held[: -EARLIER_SHOWN - 1 : -1]
    takeaways = {t.talk_id: t for t in about(Takeaway, shown, person, at)}
    planned = [each for each in everything if each.state == TalkState.PLANNED]
    proposed = [each for each in everything if each.state == TalkState.PROPOSED]
    return TalksPage(
        mine_to_choose=[each for each in proposed if each.waits_for(person)],
        theirs_to_choose=[each for each in proposed if not each.waits_for(person)],
        begun=[each for each in planned if each.has_begun(at)],
        ahead=[each for each in planned if not each.has_begun(at)],
        earlier=[EarlierTalk(each, takeaways.get(each.pk)) for each in shown],
        count=_calm_count(relation, held),
    )


def _calm_count(relation: Relation, held: list[Talk]) -> CalmCount | None:
    """Count the talks since the contract began; the relation must come from `relation_talks`."""
    first_day = cast("date | None", relation.first_day)  # type: ignore[attr-defined]  # added by the query
    agreed = cast("int | None", relation.talks_agreed)  # type: ignore[attr-defined]  # added by the query
    if relation.state not in COUNTED_IN or first_day is None or not agreed:
        return None
    since = [each for each in held if each.starts_at and localdate(each.starts_at) >= first_day]
    return CalmCount(held=len(since), agreed=agreed)


def is_first_talk(relation: Relation) -> bool:
    """Return whether the two still have their first talk ahead of them; it gets a longer slot (T1)."""
    return relation.state == State.ACQUAINTING
