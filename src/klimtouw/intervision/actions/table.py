"""Put something on the table, take it back, and say whether one may be named (G5)."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from klimtouw.access.decide import Denied, demand
from klimtouw.access.table import Action
from klimtouw.intervision import queries
from klimtouw.intervision.actions.held import changed, held_for
from klimtouw.intervision.actions.rooms import NotNow
from klimtouw.intervision.choices import MOST_IN_A_ROOM, Kind
from klimtouw.intervision.models import Contribution, Room
from klimtouw.people.models import Person


class DoesNotFit(NotNow):
    """The phase takes something else now: while one asks, nobody advises."""

    words = _("That does not fit this phase. Your text stands below, so that nothing is lost.")


class TableIsFull(NotNow):
    """Nobody can read so much."""

    words = _("A lot lies on the table already. Your text stands below, so that nothing is lost.")


@transaction.atomic
def put_on_table(
    room: Room,
    *,
    by: Person,
    at: datetime,
    kind: Kind,
    text: str,
    may_be_named: bool = False,
    id: UUID | None,
) -> None:
    """Put something on the table, if it fits the phase and the role. Sent twice it lies there once.

    Raises `DoesNotFit`, and `Denied` under the id of somebody else.
    """
    now = held_for(room, Action.SPEAK_IN_ROOM, by=by, at=at)
    if first := Contribution.objects.filter(pk=id).first() if id else None:
        if first.author_id != by.pk or first.room_id != now.pk:
            raise Denied("this id is taken")
        return
    if not queries.fits(now, by, kind):
        raise DoesNotFit
    if Contribution.objects.filter(room=now).count() >= MOST_IN_A_ROOM:
        raise TableIsFull
    row = Contribution(
        room=now,
        author=by,
        kind=kind,
        phase_number=now.phase_number,
        text=text,
        may_be_named=may_be_named,
        written_at=at,
    )
    if id:
        row.id = id
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as taken:  # behind the second lock the row of another is not seen, only bumped into
        raise Denied("this id is taken") from taken
    changed(now)


@transaction.atomic
def take_back(contribution: Contribution, *, by: Person, at: datetime) -> None:
    """Take one's own words off the table, for good."""
    demand(by, Action.DECIDE_OWN_IN_ROOM, contribution, at)
    contribution.delete()
    changed(contribution.room)


@transaction.atomic
def let_be_named(contribution: Contribution, *, by: Person, at: datetime, named: bool) -> None:
    """Say whether one's name may stand beside this where the presenter keeps it (V12)."""
    demand(by, Action.DECIDE_OWN_IN_ROOM, contribution, at)
    contribution.may_be_named = named
    contribution.save(update_fields=["may_be_named"])
    changed(contribution.room)
