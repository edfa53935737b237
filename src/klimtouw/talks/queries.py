"""Read the talks of a relation, one talk with its card, and what waits for a person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import localdate

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.belongings import gate
from klimtouw.belongings.choices import SeatHat
from klimtouw.belongings.models import Bond, Thing
from klimtouw.belongings.readers import reading_seats
from klimtouw.climb.models import Stage
from klimtouw.climb.queries.route import stages_ahead_of
from klimtouw.people.composed import composed
from klimtouw.people.models import Person
from klimtouw.programmes.models import CoachRole
from klimtouw.relations.choices import State
from klimtouw.relations.models import Contract, Relation
from klimtouw.relations.queries.contracts import as_it_stands
from klimtouw.talks.choices import TalkState
from klimtouw.talks.models import (
    OVER,
    AboutTalk,
    CoachSentence,
    PreparationLine,
    Takeaway,
    Talk,
    hats_at_talks,
)

COUNTED_IN = frozenset({State.RUNNING, State.PAUSED})
TALKING_IN = (State.ACQUAINTING, State.CLICKING, State.CONTRACTING, State.RUNNING)
EARLIER_SHOWN = 40
ROUTES_SHOWN = 3
OFFERED_FOR = timedelta(days=14)
STILL_GOING_ON = timedelta(hours=2)

T = TypeVar("T", bound=AboutTalk)
R = TypeVar("R", bound=Thing)


@dataclass(frozen=True)
class RelationTalks:
    """The talks of one relation, as a thing the policy can be asked about."""

    relation: Relation

    @property
    def state_now(self) -> str:
        """The state of the relation."""
        return self.relation.state_now

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """The hats at the talks of the relation."""
        return hats_at_talks(self.relation, person, at)


def _in_force(relation: str) -> QuerySet[Contract]:
    return Contract.objects.filter(relation=OuterRef(relation), in_force_at__isnull=False).order_by("-number")


def relation_talks(person: Person, at: datetime, relation: UUID) -> RelationTalks:
    """Find the talks of a relation as it stands at this moment, with what its contract says about talks; one query."""
    in_force = _in_force("pk")
    relations = Relation.objects.select_related("coachee", "coach").annotate(
        last_day=Subquery(in_force.values("ends_on")[:1]),
        first_day=Subquery(in_force.values("starts_on")[:1]),
        talks_agreed=Subquery(in_force.values("talks")[:1]),
    )
    return RelationTalks(as_it_stands(relations.get(pk=relation), at))


def talks_as_they_stand(talks: QuerySet[Talk], at: datetime) -> list[Talk]:
    """Return talks with their relation as it stands at this moment, and both people; one query."""
    return _as_they_stand(list(_with_relation(talks)), at)


def _with_relation(talks: QuerySet[Talk]) -> QuerySet[Talk]:
    last_day = Subquery(_in_force("relation").values("ends_on")[:1])
    return talks.select_related("relation__coachee", "relation__coach").annotate(last_day=last_day)


def _as_they_stand(found: list[Talk], at: datetime) -> list[Talk]:
    for talk in found:
        talk.relation.last_day = talk.last_day  # type: ignore[attr-defined]  # what as_it_stands asks for
        as_it_stands(talk.relation, at)
    return found


def talk(person: Person, at: datetime, talk: UUID) -> Talk:
    """Find one talk; the door asks whether this person may come in."""
    found = talks_as_they_stand(Talk.objects.filter(pk=talk), at)
    if not found:
        raise Talk.DoesNotExist
    return found[0]


def talk_at_revision(talk: UUID, revision: int, at: datetime) -> Talk | None:
    """Return a talk if it still stands as it did at a revision."""
    return next(iter(talks_as_they_stand(Talk.objects.filter(pk=talk, revision=revision), at)), None)


def line(person: Person, at: datetime, line: UUID) -> PreparationLine:
    """Find a line of the preparation card that this person may read, with its talk and whether it is on the card."""
    lines = readable(PreparationLine, person, at).filter(pk=line)
    about = talk(person, at, cast("UUID", lines.exclude(talk=None).get().talk_id))
    found = _with_sharing(lines, about.relation.other(person), at).get()
    found.talk = about
    return found


def bond_open_in(relation: Relation, at: datetime) -> Bond | None:
    """Return the bond on which both have an open seat now: the work bond first, before that the acquaintance bond."""
    if relation.state in OVER:
        return None
    both = (relation.work_bond_id, relation.acquaintance_bond_id)
    seats = gate.open_seats(at).filter(bond__in=both).values("bond").annotate(taken=Count("pk"))
    open_bonds = {seat["bond"] for seat in seats if seat["taken"] == len(SeatHat)}
    chosen = next((bond for bond in both if bond in open_bonds), None)
    return Bond.objects.get(pk=chosen) if chosen else None


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
    takeaways = {t.talk_id: t for t in _about(Takeaway, shown, person, at)}
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


def kept_of(model: type[T]) -> QuerySet[T]:
    """Return one kind of thing, without what was put away; narrow it before reading."""
    things: Any = model.objects  # declared on Thing: mypy does not see the fields of the kind
    kept: QuerySet[T] = things.kept()
    return kept


def readable(model: type[T], person: Person, at: datetime) -> QuerySet[T]:
    """Return what this person may read now of one kind of thing."""
    return kept_of(model).filter(gate.readable_by(person, at))


def _about(model: type[T], talks: Iterable[Talk], person: Person, at: datetime) -> QuerySet[T]:
    """Return what this person may read of one kind of thing about some talks, the oldest first."""
    ids = [each.pk for each in talks]
    return readable(model, person, at).filter(talk__in=ids).order_by("created_at", "pk")


@dataclass(frozen=True)
class TalkPage:
    """One talk: its moments, the card, and what both keep of it, as far as this person may read."""

    talk: Talk
    other: Person
    moments: list[datetime | Any]
    my_lines: list[PreparationLine]
    their_lines: list[PreparationLine]
    last_time: Takeaway | None
    here: list[Stage]
    """Where the coachee is on the mountain: the stage that comes next on each route."""
    takeaway: Takeaway | None
    sentence: CoachSentence | None

    @property
    def is_here_on_card(self) -> bool:
        """Whether both can read where the coachee is; otherwise it stays off the paper."""
        return any(stage.is_on_card for stage in self.here)  # type: ignore[attr-defined]  # added by the query

    @property
    def of_others(self) -> list[Thing]:
        """Everything on the page that somebody wrote; opening it leaves a look on what is another's."""
        single = [thing for thing in (self.last_time, self.takeaway, self.sentence) if thing]
        return [*self.their_lines, *self.here, *single]

    @property
    def everything(self) -> list[Thing]:
        """Every text on the page, whoever wrote it."""
        return [*self.my_lines, *self.of_others]

    def only(self, keep: Callable[[Iterable[Thing]], list[Thing]]) -> "TalkPage":
        """Return the same with what is to be kept of it."""
        kept = {thing.pk for thing in keep(self.everything)}
        lists: dict[str, Any] = {
            name: [thing for thing in getattr(self, name) if thing.pk in kept]
            for name in ("my_lines", "their_lines", "here")
        }
        single = {name: getattr(self, name) for name in ("last_time", "takeaway", "sentence")}
        left: dict[str, Any] = {
            name: thing if thing and thing.pk in kept else None for name, thing in single.items()
        }
        return replace(self, **lists, **left)


def talk_page(talk: Talk, person: Person, at: datetime) -> TalkPage:
    """Return everything the page of a talk prints; at most five queries."""
    other = talk.relation.other(person)
    lines = list(_with_sharing(_about(PreparationLine, [talk], person, at), other, at))
    has_begun = talk.has_begun(at)
    return TalkPage(
        talk=talk,
        other=other,
        moments=list(talk.moments.order_by("starts_at")) if talk.state == TalkState.PROPOSED else [],
        my_lines=[each for each in lines if each.owner_id == person.pk],
        their_lines=[each for each in lines if each.owner_id != person.pk],
        last_time=None if has_begun else _last_time(talk, person, at),
        here=_on_the_mountain(talk, person, at) if talk.state == TalkState.PLANNED else [],
        takeaway=takeaway_of(talk, person, at) if has_begun else None,
        sentence=sentence_of(talk, person, at) if has_begun else None,
    )


def _with_sharing(things: QuerySet[R], other: Person, at: datetime, shared_as: str = "pk") -> QuerySet[R]:
    """Add to each thing whether the other one can read it now, asked in the words of the gate and the policy."""
    bonds = gate.open_seats(at).filter(person=other, hat__in=reading_seats()).values("bond")
    shared = gate.live_shares(at).filter(thing=OuterRef(shared_as), bond__in=bonds)
    return cast("QuerySet[R]", things.annotate(is_on_card=Exists(shared)))


def _on_the_mountain(talk: Talk, person: Person, at: datetime) -> list[Stage]:
    """Return the stage that comes next on each route of the coachee, as far as this person may read it (T2)."""
    ahead = stages_ahead_of(talk.relation.coachee_id, person, at)
    first: dict[UUID | None, Stage] = {}
    for stage in _with_sharing(ahead, talk.relation.other(person), at, shared_as="whole"):
        first.setdefault(stage.whole_id, stage)
    return list(first.values())[:ROUTES_SHOWN]


def _last_time(talk: Talk, person: Person, at: datetime) -> Takeaway | None:
    """Return the newest takeaway of an earlier talk that this person may read (T2)."""
    before = Q(talk__relation=talk.relation_id, talk__state=TalkState.HELD)
    if talk.starts_at:
        before &= Q(talk__starts_at__lt=talk.starts_at)
    earlier = readable(Takeaway, person, at).filter(before)
    return earlier.select_related("talk").order_by("-talk__starts_at", "pk").first()


def takeaway_of(talk: Talk, person: Person, at: datetime) -> Takeaway | None:
    """Return the takeaway of a talk, with whether the other one can read it, when this person may read it."""
    found = _about(Takeaway, [talk], person, at).filter(owner=talk.relation.coachee_id)
    return _with_sharing(found, talk.relation.other(person), at).first()


def sentence_of(talk: Talk, person: Person, at: datetime) -> CoachSentence | None:
    """Return the coach's sentence after a talk when this person may read it."""
    found = _about(CoachSentence, [talk], person, at).filter(owner=talk.relation.coach_id)
    return _with_sharing(found, talk.relation.other(person), at).select_related("role").first()


def roles() -> QuerySet[CoachRole]:
    """Return the coach roles in their order (T5)."""
    return CoachRole.objects.order_by("position", "key")


def is_first_talk(relation: Relation) -> bool:
    """Return whether the two still have their first talk ahead of them; it gets a longer slot (T1)."""
    return relation.state == State.ACQUAINTING


@dataclass(frozen=True)
class WaitingTalks:
    """What about talks waits for a person; an offer, never a debt."""

    to_choose: list[Talk]
    """Moments somebody proposed, for me to choose from."""
    begun: list[Talk]
    """Planned talks whose hour has come lately: were they there?"""
    ahead: list[Talk]
    """Planned talks, also one that is going on; the first comes first."""
    without_takeaway: list[Talk]
    """Talks of the last two weeks in which I was the coachee and of which I kept nothing yet."""


def talks_waiting_for(person: Person, at: datetime) -> WaitingTalks:
    """Return what about talks waits for a person; one query, of which Python makes the lists: there are few."""
    talks = _waiting_for(person, at, at - OFFERED_FOR)
    found = sorted(_as_they_stand(talks, at), key=lambda talk: (_hour_of(talk), talk.pk))
    going_on = [talk for talk in found if talk.relation.state in TALKING_IN]
    planned_now = [talk for talk in going_on if talk.state == TalkState.PLANNED]
    return WaitingTalks(
        to_choose=[talk for talk in going_on if talk.state == TalkState.PROPOSED],
        begun=[talk for talk in planned_now if talk.has_begun(at)],
        ahead=[talk for talk in planned_now if _hour_of(talk) > at - STILL_GOING_ON],
        without_takeaway=[talk for talk in reversed(found) if talk.state == TalkState.HELD],
    )


@composed
def _waiting_for(person: Person, at: datetime, lately: datetime) -> QuerySet[Talk]:
    mine = Relation.objects.filter(Q(coachee=person) | Q(coach=person)).values(
        "pk"
    )  # by index, whoever else talks
    to_choose = Q(state=TalkState.PROPOSED) & ~Q(proposed_by=person)
    planned = Q(state=TalkState.PLANNED, starts_at__gt=lately)
    own = kept_of(Takeaway).filter(owner=person, talk=OuterRef("pk"))
    held = Q(~Exists(own), state=TalkState.HELD, relation__coachee=person)
    held_lately = held & Q(starts_at__gt=lately, starts_at__lte=at)
    still = Q(relation__state__in=TALKING_IN)
    return _with_relation(Talk.objects.filter(still & (to_choose | planned) | held_lately, relation__in=mine))


def _hour_of(talk: Talk) -> datetime:
    """Return when a talk is, or while it looks for its moment, when it was proposed."""
    return talk.starts_at or talk.proposed_at


def next_talk_of(person: Person, at: datetime) -> Talk | None:
    """Return the first planned talk of a person over all relations, also one that is going on; one query."""
    return next(iter(talks_waiting_for(person, at).ahead), None)
