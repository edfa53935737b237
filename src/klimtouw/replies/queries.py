"""Read what coaches laid beside things, and find what one may answer."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import TypeVar, cast
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from klimtouw.belongings import gate
from klimtouw.belongings import queries as belongings
from klimtouw.belongings.choices import LOOK, Purpose, SeatHat
from klimtouw.belongings.models import Bond, Thing, ThingQuerySet
from klimtouw.belongings.words import words_of
from klimtouw.ledger.models import Line
from klimtouw.people.composed import composed
from klimtouw.people.models import Person
from klimtouw.programmes.models import CoachRole
from klimtouw.replies.choices import TAKES_SUGGESTIONS, Outcome
from klimtouw.replies.models import Reply, Suggestion

GivenT = TypeVar("GivenT", Reply, Suggestion)


def thing_to_reply_to(person: Person, at: datetime, thing: UUID) -> Thing:
    """Find something this person may read, in full; a part goes when its whole is put away."""
    whole_stands = Q(whole=None) | Q(whole__removed_at=None)
    visible = Thing.objects.visible_to(person, at).select_related("owner").filter(whole_stands)
    found = visible.get(pk=thing)
    full = cast("Thing", belongings.in_full([found])[0])
    full.owner = found.owner
    return full


def thing_to_suggest_beside(person: Person, at: datetime, thing: UUID) -> Thing:
    """Find a goal, route or stage this person may read: a suggestion goes beside nothing else (C11)."""
    found = thing_to_reply_to(person, at, thing)
    if found.kind not in TAKES_SUGGESTIONS:
        raise Thing.DoesNotExist
    return found


def given(person: Person, at: datetime, given: UUID) -> Reply | Suggestion:
    """Find one reply or suggestion this person may read."""
    found = belongings.thing(person, at, given)
    if not isinstance(found, Reply | Suggestion):
        raise Thing.DoesNotExist
    return found


def where_it_stands(left: Reply | Suggestion, person: Person, at: datetime) -> Thing | None:
    """Return what a reply or suggestion stands beside, while this person may read that and its owner did not erase it."""
    if left.about_id is None:
        return None
    try:
        return thing_to_reply_to(person, at, left.about_id)
    except Thing.DoesNotExist:
        return None


def suggestion(person: Person, at: datetime, suggestion: UUID) -> Suggestion:
    """Find one suggestion this person may read, with its writer and role."""
    visible = Suggestion.objects.visible_to(person, at).kept()
    return visible.select_related("owner", "role", "about").get(pk=suggestion)


def coach_roles() -> QuerySet[CoachRole]:
    """Return the coach roles in their order."""
    return CoachRole.objects.order_by("position", "key")


def bond_to_give_along(coach: Person, beside: Thing, at: datetime) -> Bond:
    """Find the bond on which this coach and the owner of a thing both sit, and onto which the thing is shared."""
    shares = gate.live_shares(at).filter(thing__in={beside.pk, beside.whole_id} - {None})
    as_coach = gate.open_seats(at).filter(person=coach, hat=SeatHat.COACH)
    of_owner = gate.open_seats(at).filter(person=beside.owner_id)
    bonds = Bond.objects.filter(pk__in=shares.values("bond")).filter(pk__in=as_coach.values("bond"))
    shared = list(bonds.filter(pk__in=of_owner.values("bond")).order_by("-pk"))
    work = [bond for bond in shared if bond.purpose == Purpose.WORK]
    if not shared:
        raise Bond.DoesNotExist
    return (work or shared)[0]


def words_beside(coach: Person, beside: Thing) -> list[str]:
    """Return every suggestion this coach ever put beside one thing, whatever became of it (V3)."""
    return [old.text for old in Suggestion.objects.filter(owner=coach, about=beside.pk).order_by("pk")]


@dataclass(frozen=True)
class Beside:
    """What stands beside one thing; `read` names what its writer knows was opened."""

    replies: tuple[Reply, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    read: frozenset[UUID] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.replies or self.suggestions)

    @property
    def all(self) -> tuple[Thing, ...]:
        """Everything that stands here, to note who looked."""
        return (*self.replies, *self.suggestions)

    def only(self, keep: Callable[[Iterable[Thing]], list[Thing]]) -> "Beside":
        """Return the same with what is to be kept of it."""
        kept = {thing.pk for thing in keep(self.all)} if self else set()
        replies = tuple(one for one in self.replies if one.pk in kept)
        return Beside(replies, tuple(one for one in self.suggestions if one.pk in kept), self.read)

    @property
    def standing(self) -> tuple[Suggestion, ...]:
        """The suggestions that were not set aside."""
        return tuple(one for one in self.suggestions if one.outcome != Outcome.NOT_NOW)

    @property
    def set_aside(self) -> tuple[Suggestion, ...]:
        """The suggestions that are for not now."""
        return tuple(one for one in self.suggestions if one.outcome == Outcome.NOT_NOW)


NOTHING = Beside()


def beside(
    things: Iterable[Thing],
    person: Person,
    at: datetime,
    kinds: Collection[type[Reply] | type[Suggestion]] = (Reply, Suggestion),
) -> dict[UUID, Beside]:
    """Return, per thing, the replies and suggestions beside it that this person may read; at most three queries."""
    ids = [thing.pk for thing in things]
    replies: defaultdict[UUID | None, list[Reply]] = defaultdict(list)
    suggestions: defaultdict[UUID | None, list[Suggestion]] = defaultdict(list)
    for reply in _newest_first(_beside(Reply, ids, person, at) if Reply in kinds else []):
        replies[reply.about_id].append(reply)
    for one in _newest_first(_beside(Suggestion, ids, person, at) if Suggestion in kinds else []):
        suggestions[one.about_id].append(one)
    everything = chain(*replies.values(), *suggestions.values())
    own = [thing.pk for thing in everything if thing.owner_id == person.pk]
    read = opened_by_others(own, person) if own else frozenset()
    return {pk: Beside(tuple(replies[pk]), tuple(suggestions[pk]), read) for pk in ids}


@composed
def _beside(
    model: type[GivenT], things: Collection[UUID], person: Person, at: datetime
) -> ThingQuerySet[GivenT]:
    given = cast("ThingQuerySet[GivenT]", model.objects)
    return given.visible_to(person, at).kept().filter(about__in=things).select_related("owner", "role")


def _newest_first(given: list[GivenT]) -> list[GivenT]:
    return sorted(given, key=lambda one: (one.created_at, one.pk), reverse=True)


def opened_by_others(things: Iterable[UUID], owner: Person) -> frozenset[UUID]:
    """Return which of these things of one person somebody else has opened."""
    looks = Line.objects.filter(owner_id=owner.pk, act=LOOK, about_id__in=list(things))
    return frozenset(looks.values_list("about_id", flat=True))


def opened_today(things: Iterable[Thing], by: Person, at: datetime) -> frozenset[UUID]:
    """Return which of these things this person has opened since midnight."""
    midnight = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    looks = Line.objects.filter(
        by_id=by.pk, at__gte=midnight, act=LOOK, about_id__in=[thing.pk for thing in things]
    )
    return frozenset(looks.values_list("about_id", flat=True))


def title_of(thing: Thing, reader: Person) -> str:
    """Return a few words to recognise a thing by.

    A thing in which nothing is written (a route without a name) borrows its title from another thing, which may not be
    shared: for anybody but its owner it is called by its kind.
    """
    if thing.owner_id != reader.pk and not any(words_of(thing).values()):
        return str(thing.KIND_WORD).capitalize()
    return str(getattr(thing, "title", thing.KIND_WORD))
