"""Keep, reword, share and remove what belongs to a person. Every change of somebody's words comes through here."""

import json
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.deletion import Collector
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from klimtouw.access.decide import Denied, demand
from klimtouw.access.table import Action, Hat
from klimtouw.belongings import gate, queries
from klimtouw.belongings.choices import ERASED, REVOKED, SHARED, Purpose, SeatHat
from klimtouw.belongings.models import Bond, Seat, Share, Thing, Version
from klimtouw.belongings.words import words_fields_of, words_of
from klimtouw.foundation.clock import start_of
from klimtouw.foundation.ids import new_id
from klimtouw.ledger.actions import Act, record
from klimtouw.people import keyring
from klimtouw.people.models import Person
from klimtouw.people.register import hold
from klimtouw.people.second_lock import the_house

T = TypeVar("T", bound=Thing)

KEPT_IN_TRASH = timedelta(days=30)
ERASED_AT_A_TIME = 200


class ChangedMeanwhile(Exception):
    """The text was changed in another tab or on another device; `now` is how it stands."""

    def __init__(self, now: Thing) -> None:
        super().__init__("changed meanwhile")
        self.now = now


class AnotherStandsThere(Exception):
    """There is one of this kind in one place, and its owner wrote another one since; `other` is that."""

    def __init__(self, other: Thing) -> None:
        super().__init__("another stands there")
        self.other = other


class StandsAsGiven(Exception):
    """The other reads this where its owner no longer has a place: what was given then stays as it was given (V24)."""

    words = _("The other keeps this as you gave it: your time together is over. It stays as it is.")


class NotYourBond(Exception):
    """The owner has no open seat on the bond onto which they want to share."""


class NeverShared(Denied):
    """Things of this kind are for their writer alone, always."""


class NotForThem(Denied):
    """It was written beside somebody else's thing, or for one relation: no circle reads it, and no other coach (V13)."""


class EndsBeforeItStarts(Exception):
    """The last day of a share lies in the past."""


@transaction.atomic
def keep(model: type[T], *, by: Person, at: datetime, id: UUID | None = None, **fields: Any) -> T:
    """Keep a new thing for its writer, private. The same `id` sent twice gives the first one back (double submit).

    Raises `Denied` for the id of another person's thing, or of another kind.
    """
    demand(by, Action.WRITE_OWN, by, at)
    hold(by)
    id = id or new_id()
    if first := _kept_under(id, model, by):
        return first
    thing = model(id=id, owner=by, kind=model.KIND, created_at=at, changed_at=at, device=by.device, **fields)
    try:
        # A double click: the other request may keep it between the question and the answer.
        with transaction.atomic():
            thing.save(force_insert=True)
    except IntegrityError:
        if first := _kept_under(id, model, by):
            return first
        with the_house():  # behind the second lock the thing of another is not seen, only bumped into
            _kept_under(id, model, by)
        raise
    return thing


def _kept_under(id: UUID, model: type[T], by: Person) -> T | None:
    taken = queries.under_id.first(id)
    if taken is None:
        return None
    if taken.owner_id != by.pk or taken.kind != model.KIND:
        raise Denied("this id is taken")
    return cast("T", model.objects.get(pk=id))


def id_as_sent(model: type[Thing], id: UUID | None, *, by: Person, **words: str) -> UUID | None:
    """Return the id under which a sent form is kept: its own, unless that is taken by other words of the same writer.

    The back button brings a form back with the id it had. Other words in it are another thing: they are not lost, and
    whom they are for says nothing about the first.
    """
    before = model.objects.filter(pk=id, owner=by).first() if id else None
    is_twice = before is not None and before.removed_at is None and words.items() <= words_of(before).items()
    return id if before is None or is_twice else None


@transaction.atomic
def reword(thing: T, *, by: Person, at: datetime, seen: int, **fields: Any) -> T:
    """Change a thing that still stands as its writer saw it (`seen`: the version on their page).

    The earlier wording becomes a version. Raises `ChangedMeanwhile` when another tab or device was first, and keeps that.
    """
    _demand(by, Action.WRITE, thing, at)
    model = type(thing)
    current = cast("T", model.objects.select_for_update().get(pk=thing.pk))
    changed = {name: value for name, value in fields.items() if getattr(current, name) != value}
    if not changed:
        return current
    if current.version != seen:
        raise ChangedMeanwhile(current)
    Version.objects.create(
        thing_id=current.pk,
        owner_id=current.owner_id,
        number=current.version,
        words=json.dumps(words_of(current), ensure_ascii=False),
        device=current.device,
        written_at=current.changed_at,
    )
    for name, value in changed.items():
        setattr(current, name, value)
    current.version, current.changed_at, current.device = current.version + 1, at, by.device
    current.save(update_fields=[*changed, "version", "changed_at", "device"])
    return current


@transaction.atomic
def restore(thing: T, *, by: Person, at: datetime, seen: int, number: int) -> T:
    """Make an earlier wording the newest again, as a new version: what stood there stays among the earlier ones (C14).

    Raises `ChangedMeanwhile` when somebody was first, `StandsAsGiven`, and `Version.DoesNotExist`.
    """
    _demand(by, Action.WRITE, thing, at)
    if number == thing.version:
        return thing
    let_stand_as_given(thing, at)
    earlier = json.loads(Version.objects.get(thing_id=thing.pk, number=number).words)
    words = {field.name: earlier.get(field.name, "") for field in words_fields_of(type(thing))}
    restored = reword(thing, by=by, at=at, seen=seen, **words)
    if beside := restored.fitting(words):
        place(restored, by=by, at=at, **beside)
    return restored


def let_stand_as_given(thing: Thing, at: datetime) -> None:
    """Raise `StandsAsGiven` when new words, or a new mark, would reach somebody whom its owner no longer stands beside (V24)."""
    if gate.is_given_for_good(thing, at):
        raise StandsAsGiven


@transaction.atomic
def keep_the_other(id: UUID | None, *, by: Person, at: datetime, seen: int, **typed: str) -> Any:
    """Let stand what another tab or device wrote; what was typed here becomes an earlier version, so that it is not lost (C14).

    Raises `ChangedMeanwhile` when yet another text stands there since, and `Thing.DoesNotExist` when it was erased.
    """
    if id is None:  # sent without the id every form has
        raise Thing.DoesNotExist
    other = queries.in_full([Thing.objects.get(pk=id, owner=by)])[0]
    stands = {name: text for name, text in words_of(other).items() if name in typed}
    mine = reword(other, by=by, at=at, seen=seen, **typed)
    return reword(mine, by=by, at=at, seen=mine.version, **stands)


@transaction.atomic
def place(thing: Thing, *, by: Person, at: datetime, **fields: Any) -> None:
    """Change what is not words (a position, a state): no new version, no conflict."""
    _demand(by, Action.WRITE, thing, at)
    if any(field.name in fields for field in words_fields_of(type(thing))):
        raise TypeError("words are reworded, never placed: what stood there would be lost")
    for name, value in fields.items():
        setattr(thing, name, value)
    thing.save(update_fields=list(fields))


@transaction.atomic
def remove(thing: Thing, *, by: Person, at: datetime) -> None:
    """Put a thing away and stop sharing it; its owner can take it back, and alone decides to share it again (V12).

    It lies in the trash until `erase_what_lay_long_enough`. Putting it away twice counts the days from the first time.
    """
    _demand(by, Action.WRITE, thing, at)
    for one in (thing, *thing.goes_along()):
        Thing.objects.filter(pk=one.pk, removed_at=None).update(removed_at=at)
        if Share.objects.filter(thing_id=one.pk, revoked_at=None).update(revoked_at=at):
            _record_own(by, REVOKED, one, at)


@transaction.atomic
def take_back(thing: Thing, *, by: Person, at: datetime) -> None:
    """Undo a removal; what was shared comes back private. Raises `AnotherStandsThere`."""
    _demand(by, Action.WRITE, thing, at)
    if other := _in_place_of(thing):
        raise AnotherStandsThere(other)
    taken = [thing.pk, *(one.pk for one in thing.goes_along())]
    if not Thing.objects.filter(pk__in=taken).update(removed_at=None):
        raise Thing.DoesNotExist


def _in_place_of(thing: Thing) -> Thing | None:
    model = type(thing)
    if model.ONE_PER is None:
        return None
    place = {name: getattr(thing, name) for name in model.ONE_PER}
    return model.objects.kept().filter(owner=thing.owner_id, **place).exclude(pk=thing.pk).first()


@transaction.atomic
def erase(thing: Thing, *, by: Person, at: datetime) -> None:
    """Erase a thing for good: its words, versions, parts and shares. What others wrote about it is theirs and stays (P5)."""
    _demand(by, Action.ERASE, thing, at)
    _record_own(by, ERASED, thing, at)
    erase_rows([thing, *thing.goes_along()])


def erase_rows(things: Collection[Thing]) -> None:
    """Erase things with all that hangs on them; whoever calls this has asked the policy."""
    erased = Thing.objects.filter(pk__in=[thing.pk for thing in things])
    with the_house():  # what others wrote about it lets go of it
        # Held first: who lays something beside one of them at this moment is done before, or finds nothing.
        going = _going_with(erased)
        held = Thing.objects.filter(pk__in=going)
        list(held.select_for_update().order_by("pk").values_list("pk"))
        erased.delete()
        keyring.destroy_each(going)  # of what has a key of its own


def _going_with(things: QuerySet[Thing]) -> set[UUID]:
    """Return these things with every part that goes along: the stages of a route, the steps of a stage."""
    going = Collector(using=things.db)
    going.collect(things)
    return {row.pk for model, rows in going.data.items() if issubclass(model, Thing) for row in rows}


def erase_all_of(person: Person) -> None:
    """Erase every thing of a person with its versions and shares, and their seats; whoever calls this has asked the policy.

    The things are held first: who lays something beside one of them at this moment is done before, or finds nothing.
    """
    mine = Thing.objects.filter(owner=person)
    ids = list(mine.select_for_update().order_by("pk").values_list("pk", flat=True))
    mine.delete()
    for start in range(0, len(ids), ERASED_AT_A_TIME):
        keyring.destroy_each(ids[start : start + ERASED_AT_A_TIME])
    Version.objects.filter(owner=person).delete()
    Seat.objects.filter(person=person).delete()


def erase_what_lay_long_enough(*, at: datetime) -> int:
    """Erase what was put away thirty days ago or longer, some at a time; return how many. Done again, it erases nothing more."""
    midnight = start_of(localdate(at) - KEPT_IN_TRASH + timedelta(days=1), ZoneInfo(settings.TIME_ZONE))
    count = 0
    while erased := _erase_some_removed_before(midnight, at):
        count += erased
    return count


@transaction.atomic
def _erase_some_removed_before(moment: datetime, at: datetime) -> int:
    over = Thing.objects.filter(removed_at__lt=moment).order_by("removed_at", "pk")
    things = list(over.select_for_update()[:ERASED_AT_A_TIME])
    for thing in things:
        by_itself = Act(by_id=thing.owner_id, hat=Hat.OWNER, act=ERASED, about_id=thing.pk)
        record(owner_id=thing.owner_id, acts=[by_itself], at=at)
    erase_rows(things)
    return len(things)


@transaction.atomic
def share(thing: Thing, *, onto: Bond, by: Person, at: datetime, until: datetime | None = None) -> Share:
    """Let the people on a bond read this thing until a moment, or until revoked. Sharing again changes the end."""
    _demand(by, Action.SHARE, thing, at)
    let_it_be_shared(thing, onto)
    if until is not None and until <= at:
        raise EndsBeforeItStarts
    if not Thing.objects.filter(pk=thing.pk, removed_at=None).exists():
        raise Thing.DoesNotExist  # what lies in the trash comes back private
    if not gate.open_seats(at).filter(bond=onto, person=by).exists():
        raise NotYourBond
    now_shared, is_new = Share.objects.select_for_update().get_or_create(
        thing_id=thing.pk, bond=onto, revoked_at=None, defaults={"since": at, "until": until}
    )
    if is_new:
        _record_own(by, SHARED, thing, at)
    elif now_shared.until != until:
        now_shared.until = until
        now_shared.save(update_fields=["until"])
    return now_shared


def let_it_be_shared(thing: Thing, onto: Bond) -> None:
    """Raise `NeverShared` or `NotForThem` for a thing that has no place on this bond."""
    kind = queries.kinds()[thing.kind]
    if not kind.MAY_BE_SHARED:
        raise NeverShared(thing.kind)
    if not queries.has_a_place_on(onto, thing, queries.bonds_written_for(thing)):
        raise NotForThem(thing.kind)


@transaction.atomic
def share_along(thing: T, onto: Bond | None, *, by: Person, at: datetime) -> T:
    """Share what was just written; a bond on which its writer no longer sits leaves it private.

    The same form that comes in again never shares anew: what its writer stopped sharing since stays that way (V12).
    """
    if onto is not None and not Share.objects.filter(thing=thing.pk, bond=onto).exists():
        with suppress(NotYourBond):
            share(thing, onto=onto, by=by, at=at)
    return thing


@transaction.atomic
def revoke(thing: Thing, *, onto: Bond, by: Person, at: datetime) -> None:
    """Stop sharing, at once and everywhere."""
    demand(by, Action.SHARE, thing, at)
    if Share.objects.filter(thing_id=thing.pk, bond=onto, revoked_at=None).update(revoked_at=at):
        _record_own(by, REVOKED, thing, at)


def end_shares_on(bonds: Collection[Bond], *, at: datetime) -> None:
    """Stop sharing on these bonds what is shared only while the two are together (V12); whoever calls this has asked the policy.

    Its owner shares it anew in another relation, or nobody reads it.
    """
    while_together = [kind.KIND for kind in queries.kinds().values() if kind.SHARED_WHILE_TOGETHER]
    _end_shares(Q(bond__in=bonds, thing__kind__in=while_together), at)


def end_all_shares_on(bond: Bond, *, at: datetime, of: Person | None = None) -> None:
    """Stop sharing everything on a bond, or everything of one person on it (V24); whoever calls this has asked the policy."""
    _end_shares(Q(bond=bond, thing__owner=of) if of else Q(bond=bond), at)


def _end_shares(which: Q, at: datetime) -> None:
    with the_house():  # either of the two ends it, or the clock
        ending = Share.objects.filter(which, revoked_at=None)
        for one in ending.select_related("thing").order_by("pk"):
            Share.objects.filter(pk=one.pk).update(revoked_at=at)
            by_itself = Act(by_id=one.thing.owner_id, hat=Hat.OWNER, act=REVOKED, about_id=one.thing_id)
            record(owner_id=one.thing.owner_id, acts=[by_itself], at=at)


def _demand(by: Person, action: Action, thing: Thing, at: datetime) -> None:
    demand(by, action, thing, at)
    hold(by)


def _record_own(by: Person, act: str, thing: Thing, at: datetime) -> None:
    own = Act(by_id=by.pk, hat=Hat.OWNER, act=act, about_id=thing.pk)
    record(owner_id=by.pk, acts=[own], at=at)


def tie_bond(purpose: Purpose) -> Bond:
    """Make a bond without seats; nobody can read anything through it yet."""
    return Bond.objects.create(purpose=purpose)


def seat(
    person: Person, *, on: Bond, hat: SeatHat, opens_at: datetime, closes_at: datetime | None = None
) -> None:
    """Give a person a seat on a bond, or move the window of the seat they have."""
    Seat.objects.update_or_create(
        bond=on, person=person, defaults={"hat": hat, "opens_at": opens_at, "closes_at": closes_at}
    )


def close_seats(
    bond: Bond,
    *,
    at: datetime,
    hats: Collection[SeatHat] = tuple(SeatHat),
    of: Person | None = None,
) -> None:
    """Close the seats of some hats on a bond, or of one person, at once; a seat that would open later never opens."""
    seats = Seat.objects.filter(bond=bond, hat__in=hats).filter(Q(closes_at=None) | Q(closes_at__gt=at))
    # A window without a moment in it: it stays shut when a clock jumps back.
    (seats.filter(person=of) if of else seats).update(closes_at=F("opens_at"))
