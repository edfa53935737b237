"""Take everything along, and bring it back: in one short transaction, or not at all."""

import json
from base64 import b64decode
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.foundation.text import on_one_line
from klimtouw.people.actions import change_settings
from klimtouw.people.models import Person
from klimtouw.people.register import hold
from klimtouw.takeaway.choices import ParcelState, Way
from klimtouw.takeaway.models import Brought, Parcel
from klimtouw.takeaway.package.contents import in_json
from klimtouw.takeaway.package.fields import OddValue
from klimtouw.takeaway.package.filing import FileDoesNotFit, keep_files
from klimtouw.takeaway.package.opening import NotAPackage
from klimtouw.takeaway.package.planning import Plan, plan_of
from klimtouw.takeaway.package.queries import Content, loose_of, number_of_things
from klimtouw.takeaway.package.tasks import make_parcel
from klimtouw.takeaway.package.writing import (
    Rows,
    does_not_fit_together,
    grow,
    rows_of,
    standing_of,
    take_key_in_hand,
    write_new,
)

KEPT_FOR = timedelta(days=1)
TAKES_AT_MOST = timedelta(minutes=10)


# Bringing back.


def bring_back(
    content: Content, *, by: Person, at: datetime, with_settings: bool = False, parcel: UUID | None = None
) -> Plan:
    """Bring back what a package holds and is not here yet; a second time changes nothing. Raises `NotAPackage`.

    Everything comes back private (V12), with its own id, moments and versions. What takes long, looking what a package would
    bring, is done first, while others write; then one short transaction writes it all, or nothing. When something of this person
    changed in between, it is looked at again inside. `parcel` is the package that was kept until now, and is forgotten with it.
    """
    demand(by, Action.TAKE_ALONG, by, at)
    before = standing_of(by)
    plan = plan_of(content, by, at)
    ready = rows_of(plan, by)
    take_key_in_hand(by)
    try:
        with transaction.atomic():
            hold(by)
            if standing_of(by) != before:
                plan = plan_of(content, by, at)
                ready = rows_of(plan, by)
            _write(plan, ready, content, by=by, at=at, with_settings=with_settings)
            if parcel:
                Parcel.objects.filter(pk=parcel).delete()
    except FileDoesNotFit as fault:
        raise NotAPackage(str(fault)) from fault
    except (IntegrityError, OddValue) as odd:
        raise does_not_fit_together() from odd
    return plan


def _write(
    plan: Plan, ready: Rows, content: Content, *, by: Person, at: datetime, with_settings: bool
) -> None:
    with transaction.atomic():
        write_new(ready)
        for kind, thing in plan.grows:
            grow(kind, thing, by)
        keep_files(plan.comes, content, by)
    _keep_what_has_no_place(plan, by, at)
    for place in plan.places:
        _keep_place(UUID(place["account"]), place, by, datetime.fromisoformat(place["as_of"]))
    if with_settings and plan.settings:
        name = on_one_line(plan.settings["display_name"])
        change_settings(person=by, by=by, at=at, **{**plan.settings, "display_name": name})


def _keep_what_has_no_place(plan: Plan, by: Person, at: datetime) -> None:
    """Keep what cannot live here, so that it goes along again; what found its place meanwhile is not kept twice."""
    if not (plan.loose or plan.references or plan.comes):
        return
    before = loose_of(by)
    placed = {thing["id"] for _kind, thing in plan.comes} | {thing["id"] for _kind, thing in plan.loose}
    things: dict[str, list[Content]] = {
        kind: [thing for thing in found if thing["id"] not in placed]
        for kind, found in before.get("things", {}).items()
    }
    for kind, thing in plan.loose:
        things.setdefault(kind, []).append(thing)
    content = {
        "things": {kind: sorted(found, key=_by_id) for kind, found in things.items() if found},
        "references": {**before.get("references", {}), **plan.references},
    }
    if content != before and any(content.values()):
        _keep_place(by.pk, content, by, at)


def _by_id(thing: Content) -> str:
    return str(thing["id"])


def _keep_place(account: UUID, content: Content, by: Person, as_of: datetime) -> None:
    row = Brought.objects.filter(owner=by, account=account).first() or Brought(owner=by, account=account)
    row.as_of, row.content = as_of, in_json(content).decode()
    row.save()


# Parcels: a package too large to wait for, and one that was brought and waits for a yes.


@transaction.atomic
def keep_parcel(content: Content, *, by: Person, at: datetime) -> Parcel:
    """Keep what somebody brought, sealed, until they say yes; one at a time."""
    demand(by, Action.TAKE_ALONG, by, at)
    hold(by)
    Parcel.objects.filter(owner=by, way=Way.IN).delete()
    return Parcel.objects.create(
        owner=by, way=Way.IN, state=ParcelState.READY, asked_at=at, content=in_json(content).decode()
    )


@transaction.atomic
def ask_for_parcel(*, by: Person, at: datetime) -> Parcel:
    """Have a job make a package that is too large to wait for; asking again while it is being made gives the same one."""
    demand(by, Action.TAKE_ALONG, by, at)
    hold(by)
    mine = Parcel.objects.filter(owner=by, way=Way.OUT)
    if being_made := mine.filter(state=ParcelState.WAITING, asked_at__gt=at - TAKES_AT_MOST).first():
        return being_made
    mine.delete()
    parcel = Parcel.objects.create(owner=by, way=Way.OUT, asked_at=at, things=number_of_things(by))
    transaction.on_commit(partial(make_parcel.enqueue, str(parcel.pk)))
    return parcel


@transaction.atomic
def hand_over(parcel: Parcel, *, by: Person, at: datetime) -> bytes | None:
    """Return the finished package and forget it; None when it is not finished, or was handed over already."""
    demand(by, Action.TAKE_ALONG, parcel, at)
    ready = (
        Parcel.objects.select_for_update().filter(pk=parcel.pk, way=Way.OUT, state=ParcelState.READY).first()
    )
    if ready is None:
        return None
    file = b64decode(ready.content)
    ready.delete()
    return file


def bring_back_parcel(parcel: Parcel, *, by: Person, at: datetime, with_settings: bool) -> Plan:
    """Bring back what was shown before, and forget the package. Raises `NotAPackage`."""
    demand(by, Action.TAKE_ALONG, parcel, at)
    content = json.loads(parcel.content)
    return bring_back(content, by=by, at=at, with_settings=with_settings, parcel=parcel.pk)


def forget_parcels(*, at: datetime) -> None:
    """Erase packages that nobody fetched or said yes to within a day."""
    Parcel.objects.filter(asked_at__lt=at - KEPT_FOR).delete()
